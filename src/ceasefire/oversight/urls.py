from django.urls import path

from ceasefire.oversight import exceptional_views, purpose_views, views

app_name = "oversight"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("weeks/<int:pk>/", views.week, name="week"),
    path("purposes/", purpose_views.purposes, name="purposes"),
    path("openings/", exceptional_views.openings, name="openings"),
    path("openings/<int:pk>/", exceptional_views.opening, name="opening"),
]
