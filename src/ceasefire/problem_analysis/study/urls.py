from django.urls import path

from ceasefire.problem_analysis.study.views import editions, studies

urlpatterns = [
    path("", studies.studies, name="studies"),
    path("new/", studies.study_plan, name="study_plan"),
    path("figures/", studies.references, name="references"),
    path("<int:pk>/", studies.study, name="study"),
    path("<int:pk>/build/", studies.build, name="study_build"),
    path("<int:pk>/findings/new/", studies.finding, name="finding"),
    path("findings/<int:pk>/", studies.settle, name="finding_settle"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/pdf/", editions.edition_pdf, name="edition_pdf"),
    path("editions/<int:pk>/workbook/", editions.edition_workbook, name="edition_workbook"),
    path("editions/<int:pk>/freeze/", editions.freeze, name="edition_freeze"),
    path("editions/<int:pk>/publish/", editions.publish, name="edition_publish"),
    path("editions/<int:pk>/against/<int:other>/", editions.compare, name="compare"),
    path("editions/<int:pk>/<str:number>/", editions.item, name="item"),
]
