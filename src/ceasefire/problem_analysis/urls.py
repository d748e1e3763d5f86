from django.urls import include, path

app_name = "problem_analysis"
urlpatterns = [path("sessions/", include("ceasefire.problem_analysis.sessions.urls"))]
