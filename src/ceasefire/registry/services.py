"""Verbs on the register: the city's settings, its boundary layers, corrections after a load."""

from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.policies import require_change
from ceasefire.kit.boundaries import load_layer
from ceasefire.registry import laying
from ceasefire.registry.models import (
    Boundary,
    BoundaryLayer,
    City,
    Correction,
    Definition,
    Incident,
)


class CityNotSet(Exception):
    """Nothing can be loaded before the city is known; the message says how to set it."""


def city_now() -> City:
    city = City.objects.first()
    if city is None:
        raise CityNotSet(
            _("The city is not set. Use: ./ceasefire city --name NAME --time-zone ZONE --epsg CODE")
        )
    return city


@transaction.atomic
def city_set(*, name: str, time_zone: str, projected_system: int, review_weekday: int = 1) -> City:
    """Set the city. Raises ValidationError for a value that no city has, such as an empty name."""
    require_change(City)
    said = {
        "name": name,
        "time_zone": time_zone,
        "projected_system": projected_system,
        "review_weekday": review_weekday,
    }
    City(id=1, **said).clean_fields()
    city, _created = City.objects.update_or_create(id=1, defaults=said)
    return city


@transaction.atomic
def definition_set(*, kind: str, effective_from: date, value: dict, words: str) -> Definition:
    """Record a local definition from a day on; earlier figures keep the one they were under."""
    require_change(Definition)
    definition, _created = Definition.objects.update_or_create(
        kind=kind, effective_from=effective_from, defaults={"value": value, "words": words}
    )
    return definition


@transaction.atomic
def layer_load(
    *, kind: str, path: Path, name_property: str | None = None, crs: int | None = None,
    effective_from: date | None = None,
) -> BoundaryLayer:  # fmt: skip
    """Read a boundary file as the city's layer of this kind, in place of one of the same day."""
    require_change(BoundaryLayer)
    read = load_layer(path, name_property=name_property, crs=crs)
    effective_from = effective_from or timezone.localdate()
    BoundaryLayer.objects.filter(kind=kind, effective_from=effective_from).delete()
    layer = BoundaryLayer.objects.create(
        kind=kind,
        effective_from=effective_from,
        file_name=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        name_property=read.name_property or "",
        report=[finding._asdict() for finding in read.report],
    )
    Boundary.objects.bulk_create(
        Boundary(layer=layer, name=area["properties"]["name"], geometry=area["geometry"])
        for area in read.to_geojson()["features"]
    )
    return layer


@transaction.atomic
def corrections_reapply(*, incidents: list[int]) -> None:
    """Lay the standing corrections of these incidents over the values that a feed just set."""
    # All that hands have ever set is far less than what one load may touch.
    corrected = Correction.objects.filter(withdrawn_at=None).values_list("incident_id", flat=True)
    places = laying.lookup()
    for incident_id in sorted(set(corrected.order_by()).intersection(incidents)):
        _reapply(Incident.objects.select_for_update().get(pk=incident_id), places)


def _reapply(incident: Incident, places: laying.Lookup) -> None:
    standing = list(incident.corrections.filter(withdrawn_at=None))
    ended = laying.superseded_by_feed(incident, standing)
    for correction in ended:
        correction.withdrawn_at, correction.withdrawn_by = timezone.now(), incident.feed.title
    Correction.objects.bulk_update(ended, ["withdrawn_at", "withdrawn_by"])
    columns = laying.lay_over(incident, [one for one in standing if one not in ended], places)
    incident.save(update_fields=sorted(columns))
