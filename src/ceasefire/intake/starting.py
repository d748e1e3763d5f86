"""The first file of a new home: a feed, and a city to put it in where none has been set."""

from pathlib import Path

import numpy as np
from django.db import transaction

from ceasefire.access.models import Agency
from ceasefire.access.services import agency_record
from ceasefire.intake import services
from ceasefire.intake.models import Feed
from ceasefire.intake.normalise import Normaliser
from ceasefire.intake.services import IntakeRefused
from ceasefire.kit.progress import say
from ceasefire.kit.readers import FileFault, open_table
from ceasefire.registry.models import City
from ceasefire.registry.places import projected_system_near
from ceasefire.registry.services import city_set

# Western edge of each time zone of the contiguous United States at mid latitudes, roughly; a
# guess that is said aloud, and that one command replaces.
_US_ZONES = (
    (-125.0, "America/Los_Angeles"),
    (-114.5, "America/Denver"),
    (-102.0, "America/Chicago"),
    (-86.5, "America/New_York"),
)


@transaction.atomic
def feed_for(path: Path, *, name: str, agency: str | None, kind: str = Feed.Kind.SHOOTINGS) -> Feed:
    """The feed of that name, added with its agency, and with a guessed city in an empty home."""
    if not City.objects.exists():
        _guess_city(path, name)
    if feed := Feed.objects.filter(name=name).first():
        return feed
    speaks_for = agency_record(
        name=agency or f"{City.objects.get().name} Police", kind=Agency.Kind.POLICE
    )
    return services.feed_open(name=name, agency=speaks_for, kind=kind)


def _guess_city(path: Path, name: str) -> None:
    """Enough of a city to load by: a time zone and a metre grid near the file's own places."""
    centre = _centre(path)
    zone = _zone(centre)
    system = projected_system_near(*centre) if centre else 5070
    city_set(name=name.replace("-", " ").title(), time_zone=zone, projected_system=system)
    say(
        f"The city is not set: guessed the time zone {zone} and the projection EPSG:{system}. "
        "Set them with ./ceasefire city."
    )


def _centre(path: Path) -> tuple[float, float] | None:
    from ceasefire.intake.mapping import propose

    try:
        mapping = propose(path).mapping
        with open_table(path) as table:
            rows = Normaliser(mapping, zone="UTC").chunk(next(table.chunks()))
    except StopIteration:
        return None
    except FileFault as fault:
        raise IntakeRefused(str(fault)) from fault
    longitude = np.array(rows.columns["longitude"], dtype=float)
    latitude = np.array(rows.columns["latitude"], dtype=float)
    if np.isnan(longitude).all():
        return None
    return float(np.nanmedian(longitude)), float(np.nanmedian(latitude))


def _zone(centre: tuple[float, float] | None) -> str:
    if centre is None:
        return "America/New_York"
    west_of = [zone for edge, zone in _US_ZONES if centre[0] >= edge]
    return west_of[-1] if west_of else "UTC"
