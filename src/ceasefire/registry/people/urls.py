from django.urls import path

from ceasefire.registry.people.views import deciding, merging, person, shooting
from ceasefire.registry.search.views import find

app_name = "people"
urlpatterns = [
    path("", find, name="find"),
    path("<int:pk>/", person.person, name="person"),
    path("shootings/<int:pk>/", shooting.shooting, name="shooting"),
    path("<int:pk>/merge/", merging.merge, name="merge"),
    path("<int:pk>/split/", merging.split, name="split"),
    path("merges/<int:pk>/undo/", merging.undo, name="undo"),
    path("records/", deciding.queue, name="queue"),
    path("records/<int:pk>/", deciding.pair, name="pair"),
]
