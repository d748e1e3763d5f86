from django.urls import include, path

from ceasefire.oversight import exceptional_views, interests_views, purpose_views
from ceasefire.oversight.views import breaches, log, overview, reading, weeks

app_name = "oversight"
urlpatterns = [
    *interests_views.urlpatterns,
    path("purposes/", purpose_views.purposes, name="purposes"),
    path("openings/", exceptional_views.openings, name="openings"),
    path("openings/<int:pk>/", exceptional_views.opening, name="opening"),
    path("", overview.overview, name="overview"),
    path("log/", log.accesses, name="accesses"),
    path("person/", log.person, name="person"),
    path("account/", log.account, name="account"),
    path("weeks/<int:pk>/", weeks.week, name="week"),
    path("alerts/", reading.alerts, name="alerts"),
    path("alerts/<int:pk>/", reading.alert, name="alert"),
    path("budgets/", reading.budgets, name="budgets"),
    path("budgets/<slug:role>/", reading.budget, name="budget"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/new/", breaches.breach_new, name="breach_new"),
    path("breaches/<int:pk>/", breaches.breach, name="breach"),
    path("breaches/<int:pk>/step/", breaches.breach_step, name="breach_step"),
    path("breaches/<int:pk>/words/", breaches.breach_words, name="breach_words"),
    path("breaches/<int:pk>/letter/", breaches.breach_letter, name="breach_letter"),
    path("retention/", include("ceasefire.oversight.retention_urls")),
]
