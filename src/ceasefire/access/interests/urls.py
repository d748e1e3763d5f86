from django.urls import path

from ceasefire.access.interests import views

app_name = "interests"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
]
