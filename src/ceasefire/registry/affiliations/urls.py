from django.urls import path

from ceasefire.registry.affiliations.views import steps, ties

app_name = "ties"
urlpatterns = [
    path("", ties.due, name="due"),
    path("person/<int:pk>/", ties.draft, name="draft"),
    path("<int:pk>/", ties.tie, name="tie"),
    path("<int:pk>/cite/", steps.cite, name="cite"),
    path("citations/<int:pk>/withdraw/", steps.uncite, name="uncite"),
    path("<int:pk>/<slug:kind>/", steps.step, name="step"),
]
