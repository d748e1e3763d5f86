from django.urls import path

from ceasefire.registry.sources import views

app_name = "sources"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.source, name="source"),
]
