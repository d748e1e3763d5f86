from django.urls import include, path

from ceasefire.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("weeks/<int:pk>/", views.week, name="week"),
    path("retention/", include("ceasefire.oversight.retention_urls")),
]
