"""Lays what was set by hand over what a feed says, now or as it was on an earlier day."""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from ceasefire.registry.facts import FOUND_COLUMNS
from ceasefire.registry.models import City, Correction, Incident
from ceasefire.registry.parts import WITHHOLDING, part_of
from ceasefire.registry.places import Gazetteer, gazetteer

Lookup = Callable[[], Gazetteer]


def lookup() -> Lookup:
    """The city's gazetteer, read when the first place asks for it."""
    return cache(lambda: gazetteer(City.objects.get()))


def lay_over(incident: Incident, made: Iterable[Correction], places: Lookup) -> set[str]:
    """Set the corrected values on the incident, unsaved; returns the columns that it set."""
    columns = set()
    for correction in made:
        field = Incident._meta.get_field(correction.field)
        setattr(incident, correction.field, field.to_python(correction.value))
        columns.add(correction.field)
    if columns & {"latitude", "longitude"}:
        find_place(incident, places)
        columns.update(FOUND_COLUMNS)
    if columns & set(WITHHOLDING.columns):
        _settle_withholding(incident)
        columns.update(WITHHOLDING.columns)
    return columns


def _settle_withholding(incident: Incident) -> None:
    """Only a withheld shooting is due for review."""
    if incident.withheld_at is None:
        incident.review_due = None


def find_place(incident: Incident, places: Lookup) -> None:
    """Metres, district and neighbourhood of the incident's coordinates, unsaved."""
    degrees = (incident.longitude, incident.latitude)
    longitude, latitude = (np.array([value], dtype=float) for value in degrees)
    found = places().find(longitude, latitude)
    incident.x_m, incident.y_m = _metres(found.x_m[0]), _metres(found.y_m[0])
    incident.district_found = found.district[0] or ""
    incident.neighbourhood_found = found.neighbourhood[0] or ""
    incident.in_city = found.in_city[0]


def _metres(value: float) -> float | None:
    """To the centimetre, as a feed's places are; None where there is no place."""
    return None if np.isnan(value) else round(float(value), 2)


def superseded_by_feed(incident: Incident, made: Iterable[Correction]) -> list[Correction]:
    """Of what was typed when the shooting was entered by hand: what a feed now says itself.

    The incident holds the values of the feed that has just joined it. What the feed does not
    know stays as it was typed.
    """
    if incident.feed_id is None:
        return []
    typed = [one for one in made if one.made_at == incident.first_known]
    return [one for one in typed if _states(incident, one.field)]


def _states(incident: Incident, column: str) -> bool:
    """Whether the feed knows the part that a column belongs to, by the part's first column."""
    return getattr(incident, part_of(column).columns[0]) not in (None, "")
