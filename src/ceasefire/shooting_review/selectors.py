"""What a packet reads from the register: bounded windows, however many years are loaded."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q

from ceasefire.registry.models import Correction, Incident, SourceRecord, Victim
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.shooting_review.weeks import Week

# The latest word of a source, and the corrections that hold, as they stand today.
STANDING, NOT_WITHDRAWN = Q(known_to=None), Q(withdrawn_at=None)


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
