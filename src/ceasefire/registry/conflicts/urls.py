from django.urls import path

from ceasefire.registry.conflicts.views import conflicts, disputes, parts

app_name = "conflicts"
urlpatterns = [
    path("", conflicts.conflicts, name="conflicts"),
    path("new/", conflicts.new, name="new"),
    path("<int:pk>/", conflicts.conflict, name="conflict"),
    path("<int:pk>/shooting/", parts.shooting, name="shooting"),
    path("<int:pk>/event/", parts.event, name="event"),
    path("<int:pk>/state/", parts.state, name="state"),
    path("<int:pk>/group/", parts.group, name="group"),
    path("<int:pk>/remove/<slug:what>/<int:which>/", parts.remove, name="remove"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/new/", disputes.new, name="dispute_new"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/review/", disputes.review, name="dispute_review"),
]
