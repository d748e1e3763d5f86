from django.urls import path

from ceasefire.shooting_review import views

app_name = "shooting_review"
urlpatterns = [
    path("", views.weeks, name="weeks"),
    path("<str:week>/", views.packet, name="packet"),
    path("<str:week>/packet.pdf", views.packet_pdf, name="packet_pdf"),
]
