"""What the list, the map and the time strip of a filter read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from ceasefire.registry.models import Boundary, BoundaryLayer, Incident
from ceasefire.registry.selectors.filtering import Filter

# More marks than this are a blot on a map, and a burden on a phone.
MOST_POINTS = 5_000
_MAP = (
    "id", "incident_number", "occurred_on", "occurred_precision", "occurred_from", "latitude",
    "longitude", "kind",
)  # fmt: skip
_NOBODY_HIT = Q(kind=Incident.Kind.NO_INJURY, victims=None)
_TOTALS = {
    "count": Count("id"),
    "undated": Count("id", filter=Q(occurred_on=None)),
    "unplaced": Count("id", filter=Q(latitude=None)),
    "people_hit": Sum("victims", default=0),
    "victims_known": Count("id", filter=Q(victims__isnull=False) | _NOBODY_HIT),
    "people_killed": Sum("killed", default=0),
    "killed_known": Count("id", filter=Q(killed__isnull=False) | _NOBODY_HIT),
    "held": Count("id", filter=Q(verification=Incident.Verification.HOLD)),
    "unfounded": Count("id", filter=Q(verification=Incident.Verification.UNFOUNDED)),
    "outside": Count("id", filter=Q(in_city=False)),
    "withheld": Count("id", filter=Q(withheld_at__isnull=False)),
} | {f"kind_{kind}": Count("id", filter=Q(kind=kind)) for kind in Incident.Kind}


@dataclass(frozen=True)
class Totals:
    """Incidents, but victims and killed: people, summed over the incidents that know them."""

    count: int
    undated: int
    unplaced: int
    people_hit: int
    victims_known: int
    people_killed: int
    killed_known: int
    held: int
    unfounded: int
    outside: int
    withheld: int
    kind_fatal: int
    kind_injury: int
    kind_no_injury: int
    kind_unknown: int

    def of_kind(self, kind: Incident.Kind) -> int:
        return getattr(self, f"kind_{kind}")


def totals(chosen: Filter) -> Totals:
    return Totals(**chosen.rows().order_by().aggregate(**_TOTALS))


def by_day(chosen: Filter) -> list[tuple[date, int]]:
    """Incidents of each day that has any, oldest first; those without a date are left out."""
    dated = chosen.rows().exclude(occurred_on=None).order_by("occurred_on")
    return list(dated.values_list("occurred_on").annotate(Count("id")))


def on_map(chosen: Filter) -> list[Incident]:
    """The latest incidents of the filter, with or without a place: as many as a map bears."""
    return list(chosen.rows().only(*_MAP)[:MOST_POINTS])


def outlines() -> list[tuple[str, dict]]:
    """Name and GeoJSON geometry of the finest areas that the city has given."""
    kinds = BoundaryLayer.Kind
    layers = BoundaryLayer.objects.order_by("kind", "-effective_from").distinct("kind")
    newest = {kind: layer for layer, kind in layers.values_list("id", "kind")}
    order = (kinds.NEIGHBOURHOOD, kinds.DISTRICT, kinds.CITY)
    chosen = next((newest[kind] for kind in order if kind in newest), None)
    return list(Boundary.objects.filter(layer=chosen).values_list("name", "geometry"))
