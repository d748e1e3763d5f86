from django.urls import path

from ceasefire.registry.prior_lists import views

app_name = "prior_lists"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.row, name="row"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
]
