from django.urls import path

from ceasefire.access.consent import views

app_name = "consent"
urlpatterns = [
    path("", views.due, name="due"),
    path("of/<str:key>/", views.person, name="person"),
    path("of/<str:key>/new/", views.new, name="new"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/taken-back/", views.revoke, name="revoke"),
    path("notices/<int:pk>/seen/", views.seen, name="seen"),
]
