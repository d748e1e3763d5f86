"""What a file about people brings to the register: records, people who enter, and facts.

Nothing of an agency's file is mirrored. Who is in a shooting, or under supervision, enters; of
everybody else only those are kept who are known already, once somebody is sure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from ceasefire.access.partitions import Room
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.rules import latest_purge
from ceasefire.access.sealing.tokens import keyed
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import (
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    Said,
    SupervisionTerm,
)
from ceasefire.registry.people.told import Row, Who
from ceasefire.registry.prior_lists.models import ListNaming
from ceasefire.registry.search import indexing as search

Entered = Person.Entered
# How long a dropped row stays withheld before somebody must have looked.
REVIEW_DAYS = 60
AT_ONCE = 2_000


@dataclass(frozen=True)
class KindOfFact:
    """model: where the fact stands. record_class: its clock, and its record's and its person's.

    enters: why somebody of whom nothing is known enters the register by it; None if not at all.
    """

    model: type[Said]
    record_class: RecordClass
    persons_class: RecordClass
    enters: Entered | None = None


KINDS = {
    "involvements": KindOfFact(
        Involvement, RecordClass.INCIDENT, RecordClass.INCIDENT, Entered.SHOOTING
    ),
    "supervision": KindOfFact(
        SupervisionTerm, RecordClass.SUPERVISION, RecordClass.SUPERVISION, Entered.SUPERVISION
    ),
    "arrests": KindOfFact(Contact, RecordClass.INTELLIGENCE, RecordClass.INTELLIGENCE),
    "jail": KindOfFact(Contact, RecordClass.INTELLIGENCE, RecordClass.INTELLIGENCE),
    "court": KindOfFact(
        CourtDisposition, RecordClass.CRIMINAL_HISTORY, RecordClass.INTELLIGENCE
    ),
    "prior_list": KindOfFact(
        ListNaming, RecordClass.INTELLIGENCE, RecordClass.INTELLIGENCE, Entered.PRIOR_LIST
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Whose file it is, of what kind, and when the agency knew it."""

    agency_id: int
    feed_id: int
    batch_id: int
    kind: str
    as_of: datetime

    @property
    def of(self) -> KindOfFact:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Told:
    """One row with its keys, and the shooting that it names."""

    row: Row
    basis_on: date
    record_key: UUID
    number_key: UUID | None
    row_key: UUID
    content_key: UUID
    facts: dict


@dataclass
class Outcome:
    """Rows by what became of them. unplaced: name a shooting that the register does not have."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    returned: int = 0
    unplaced: int = 0
    too_old: int = 0
    before_birth: list[int] = field(default_factory=list)


def told(rows: Iterable[Row], source: Source, outcome: Outcome) -> list[Told]:
    """The rows that can stand, with their keys; the others are counted in the outcome."""
    rows = list(rows)
    incidents = _incidents(rows, source.agency_id)
    seen: Counter = Counter()
    return [one for row in rows if (one := _told(row, source, incidents, seen, outcome))]


def _told(row: Row, source: Source, incidents, seen: Counter, outcome: Outcome) -> Told | None:
    facts = dict(row.facts)
    number = facts.pop("incident_number", None)
    incident = incidents.get(number)
    if source.of.model is Involvement and incident is None:
        outcome.unplaced += 1
        return None
    if number is not None:
        facts["incident_id"] = incident and incident[0]
    basis_on = _basis(facts, incident, source)
    if row.who.born and row.who.born > basis_on:
        outcome.before_birth.append(row.number)
        return None
    if _purge_on(source.of.record_class, basis_on) <= timezone.localdate():
        outcome.too_old += 1
        return None
    if source.of.model is Involvement and facts.get("age") is None:
        facts["age"] = age_on(row.who.born, incident[1])
    return Told(row, basis_on, *_keys(row, source, seen), facts)


def _basis(facts: dict, incident, source: Source) -> date:
    """The day of the fact itself, where the row tells one."""
    day = facts.get("on") or (incident[1] if incident and source.of.model is Involvement else None)
    return day or source.as_of.date()


def age_on(born: date | None, day: date | None) -> int | None:
    if born is None or day is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _incidents(rows: list[Row], agency_id: int) -> dict[str, tuple[int, date | None]]:
    """Incident number -> the agency's own shooting; another agency's where it alone has it."""
    numbers = {row.facts.get("incident_number") for row in rows} - {None}
    found: dict[str, list[tuple[bool, int, date | None]]] = {}
    for chunk in _chunks(sorted(numbers)):
        shootings = Incident.objects.filter(incident_number__in=chunk).order_by()
        for pk, number, agency, day in shootings.values_list(
            "pk", "incident_number", "agency_id", "occurred_on"
        ):
            found.setdefault(number, []).append((agency == agency_id, pk, day))
    return {number: one for number, ones in found.items() if (one := _own_or_only(ones))}


def _own_or_only(ones: list[tuple[bool, int, date | None]]) -> tuple[int, date | None] | None:
    own = [one[1:] for one in ones if one[0]]
    return own[0] if own else ones[0][1:] if len(ones) == 1 else None


def _keys(row: Row, source: Source, seen: Counter) -> tuple[UUID, UUID | None, UUID, UUID]:
    """Of the record, of the agency's number, of the row, of all that the row says."""
    who, agency, feed = row.who, source.agency_id, source.feed_id
    number = number_key(agency, who.number) if who.number else None
    whose = who.number or who.as_text()
    same = (feed, whose, *(row.facts.get(name) or "" for name in _SAME_ROW[source.kind]))
    seen[same] += 1
    return (
        _key("record", agency, who.as_text()), number,
        _key("row", *same, seen[same]), _key("fact", feed, who.as_text(), row.as_text()),
    )  # fmt: skip


# What makes a row of the next file the same row: the rest of it may be put right.
_SAME_ROW = {
    "involvements": ("incident_number", "role"),
    "arrests": ("number",),
    "jail": ("number", "kind"),
    "court": ("cause",),
    "supervision": (),
    "prior_list": (),
}


def number_key(agency_id: int, number: str) -> UUID:
    """By which the records of the agency's number are found."""
    return _key("number", agency_id, number)


def _key(*parts: object) -> UUID:
    return keyed("\x1e".join(map(str, parts)), Room.INVESTIGATIVE)


@lru_cache(maxsize=10_000)
def _purge(record_class: str, basis_on: date, today: date) -> date:
    return latest_purge(record_class, basis_on)


def _purge_on(record_class: str, basis_on: date) -> date:
    # A rule of the city that takes effect tomorrow is found tomorrow.
    return _purge(record_class, basis_on, timezone.localdate())


def _clock_of(row: Told, record_class: str) -> dict:
    """A row that must be reviewed by a day is not kept beyond it."""
    held = clock(record_class, row.basis_on)
    until = row.facts.get("review_by")
    return held | {"purge_on": min(held["purge_on"], until)} if until else held


def clock(record_class: str, basis_on: date) -> dict:
    """The three columns of a row about a person."""
    return {
        "record_class": record_class, "basis_on": basis_on,
        "purge_on": _purge_on(record_class, basis_on),
    }  # fmt: skip


def standing(source: Source) -> dict[UUID, tuple[int, UUID, bool]]:
    """Row key -> (fact, its content, whether it is withheld), as the feed last had it."""
    model = source.of.model
    rows = model.objects.filter(feed_id=source.feed_id, known_to=None).order_by()
    return {
        row_key: (pk, content_key, withheld is not None)
        for row_key, pk, content_key, withheld in rows.values_list(
            "row_key", "pk", "content_key", "withheld_at"
        )
    }


def sorted_out(rows: list[Told], source: Source, outcome: Outcome, *, covered=None) -> list[Told]:
    """The rows that are new or changed; what the feed had before is ended, withheld, brought back.

    covered: the day from which the file holds everything; None covers it all.
    """
    model, before = source.of.model, standing(source)
    new, ended, back = [], [], []
    for row in rows:
        pk, content, withheld = before.pop(row.row_key, (None, None, False))
        if content == row.content_key:
            outcome.unchanged += 1
            back += [pk] if withheld else []
        else:
            new.append(row)
            ended += [pk] if pk else []
    gone = [pk for pk, _content, withheld in before.values() if not withheld]
    _end(model, ended, source.as_of)
    _bring_back(model, back)
    outcome.changed, outcome.returned = len(ended), len(back)
    outcome.vanished = _withhold(model, gone, source.as_of, covered)
    return new


def _end(model, numbers: list[int], as_of: datetime) -> None:
    for chunk in _chunks(numbers):
        model.objects.filter(pk__in=chunk).update(known_to=as_of)


def _bring_back(model, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        model.objects.filter(pk__in=chunk).update(withheld_at=None, review_due=None)


def _withhold(model, numbers: list[int], as_of: datetime, covered: date | None) -> int:
    due, count = timezone.localdate() + timedelta(days=REVIEW_DAYS), 0
    for chunk in _chunks(numbers):
        gone = model.objects.filter(pk__in=chunk)
        if covered:
            gone = gone.filter(basis_on__gte=covered)
        count += gone.update(withheld_at=as_of, review_due=due)
    return count


def records_of(rows: list[Told], source: Source) -> dict[UUID, tuple[int, int]]:
    """Record key -> (record, person) of those that the register has."""
    keys, found = list({row.record_key for row in rows}), {}
    for chunk in _chunks(keys):
        held = PersonRecord.objects.filter(agency_id=source.agency_id, content_key__in=chunk)
        for key, pk, person in held.order_by().values_list("content_key", "pk", "person_id"):
            found[key] = (pk, person)
    return found


def people_enter(firsts: list[Told], source: Source) -> list[int]:
    """A new person for each row. Returns their numbers, in the order of the rows."""
    of = source.of
    people = [
        Person(
            agency_id=source.agency_id, entered_by=of.enters,
            **_clock_of(row, of.persons_class),
        )
        for row in firsts
    ]  # fmt: skip
    return [one.pk for one in Person.objects.bulk_create(people, AT_ONCE)]


def records_write(rows: list[tuple[Told, int]], source: Source) -> dict[UUID, tuple[int, int]]:
    """Records that are new, each with its person. Returns record key -> (record, person)."""
    of = source.of
    records = [
        PersonRecord(
            agency_id=source.agency_id, feed_id=source.feed_id, person_id=person,
            number_key=row.number_key, content_key=row.record_key,
            first_said=source.as_of, last_said=source.as_of,
            **_written(row.row.who), **_clock_of(row, of.persons_class),
        )
        for row, person in rows
    ]  # fmt: skip
    made = PersonRecord.objects.bulk_create(records, AT_ONCE)
    found_by = {row.record_key: search.who_of(row.row.who) for row, _person in rows}
    search.tokens_write((one.pk, found_by[one.content_key]) for one in made)
    return {one.content_key: (one.pk, one.person_id) for one in made}


def _written(who: Who) -> dict:
    return {name: getattr(who, name) for name in who.__dataclass_fields__}


def records_seen(numbers: Iterable[int], as_of: datetime) -> None:
    """Records that a newer file says again."""
    for chunk in _chunks(sorted(set(numbers))):
        PersonRecord.objects.filter(pk__in=chunk, last_said__lt=as_of).update(last_said=as_of)


def facts_write(rows: list[Told], records: dict[UUID, tuple[int, int]], source: Source) -> int:
    """The facts of rows whose records stand. Returns how many."""
    of = source.of
    facts = [
        of.model(
            record_id=records[row.record_key][0], person_id=records[row.record_key][1],
            agency_id=source.agency_id, feed_id=source.feed_id, batch_id=source.batch_id,
            row_number=row.row.number, row_key=row.row_key, content_key=row.content_key,
            known_from=source.as_of, **row.facts, **_clock_of(row, of.record_class),
        )
        for row in rows
    ]  # fmt: skip
    of.model.objects.bulk_create(facts, AT_ONCE)
    search.cases_write(
        (records[row.record_key][0], number) for row in rows for number in row.row.case_numbers
    )
    return len(facts)


def _chunks(values: list) -> Iterator[list]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
