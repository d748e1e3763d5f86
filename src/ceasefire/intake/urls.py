from django.urls import path

from ceasefire.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("load/", views.load, name="load"),
    path("load/new/", views.load_new, name="load_new"),
    path("feeds/<slug:name>/", views.feed, name="feed"),
    path("feeds/<slug:name>/coverage/", views.coverage, name="coverage"),
    path("batches/<int:pk>/", views.batch, name="batch"),
    path("batches/<int:pk>/mapping/", views.mapping, name="mapping"),
    path("batches/<int:pk>/again/", views.again, name="again"),
    path("batches/<int:pk>/identical/", views.identical, name="identical"),
    path("batches/<int:pk>/apply/", views.apply, name="apply"),
    path("batches/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("batches/<int:pk>/report.csv", views.report, name="report"),
]
