from django.urls import path

from ceasefire.web import views

urlpatterns = [
    path("", views.this_week, name="this_week"),
    path("language/", views.language, name="language"),
]
