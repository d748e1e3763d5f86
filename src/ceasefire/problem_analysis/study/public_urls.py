"""What everybody may read of the studies."""

from django.urls import path

from ceasefire.problem_analysis.study.views import published

app_name = "published"
urlpatterns = [
    path("", published.editions, name="editions"),
    path("<int:pk>/", published.edition, name="edition"),
    path("<int:pk>/pdf/", published.pdf, name="pdf"),
    path("<int:pk>/workbook/", published.workbook, name="workbook"),
    path("<int:pk>/<str:number>/", published.item, name="item"),
]
