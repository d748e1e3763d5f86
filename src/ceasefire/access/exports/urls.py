from django.urls import path

from ceasefire.access.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="list"),
    path("ask/<slug:table>/", views.ask, name="ask"),
    path("<int:pk>/", views.export, name="one"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/file/", views.take, name="take"),
]
