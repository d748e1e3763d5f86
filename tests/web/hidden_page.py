"""The product's addresses and one page that outreach may not enter."""

from django.urls import include, path

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role


@gate(Room.INVESTIGATIVE, full=[Role.ANALYST])
def hidden(request):
    raise NotImplementedError


urlpatterns = [path("hidden/", hidden), path("", include("ceasefire.config.urls"))]
