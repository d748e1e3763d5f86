from django.urls import path

from ceasefire.registry.links import views

app_name = "links"
urlpatterns = [path("<slug:kind>/<int:pk>/", views.chart, name="chart")]
