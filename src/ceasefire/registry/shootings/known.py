"""The register as it was known at an earlier moment, from the history of its source records."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Q

from ceasefire.registry.facts import VICTIM_COLUMNS
from ceasefire.registry.models import Correction, Incident, SourceRecord
from ceasefire.registry.shootings.shooting import COLUMNS, Shooting
from ceasefire.registry.shootings.shooting import shootings as standing

# What the records of one incident do not state, or state in another form.
_OWN = (
    "id", "kind", "verification", "verification_reason", "first_known", "last_changed", "feed_id",
    "withheld_at", "victims", "killed",
)  # fmt: skip
_STATED = tuple(column for column in COLUMNS if column not in _OWN)
_VICTIM_UNIT = "victim"


def shootings(start: date, end: date, *, before: datetime) -> list[Shooting]:
    """Incidents dated `start` to `end` with the values known just before a moment, oldest first.

    Records that came later, or were withheld by then, are out; several rows of one incident are
    folded as the register folds them. Corrections by hand count from when they were made. A
    shooting entered by hand has no records: it counts, with its present values, from then on.
    """
    found = [_folded(list(records)) for _id, records in _by_incident(start, end, before)]
    found += [
        row for row in standing(start, end) if row.feed_id is None and row.first_known < before
    ]
    made = _corrections([row.id for row in found], before)
    rows = [_corrected(row, made[row.id]) for row in found]
    return sorted(rows, key=lambda row: (row.occurred_on, row.id))


def records_known(before: datetime) -> Q:
    """The source records that were the latest word just before a moment."""
    superseded = Q(known_to=None) | Q(known_to__gte=before)
    return (
        superseded & (Q(withheld_at=None) | Q(withheld_at__gte=before)) & Q(known_from__lt=before)
    )


def corrections_made(before: datetime) -> Q:
    """The corrections by hand that held just before a moment."""
    return Q(made_at__lt=before) & (Q(withdrawn_at=None) | Q(withdrawn_at__gte=before))


def victims(incident_ids: list[int], before: datetime) -> dict[int, list[SourceRecord]]:
    """The rows that each spoke of one victim, as they were known just before a moment."""
    records = SourceRecord.objects.filter(records_known(before), incident__in=incident_ids)
    spoken = records.filter(batch__mapping__mapping__unit=_VICTIM_UNIT)
    found = defaultdict(list)
    for record in spoken.order_by("row_number").only("incident_id", *VICTIM_COLUMNS):
        found[record.incident_id].append(record)
    return found


def _by_incident(start: date, end: date, before: datetime):
    records = (
        SourceRecord.objects.filter(records_known(before), occurred_on__range=(start, end))
        # Only the feed that leads speaks for an incident.
        .filter(feed_id=F("incident__feed_id"))
        .annotate(
            unit=F("batch__mapping__mapping__unit"), incident_known=F("incident__first_known")
        )
        .order_by("incident_id", "row_number")
        .values_list(
            *_STATED, "incident_id", "feed_id", "known_from", "victims", "killed", "injured",
            "wounded", "fatal", "unit", "incident_known", named=True,
        )
    )  # fmt: skip
    return groupby(records, key=attrgetter("incident_id"))


def _folded(records: list) -> Shooting:
    """One incident from its rows: what the first states, with the totals of all."""
    first = records[0]
    counted = _counted if first.unit == _VICTIM_UNIT else _stated
    victims, killed, hurt = counted(records)
    return Shooting(
        **{column: getattr(first, column) for column in _STATED},
        id=first.incident_id,
        kind=_kind(killed, hurt),
        verification=Incident.Verification.VERIFIED,
        verification_reason="",
        first_known=first.incident_known,
        last_changed=max(record.known_from for record in records),
        feed_id=first.feed_id,
        withheld_at=None,
        victims=victims,
        killed=killed,
    )


def _counted(records: list) -> tuple[int, int | None, bool]:
    """One row per victim: victims, killed, anybody hurt."""
    outcomes = [record.fatal for record in records]
    return len(records), None if None in outcomes else sum(outcomes), True


def _stated(records: list) -> tuple[int | None, int | None, bool | None]:
    """Totals that the rows state, and repeat where one incident has several."""
    victims, killed = _largest(records, "victims"), _largest(records, "killed")
    injured = _largest(records, "injured")
    if injured or victims or _largest(records, "wounded"):
        return victims, killed, True
    return victims, killed, False if injured is False or victims == 0 else None


def _largest(records: list, column: str):
    return max(
        (v for record in records if (v := getattr(record, column)) is not None), default=None
    )


def _kind(killed: int | None, hurt: bool | None) -> str:
    if killed:
        return Incident.Kind.FATAL
    known = {True: Incident.Kind.INJURY, False: Incident.Kind.NO_INJURY}
    return known.get(hurt, Incident.Kind.UNKNOWN)


def _corrected(row: Shooting, values: dict) -> Shooting:
    """The row with what was set by hand; its kind follows from the numbers, as in the register."""
    row = replace(row, **values)
    if not values.keys() & {"victims", "killed"}:
        return row
    return replace(row, kind=_kind(row.killed, None if row.victims is None else row.victims > 0))


def _corrections(incident_ids: list[int], before: datetime) -> dict[int, dict]:
    """Per incident, the columns that stood corrected by hand just before a moment."""
    made = Correction.objects.filter(corrections_made(before), incident__in=incident_ids)
    found = defaultdict(dict)
    for incident, field, value in made.values_list("incident_id", "field", "value"):
        if field in COLUMNS:
            found[incident][field] = Incident._meta.get_field(field).to_python(value)
    return found
