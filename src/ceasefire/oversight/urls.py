from django.urls import path

from ceasefire.oversight import interests_views, views

app_name = "oversight"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("weeks/<int:pk>/", views.week, name="week"),
    *interests_views.urlpatterns,
]
