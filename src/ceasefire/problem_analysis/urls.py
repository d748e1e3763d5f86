from django.urls import include, path

app_name = "problem_analysis"
urlpatterns = [
    path("sessions/", include("ceasefire.problem_analysis.sessions.urls")),
    path("studies/", include("ceasefire.problem_analysis.study.urls")),
]
