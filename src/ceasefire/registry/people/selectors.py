"""What is known of a person, value by value, and whose word each value is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.db.models import QuerySet
from django.utils import timezone

from ceasefire.access import names
from ceasefire.registry.people.models import (
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    SupervisionTerm,
)
from ceasefire.registry.people.recording import age_on

ADULT = 18
Names = dict[int, SimpleNamespace]


@dataclass
class Value:
    """One value, and the agencies whose records say it, the newest first."""

    said: object
    records: list[PersonRecord] = field(default_factory=list)

    @property
    def agencies(self) -> list[str]:
        return list(dict.fromkeys(str(one.agency) for one in self.records))


@dataclass
class Known:
    """A person with their records, whose names are read already."""

    person: Person
    records: list[PersonRecord]
    names: Names

    @property
    def name(self) -> str:
        """As the newest record writes it."""
        return next((said for one in self.records if (said := self.name_in(one))), str(self.person))

    def name_in(self, record: PersonRecord) -> str:
        return written(self.names[record.pk])

    def values(self, name: str) -> list[Value]:
        """The distinct values of one field, the newest record's first."""
        found: dict[object, Value] = {}
        for record in self.records:
            said = self._said(record, name)
            if said not in (None, ""):
                key = said.casefold() if isinstance(said, str) else said
                found.setdefault(key, Value(said)).records.append(record)
        return list(found.values())

    def _said(self, record: PersonRecord, name: str):
        if name == "name":
            return self.name_in(record)
        told = self.names[record.pk]
        return getattr(told, name) if hasattr(told, name) else getattr(record, name)

    def every_name(self) -> list[str]:
        """By what the person is known, for whoever must not open a relative's record."""
        told = (self.names[one.pk] for one in self.records)
        return [f"{one.given} {one.family}".strip() or one.alias for one in told]

    @property
    def born(self) -> list[date]:
        return [value.said for value in self.values("born")]

    @property
    def juvenile(self) -> bool:
        """Under 18 by any record; somebody whose birth nobody tells is treated as a juvenile."""
        today = timezone.localdate()
        ages = [age_on(born, today) for born in self.born]
        return not ages or min(ages) < ADULT

    @property
    def died_on(self) -> list[Value]:
        return self.values("died_on")


def written(told: SimpleNamespace) -> str:
    """A record's names as pages write them: the family name first."""
    given = " ".join(part for part in (told.given, told.middle) if part)
    return ", ".join(part for part in (told.family, given) if part) or told.alias


def person_standing(pk: int) -> Person | None:
    """The person of that number, or the one into whom that one was merged."""
    person = Person.objects.filter(pk=pk).first()
    while person and person.merged_into_id:
        person = Person.objects.filter(pk=person.merged_into_id).first()
    return person


def numbers_of(person: Person) -> list[int]:
    """The person, and everybody merged into them: a merge moves only what its maker sees."""
    found, last = [person.pk], [person.pk]
    while last:
        merged = Person.objects.filter(merged_into__in=last)
        last = list(merged.values_list("pk", flat=True))
        found += last
    return found


def known(person: Person) -> Known:
    """A person with names, each read through the door: the log says so."""
    records = list(
        PersonRecord.objects.filter(person__in=numbers_of(person))
        .select_related("agency", "feed")
        .order_by("-last_said", "-pk")
    )
    return Known(person, records, names.read(records))


def known_of(people: Iterable[Person]) -> list[Known]:
    """Several people with names, in one question to the names door."""
    found = {one.pk: one for one in people}
    stands = {pk: pk for pk in found}
    last = list(stands)
    while last:
        merged = dict(Person.objects.filter(merged_into__in=last).values_list("pk", "merged_into"))
        stands |= {pk: stands[into] for pk, into in merged.items()}
        last = list(merged)
    rows = PersonRecord.objects.filter(person__in=stands).select_related("agency", "feed")
    records = list(rows.order_by("-last_said", "-pk"))
    told = names.read(records)
    held: dict[int, list[PersonRecord]] = {pk: [] for pk in found}
    for one in records:
        if one.pk in told:
            held[stands[one.person_id]].append(one)
    return [Known(person, held[pk], told) for pk, person in found.items()]


def names_of(people: Iterable[Person]) -> dict[int, str]:
    """Person -> the name as the newest record writes it."""
    return {one.person.pk: one.name for one in known_of(people)}


def involvements(person: Person) -> QuerySet[Involvement]:
    return _standing(Involvement, person).select_related("incident").order_by(
        "-incident__occurred_on", "-pk"
    )  # fmt: skip


def contacts(person: Person) -> QuerySet[Contact]:
    return _standing(Contact, person).select_related("incident").order_by("-on", "-pk")


def terms(person: Person) -> QuerySet[SupervisionTerm]:
    return _standing(SupervisionTerm, person).order_by("-starts", "-pk")


def dispositions(person: Person) -> QuerySet[CourtDisposition]:
    return _standing(CourtDisposition, person).order_by("-on", "-pk")


def _standing(model, person: Person) -> QuerySet:
    held = model.objects.filter(person__in=numbers_of(person), known_to=None, withheld_at=None)
    return held.select_related("agency", "feed")


def people_in(incident) -> list[Involvement]:
    """Everybody's part in a shooting: victims first, then witnesses, then who is looked at."""
    order = list(Involvement.Role)
    held = Involvement.objects.filter(incident=incident, known_to=None, withheld_at=None)
    found = held.select_related("agency", "person")
    return sorted(found, key=lambda one: (order.index(one.role), one.pk))
