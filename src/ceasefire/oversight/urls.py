from django.urls import include, path

from ceasefire.oversight.breaches import views as breaches
from ceasefire.oversight.views import interests, log, openings, overview, purposes, reading, weeks

app_name = "oversight"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("log/", log.accesses, name="accesses"),
    path("person/", log.person, name="person"),
    path("account/", log.account, name="account"),
    path("weeks/<int:pk>/", weeks.week, name="week"),
    path("alerts/", reading.alerts, name="alerts"),
    path("alerts/<int:pk>/", reading.alert, name="alert"),
    path("budgets/", reading.budgets, name="budgets"),
    path("budgets/<slug:role>/", reading.budget, name="budget"),
    path("interests/", interests.interests, name="interests"),
    path("interests/<int:pk>/", interests.interest, name="interest"),
    path("purposes/", purposes.purposes, name="purposes"),
    path("openings/", openings.openings, name="openings"),
    path("openings/<int:pk>/", openings.opening, name="opening"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/new/", breaches.breach_new, name="breach_new"),
    path("breaches/<int:pk>/", breaches.breach, name="breach"),
    path("breaches/<int:pk>/step/", breaches.breach_step, name="breach_step"),
    path("breaches/<int:pk>/words/", breaches.breach_words, name="breach_words"),
    path("breaches/<int:pk>/letter/", breaches.breach_letter, name="breach_letter"),
    path("retention/", include("ceasefire.oversight.retention.urls")),
]
