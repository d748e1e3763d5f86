"""Requests, what is owed, contests and corrections, as each reader has them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.rights.codes import code_hash
from ceasefire.rights.models import (
    ANSWERS,
    NAMES,
    Answer,
    Contest,
    Correction,
    Due,
    Request,
)


def requests() -> QuerySet[Request]:
    """With the names of accounts beside them, the earliest first."""
    late = Due.objects.filter(request=OuterRef("pk"), done_at=None, due_on__lt=timezone.localdate())
    reviewed = Due.objects.filter(request=OuterRef("pk"), review_asked_at__isnull=False)
    return Request.objects.select_related("agency").annotate(
        taker=F("taken_by__display_name"), identifier=F("identity_by__display_name"),
        closer=F("closed_by__display_name"), late=Exists(late), reviewed=Exists(reviewed),
    )  # fmt: skip


def dues(request: Request) -> QuerySet[Due]:
    return Due.objects.filter(request=request).select_related("agency").order_by("agency__name")


def owed() -> QuerySet[Due]:
    """What the reader's own agency still owes, the earliest first."""
    mine = Due.objects.filter(agency_id=identity.current().agency_id, done_at=None)
    return _with_request(mine.filter(request__closed_at=None))


def owed_of(request_pk: int) -> Due | None:
    """What the own agency owes or has answered to one request."""
    mine = Due.objects.filter(agency_id=identity.current().agency_id, request_id=request_pk)
    return _with_request(mine).first()


def _with_request(rows: QuerySet) -> QuerySet:
    """The request beside each row, but for what is behind the names door."""
    return rows.select_related("request").defer(*(f"request__{name}" for name in NAMES))


def answer_model() -> type[Answer]:
    """The table of answers of the room at hand. Raises KeyError outside the closed rooms."""
    return {room.value: model for room, model in ANSWERS.items()}[identity.room()]


def answer_of(due: Due) -> Answer | None:
    held = _with_request(answer_model().objects.select_related("record_key"))
    held = held.annotate(who=F("answered_by__display_name"))
    held = held.filter(request=due.request_id, agency=due.agency_id)
    return held.order_by("-round").first()


def reviews() -> QuerySet[Answer]:
    """Answers of the room at hand that somebody wants reviewed, those that wait first."""
    held = answer_model().objects.select_related("record_key", "agency")
    held = held.annotate(who=F("answered_by__display_name"))
    return held.filter(review_asked_at__isnull=False).order_by("review_outcome", "review_asked_at")


def contests() -> QuerySet[Contest]:
    return Contest.objects.select_related(
        "record_key", "agency", "decided_agency", "appeal_agency"
    ).annotate(
        opener=F("opened_by__display_name"), decider=F("decided_by__display_name"),
        outsider=F("appeal_by__display_name"),
    )  # fmt: skip


def corrections() -> QuerySet[Correction]:
    """What this reader's agency was told to put right; to clerks, everybody's."""
    return Correction.objects.select_related("agency").annotate(who=F("done_by__display_name"))


@dataclass(frozen=True)
class State:
    """What whoever knows the code is told of a request."""

    received_at: datetime
    identity_on: date | None
    due_on: date | None
    answered: bool
    closed: bool


def state(code: str) -> State | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.rights_track(%s)", [code_hash(code)])
        row = cursor.fetchone()
    return State(*row) if row else None


def recipients(keys: list[str]) -> list[tuple[int, datetime]]:
    """The agencies that were shown this person or took a file with them, and when last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.rights_recipients(%s)", [keys])
        return cursor.fetchall()
