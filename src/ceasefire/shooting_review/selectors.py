"""What a packet reads from the register: bounded windows, however many years are loaded."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Max, Min, Q

from ceasefire.registry.models import (
    Correction,
    Definition,
    Incident,
    SourceRecord,
    Victim,
)
from ceasefire.shooting_review.weeks import Week


@dataclass(frozen=True, slots=True)
class Shooting:
    """One incident of the register, as it stands or as it was known. Metres; None = not known."""

    id: int
    incident_number: str
    occurred_on: date
    occurred_from: datetime | None
    occurred_precision: str
    kind: str
    verification: str
    verification_reason: str
    offence: str
    officer_involved: bool | None
    address: str
    premises: str
    setting: str
    district_stated: str
    district_found: str
    neighbourhood_stated: str
    neighbourhood_found: str
    latitude: float | None
    longitude: float | None
    x_m: float | None
    y_m: float | None
    in_city: bool | None
    victims: int | None
    killed: int | None
    first_known: datetime
    last_changed: datetime
    withheld_at: datetime | None
    feed_id: int | None

    @property
    def placed(self) -> bool:
        return self.x_m is not None

    @property
    def people_hit(self) -> int | None:
        """Victims; none where the source says that nobody was hurt, None where it is silent."""
        nobody = self.victims is None and self.kind == Incident.Kind.NO_INJURY
        return 0 if nobody else self.victims

    @property
    def people_killed(self) -> int | None:
        return 0 if self.killed is None and self.people_hit == 0 else self.killed

    @property
    def district(self) -> str:
        """As found from the boundary file; as stated where the place is not known."""
        return self.district_found or self.district_stated

    @property
    def neighbourhood(self) -> str:
        return self.neighbourhood_found or self.neighbourhood_stated

    def __str__(self):
        return self.incident_number or f"#{self.id}"


# The latest word of a source, and the corrections that hold, as they stand today.
STANDING, NOT_WITHDRAWN = Q(known_to=None), Q(withdrawn_at=None)
COLUMNS = tuple(field.name for field in fields(Shooting))


@dataclass(frozen=True)
class Source:
    """The row of the publication that a fact came from."""

    feed: str
    file_name: str
    row_number: int
    as_of: datetime


@dataclass(frozen=True)
class LastFile:
    feed: str
    file_name: str
    as_of: datetime


def definitions(kind: str) -> list[Definition]:
    """Every definition of a kind, the latest first."""
    return list(Definition.objects.filter(kind=kind).order_by("-effective_from"))


def shootings(start: date, end: date) -> list[Shooting]:
    """Every incident dated `start` to `end`, both included and verified or not, oldest first."""
    rows = Incident.objects.filter(occurred_on__range=(start, end))
    return [Shooting(*row) for row in rows.order_by("occurred_on", "id").values_list(*COLUMNS)]


def last_day_before(day: date) -> date | None:
    """The day of the latest incident before a date: is there any older history?"""
    earlier = Incident.objects.filter(occurred_on__lt=day).order_by("-occurred_on")
    return earlier.values_list("occurred_on", flat=True).first()


def undated() -> int:
    return Incident.objects.filter(occurred_on=None).count()


def victims(incident_ids: list[int]) -> dict[int, list[Victim]]:
    """The victims of each incident, where the source has a row or an entry for each."""
    found = defaultdict(list)
    for victim in Victim.objects.filter(incident__in=incident_ids):
        found[victim.incident_id].append(victim)
    return found


def sources(incident_ids: list[int], latest: Q = STANDING) -> dict[int, list[Source]]:
    """The published rows that stand behind each incident, newest first."""
    found = defaultdict(list)
    records = SourceRecord.objects.filter(latest, incident__in=incident_ids)
    columns = ("incident_id", "feed__title", "batch__file_name", "row_number", "batch__as_of")
    for incident, *source in records.order_by("-batch__as_of", "row_number").values_list(*columns):
        found[incident].append(Source(*source))
    return found


def corrected(incident_ids: list[int], made: Q = NOT_WITHDRAWN) -> dict[int, list[str]]:
    """The fields of each incident that a person has set by hand."""
    found = defaultdict(list)
    corrections = Correction.objects.filter(made, incident__in=incident_ids)
    for incident, field in corrections.values_list("incident_id", "field"):
        found[incident].append(str(Incident._meta.get_field(field).verbose_name))
    return found


def first_loads(feed_ids: set[int]) -> dict[int, datetime]:
    """When each feed's first file was made: the moment from which any incident of it is known."""
    told = Incident.objects.filter(feed__in=feed_ids).order_by().values_list("feed_id")
    return dict(told.annotate(Min("first_known")))


def last_files(rows: list[Shooting], before: datetime | None) -> list[LastFile]:
    """The newest applied file of each feed that speaks in these rows.

    Read through one incident of each feed: whoever may read a shooting may read its source.
    """
    spokesman = {row.feed_id: row.id for row in rows if row.feed_id}
    loads = Incident.objects.filter(pk__in=spokesman.values(), feed__batches__state="applied")
    if before:
        loads = loads.filter(feed__batches__as_of__lt=before)
    newest = loads.order_by("feed_id", "-feed__batches__as_of").distinct("feed_id")
    columns = ("feed__title", "feed__batches__file_name", "feed__batches__as_of")
    return [LastFile(*row) for row in newest.values_list(*columns)]


def years() -> list[int]:
    """The ISO years between the first and the last incident, latest first."""
    ends = Incident.objects.aggregate(first=Min("occurred_on"), last=Max("occurred_on"))
    if ends["first"] is None:
        return []
    return list(range(Week.of(ends["last"]).year, Week.of(ends["first"]).year - 1, -1))
