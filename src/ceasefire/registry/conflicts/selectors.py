"""A conflict as a timeline with both sides, and what is to come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone

from ceasefire.registry.affiliations import selectors as ties
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    Dispute,
    GroupParty,
    Side,
)
from ceasefire.registry.groups import selectors as groups


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline. place: the side that did it or that it is about; 0 is both.

    shooting, event: one of them. after: days since the shooting before, of the other side.
    """

    on: date
    place: int
    shooting: ConflictShooting | None = None
    event: ConflictEvent | None = None
    after: int | None = None


def conflicts() -> QuerySet[Conflict]:
    today = timezone.localdate()
    watched = Q(events__on__gte=today, events__kind__in=ConflictEvent.WATCHED)
    return Conflict.objects.select_related("agency").annotate(
        count=Count("shootings", distinct=True),
        last=Max("shootings__incident__occurred_on"),
        watch=Min("events__on", filter=watched),
    )


def sides(conflict: Conflict) -> list[Side]:
    return list(Side.objects.filter(conflict=conflict))


def timeline(conflict: Conflict) -> list[Entry]:
    """Everything that has a day, the earliest first; days to watch come last."""
    linked = ConflictShooting.objects.filter(conflict=conflict, incident__occurred_on__isnull=False)
    told = ConflictEvent.objects.filter(conflict=conflict).select_related("side")
    entries = [
        *(Entry(one.incident.occurred_on, one.by_side.place if one.by_side else 0, shooting=one)
          for one in linked.select_related("incident", "by_side")),
        *(Entry(one.on, one.side.place if one.side else 0, event=one) for one in told),
    ]  # fmt: skip
    return _answered(sorted(entries, key=lambda one: one.on))


def _answered(entries: list[Entry]) -> list[Entry]:
    """Of a shooting by a side: how long after the other side's last."""
    last: dict[int, date] = {}
    found = []
    for one in entries:
        after = None
        if one.shooting and one.place:
            before = last.get(3 - one.place)
            after = (one.on - before).days if before else None
            last[one.place] = one.on
        found.append(Entry(one.on, one.place, one.shooting, one.event, after))
    return found


def parties(side: Side) -> QuerySet[GroupParty]:
    return GroupParty.objects.filter(side=side).select_related("group", "source")


def people_on(side: Side) -> list:
    """The people tied to a side, with names; none while groups are off."""
    return ties.with_names(ties.ties().filter(side=side)) if groups.are_on() else []


def disputes() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("agency", "conflict").annotate(
        writer=F("author__display_name"), reviewer=F("reviewed_by__display_name")
    )


def of_shooting(incident) -> QuerySet[ConflictShooting]:
    return ConflictShooting.objects.filter(incident=incident).select_related("conflict")
