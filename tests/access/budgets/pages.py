"""A page that shows the persons that its address names, beside the product's own."""

from django.http import HttpResponse
from django.urls import path

from ceasefire.access import audit
from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.config.urls import urlpatterns as product


@everyone(Room.INVESTIGATIVE)
def people(request, first, last):
    keys = [f"house.tip:{n}" for n in range(first, last)]
    audit.record("page.shown", subjects=keys)
    return HttpResponse(" ".join(keys))


urlpatterns = [*product, path("people/<int:first>-<int:last>/", people, name="people")]
