from django.urls import path

from ceasefire.access.exceptional import views

app_name = "exceptional"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<int:pk>/", views.opened, name="opened"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/seen/", views.seen, name="seen"),
]
