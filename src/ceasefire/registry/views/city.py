"""What the whole installation takes for granted about its city, for everyone to read."""

from dataclasses import dataclass

from django.db.models import Count
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.registry.models import BoundaryLayer, City, Definition


@dataclass(frozen=True)
class ShownLayer:
    """A boundary file with what was repaired in it: columns and rows of a table."""

    layer: BoundaryLayer
    findings: list[list[str]]


@everyone(Room.AGGREGATE)
def city(request):
    found = City.objects.first()
    layers = BoundaryLayer.objects.annotate(areas=Count("boundaries"))
    told = {
        "shown_city": found,
        "settings": _settings(found) if found else [],
        "definitions": Definition.objects.all(),
        "layers": [_layer(layer) for layer in layers.order_by("kind", "-effective_from")],
        "finding_columns": [_("Area"), _("What was wrong"), _("What was done")],
    }
    return render(request, "registry/city.html", told)


def _settings(found: City) -> list[tuple[str, str]]:
    return [
        (_("Name"), found.name),
        (_("Time zone"), found.time_zone),
        (_("Distances are measured in"), _projection(found.projected_system)),
        (_("Day of the weekly shooting review"), str(WEEKDAYS[found.review_weekday])),
    ]


def _projection(code: int) -> str:
    from pyproj import CRS

    system = CRS.from_epsg(code)
    return _("%(name)s (EPSG:%(code)d), as metres") % {"name": system.name, "code": code}


def _layer(layer: BoundaryLayer) -> ShownLayer:
    return ShownLayer(layer, [[f["name"], f["wrong"], f["done"]] for f in layer.report])
