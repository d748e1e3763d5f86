"""Shootings near one another in space and time, and those that may be one and the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot

from django.db.models import Q

from ceasefire.access.models import Agency
from ceasefire.registry import laying
from ceasefire.registry.models import Incident

NEAR_M, NEAR_DAYS = 400, 90
# Two reports of one shooting: noted on either side of midnight, placed at either end of a block.
SAME_M, SAME_DAYS = 200, 1
MOST = 60


@dataclass(frozen=True)
class Near:
    incident: Incident
    metres: float
    days: int


def near(incident: Incident) -> list[Near]:
    """What happened within 400 m and 90 days, withheld shootings left out, the nearest in time
    first."""
    if incident.x_m is None or incident.occurred_on is None:
        return []
    found = _around(incident.x_m, incident.y_m, incident.occurred_on, NEAR_M, NEAR_DAYS)
    own = [one for one in found if one.incident.pk != incident.pk]
    return sorted(own, key=lambda one: (abs(one.days), one.metres))[:MOST]


def _around(x_m: float, y_m: float, day: date, within_m: float, within_days: int) -> list[Near]:
    reach = timedelta(days=within_days)
    box = Incident.objects.filter(
        withheld_at=None,
        occurred_on__range=(day - reach, day + reach),
        x_m__range=(x_m - within_m, x_m + within_m),
        y_m__range=(y_m - within_m, y_m + within_m),
    )
    every = [
        Near(row, hypot(row.x_m - x_m, row.y_m - y_m), (row.occurred_on - day).days) for row in box
    ]
    return [one for one in every if one.metres <= within_m]


def likely_duplicates(said: dict[str, object], keys: dict[Agency, object]) -> list[Incident]:
    """Shootings that may be the one about to be entered: by number first, then by day and place.

    keys: what the shooting's key would be at each agency.
    """
    found = {row.pk: row for row in _numbered(said, keys)}
    found |= {row.pk: row for row in _same_time_and_place(said)}
    return list(found.values())


def _numbered(said: dict[str, object], keys: dict[Agency, object]) -> list[Incident]:
    if not said.get("incident_number"):
        return []
    known = Q()
    for agency, key in keys.items():
        known |= Q(agency=agency, incident_key=key)
    return list(Incident.objects.filter(known))


def _same_time_and_place(said: dict[str, object]) -> list[Incident]:
    day = said.get("occurred_on")
    if day is None:
        return []
    if said.get("latitude") is None:
        return _same_address(day, said.get("address") or "")
    place = Incident(latitude=said["latitude"], longitude=said["longitude"])
    laying.find_place(place, laying.lookup())
    if place.x_m is None:
        return []
    found = _around(place.x_m, place.y_m, day, SAME_M, SAME_DAYS)
    return [one.incident for one in sorted(found, key=lambda one: one.metres)]


def _same_address(day: date, address: str) -> list[Incident]:
    if not address:
        return []
    reach = timedelta(days=SAME_DAYS)
    days = Incident.objects.filter(occurred_on__range=(day - reach, day + reach))
    return list(days.filter(address__iexact=address))
