from django.urls import path

from ceasefire.intake.views import arrival, batches, feeds

app_name = "intake"
urlpatterns = [
    path("", feeds.feeds, name="feeds"),
    path("load/", arrival.load, name="load"),
    path("load/new/", arrival.load_new, name="load_new"),
    path("feeds/<slug:name>/", feeds.feed, name="feed"),
    path("feeds/<slug:name>/coverage/", feeds.coverage, name="coverage"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/mapping/", arrival.mapping, name="mapping"),
    path("batches/<int:pk>/again/", batches.again, name="again"),
    path("batches/<int:pk>/identical/", batches.identical, name="identical"),
    path("batches/<int:pk>/apply/", batches.apply, name="apply"),
    path("batches/<int:pk>/withdraw/", batches.withdraw, name="withdraw"),
    path("batches/<int:pk>/report.csv", batches.report, name="report"),
]
