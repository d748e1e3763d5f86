from django.urls import path

from ceasefire.registry.views import by_hand, city, shooting, shootings

app_name = "registry"
urlpatterns = [
    path("", shootings.shootings, name="shootings"),
    path("points.geojson", shootings.points, name="points"),
    path("boundaries.geojson", shootings.boundaries, name="boundaries"),
    path("city/", city.city, name="city"),
    path("enter/", by_hand.enter, name="enter"),
    path("withheld/", by_hand.withheld, name="withheld"),
    path("<int:pk>/", shooting.shooting, name="shooting"),
    path("<int:pk>/correct/<slug:part>/", by_hand.correct, name="correct"),
    path("<int:pk>/withdraw/<slug:part>/", by_hand.withdraw, name="withdraw"),
    path("<int:pk>/standing/", by_hand.judge, name="judge"),
    path("<int:pk>/review/", by_hand.review, name="review"),
]
