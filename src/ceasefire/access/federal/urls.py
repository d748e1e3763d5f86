from django.urls import path

from ceasefire.access.federal import views

app_name = "federal"
urlpatterns = [
    path("", views.requests, name="requests"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.one, name="one"),
    path("report/<int:year>/", views.report, name="report"),
    path("report/<int:year>/csv/", views.report_csv, name="report_csv"),
    path("report/<int:year>/pdf/", views.report_pdf, name="report_pdf"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<int:pk>/unmark/", views.unmark, name="unmark"),
]
