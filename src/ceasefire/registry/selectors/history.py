"""One shooting over time: what each publication said, what hands set, and when it was known."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.registry import laying, words
from ceasefire.registry.models import Correction, Incident, SourceRecord
from ceasefire.registry.parts import INCIDENT, VICTIM, Part, differences, part_of
from ceasefire.registry.recording import known_at

VICTIM_UNIT = "victim"
# The register's own judgement before anybody has judged.
_UNJUDGED = {
    "verification": Incident.Verification.VERIFIED,
    "verification_reason": "",
    "withheld_at": None,
    "review_due": None,
}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One moment of a shooting's history. told: what happened; by: the file or the person."""

    when: datetime
    told: str
    by: str
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


def records(incident: Incident) -> list[SourceRecord]:
    """Every published row of the incident, oldest first, with the words of its batch.

    Read through the row: whoever may read a shooting may read where it came from.
    """
    batch = {
        "feed_title": F("feed__title"),
        "file_name": F("batch__file_name"),
        "sha256": F("batch__sha256"),
        "as_of": F("batch__as_of"),
        "unit": F("batch__mapping__mapping__unit"),
    }
    found = incident.records.annotate(**batch)
    return list(found.order_by("known_from", "batch_id", "row_number"))


def unit_of(incident: Incident) -> str | None:
    """What one row of the leading feed is: victim, incident or event."""
    rows = SourceRecord.objects.filter(incident=incident, feed=incident.feed_id)
    newest = rows.order_by("-known_from", "-id")
    return newest.values_list("batch__mapping__mapping__unit", flat=True).first()


def said_by_source(incident: Incident, at: datetime | None = None) -> dict[str, object] | None:
    """What the leading feed's rows said at a moment (now); None before it said anything.

    Where every row had been dropped by then, what they said last.
    """
    if incident.feed_id is None:
        return None
    asked = {
        "incident_id": incident.pk,
        "feed_id": incident.feed_id,
        "unit": unit_of(incident) or "",
        "moment": at or timezone.now(),
    }
    return known_at(**asked) or known_at(**asked, withheld=True)


def end_of(day: date, zone: str) -> datetime:
    """The midnight that ends a day of the city: what was known on a day was known just before."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    return midnight - timedelta(microseconds=1)


def as_known(incident: Incident, at: datetime) -> Incident | None:
    """The incident, unsaved, with the values that stood at a moment; None if not yet known."""
    said = said_by_source(incident, at)
    made = [one for one in incident.corrections.all() if _stood(one, at)]
    if said is None and not made:
        return None
    blank = {"id": incident.pk, "agency_id": incident.agency_id, "feed_id": incident.feed_id}
    kept = {"incident_number": incident.incident_number, "occurred_precision": "unknown"}
    known = Incident(**blank, **kept | (said or {}), **_UNJUDGED)
    known.first_known, known.last_changed = incident.first_known, incident.last_changed
    known.withheld_at = _withheld_at(incident, at)
    laying.lay_over(known, made, laying.lookup())
    known.kind = kind_of(known)
    return known


def _stood(correction: Correction, at: datetime) -> bool:
    ended = correction.withdrawn_at
    return correction.made_at <= at and (ended is None or ended > at)


def _withheld_at(incident: Incident, at: datetime) -> datetime | None:
    """When the last of the rows was dropped, if none stood at that moment."""
    then = records_at(incident, at)
    if not then.exists() or then.filter(Q(withheld_at=None) | Q(withheld_at__gt=at)).exists():
        return None
    return max(then.values_list("withheld_at", flat=True))


def records_at(incident: Incident, at: datetime) -> QuerySet[SourceRecord]:
    """The rows that were the latest word at a moment, among them those dropped by then."""
    latest = Q(known_to=None) | Q(known_to__gt=at)
    return incident.records.filter(latest, known_from__lte=at).order_by("row_number")


def kind_of(row: Incident) -> str:
    """The kind as the database works it out for a saved incident."""
    if row.killed:
        return Incident.Kind.FATAL
    if row.injured or row.wounded or row.victims:
        return Incident.Kind.INJURY
    if row.injured is False or row.victims == 0:
        return Incident.Kind.NO_INJURY
    return Incident.Kind.UNKNOWN


def events(incident: Incident, rows: list[SourceRecord], made: list[Correction]) -> list[Event]:
    """Everything that happened to the shooting's record, the latest first."""
    found = [*_publications(rows), *_vanishings(rows), *_by_hand(made), *_withdrawals(made)]
    return sorted(found, key=attrgetter("when"), reverse=True)


def _publications(rows: list[SourceRecord]) -> list[Event]:
    """One event for each batch that printed a new or another row of this shooting."""
    known = {row.pk: row for row in rows}
    return [
        _publication(list(printed), known, first=position == 0)
        for position, (_batch, printed) in enumerate(groupby(rows, key=attrgetter("batch_id")))
    ]


def _publication(printed: list[SourceRecord], known: dict, *, first: bool) -> Event:
    changed = [row for row in printed if row.follows_id in known]
    new = len(printed) - len(changed)
    return Event(
        when=printed[0].known_from,
        told=_told(new, first=first),
        by=_file(printed[0]),
        changes=_changes(changed, known),
    )


def _told(new: int, *, first: bool) -> str:
    if first:
        return _("First printed")
    if new:
        return _("Printed with another row (%(n)d new)") % {"n": new}
    return _("Printed with other values")


def _file(row: SourceRecord) -> str:
    return _("%(feed)s, %(file)s") % {"feed": row.feed_title, "file": row.file_name}


def _changes(changed: list[SourceRecord], known: dict) -> list[Change]:
    """What differs from the row that each followed; said once where several rows say the same."""
    found = {}
    for row in changed:
        for part, before, after in differences(known[row.follows_id], row, (*INCIDENT, *VICTIM)):
            found[part.key, before, after] = Change(str(part.label), before, after)
    return list(found.values())


def _vanishings(rows: list[SourceRecord]) -> list[Event]:
    """The rows that their publisher dropped."""
    dropped = defaultdict(list)
    for row in rows:
        if row.withheld_at is not None:
            dropped[row.withheld_at].append(row)
    return [
        Event(
            when,
            _("Dropped by the publisher"),
            _("%(feed)s, row %(rows)s")
            % {"feed": gone[0].feed_title, "rows": ", ".join(str(r.row_number) for r in gone)},
        )
        for when, gone in dropped.items()
    ]


def _by_hand(made: list[Correction]) -> list[Event]:
    """What people set: one event for each moment and reason, with every part that it set."""
    groups = defaultdict(list)
    for one in made:
        groups[one.made_by, one.reason, _moment(one.made_at)].append(one)
    return [
        Event(own[0].made_at, _("Set by hand"), who, reason, _set_changes(own))
        for (who, reason, _when), own in groups.items()
    ]


def _moment(when: datetime) -> datetime:
    return when.replace(microsecond=0)


def _set_changes(made: list[Correction]) -> list[Change]:
    return [Change(str(part.label), "", said) for part, said in parts_said(made)]


def parts_said(made: list[Correction]) -> list[tuple[Part, str]]:
    """The parts that some corrections set, each with what it then says."""
    row = Incident(occurred_precision="unknown", **_UNJUDGED)
    for one in made:
        column = Incident._meta.get_field(one.field)
        setattr(row, one.field, column.to_python(one.value))
    parts = dict.fromkeys(part_of(one.field) for one in made)
    return [(part, part.say(row)) for part in parts]


def _withdrawals(made: list[Correction]) -> list[Event]:
    """Corrections that were taken back or replaced."""
    groups = defaultdict(list)
    for one in made:
        if one.withdrawn_at is not None:
            groups[one.withdrawn_at.replace(microsecond=0), one.withdrawn_by].append(one)
    return [
        Event(
            own[0].withdrawn_at,
            _("Ended what was set by hand: %(parts)s")
            % {"parts": ", ".join(str(part.label) for part, _said in parts_said(own))},
            who,
        )
        for (_when, who), own in groups.items()
    ]


def standing_corrections(made: list[Correction]) -> dict[str, Correction]:
    """Part -> the correction that stands for it."""
    return {part_of(one.field).key: one for one in made if one.withdrawn_at is None}


def source_words(incident: Incident) -> dict[str, str]:
    """Part -> what the source says today, in words."""
    said = said_by_source(incident)
    if said is None:
        return {}
    row = Incident(**said)
    return {part.key: part.say(row) for part in INCIDENT}


def victim_lines(incident: Incident, at: datetime) -> list[list[str]]:
    """What the leading feed said at a moment of each person hit, one line each."""
    rows = records_at(incident, at).filter(feed=incident.feed_id)
    standing = rows.filter(Q(withheld_at=None) | Q(withheld_at__gt=at))
    return [[part.say(row) for part in VICTIM] for row in standing or rows]


def place_words(incident: Incident) -> list[str]:
    """Where what was stated and what the boundary file says disagree."""
    pairs = (
        (_("district"), incident.district_stated, incident.district_found),
        (_("neighbourhood"), incident.neighbourhood_stated, incident.neighbourhood_found),
    )
    return [
        _("The source states the %(what)s %(stated)s; the coordinates lie in %(found)s.")
        % {"what": what, "stated": stated, "found": found}
        for what, stated, found in pairs
        if stated and found and not _same(stated, found)
    ]


def _same(stated: str, found: str) -> bool:
    return words.plain(stated) == words.plain(found)
