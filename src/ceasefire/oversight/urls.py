from django.urls import path

from ceasefire.oversight import exceptional_views, interests_views, purpose_views, views

app_name = "oversight"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("weeks/<int:pk>/", views.week, name="week"),
    *interests_views.urlpatterns,
    path("purposes/", purpose_views.purposes, name="purposes"),
    path("openings/", exceptional_views.openings, name="openings"),
    path("openings/<int:pk>/", exceptional_views.opening, name="opening"),
]
