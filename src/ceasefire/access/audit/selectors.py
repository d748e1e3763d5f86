"""Reads of the audit log, for auditors and, of their own agency, privacy officers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from ceasefire.access.audit.models import AuditReview

COLUMNS = (
    *("id", "at", "user_id", "agency_id", "role", "verb", "object_type", "object_id"),
    *("subject_keys", "fields", "purpose", "route", "result"),
)
PERSONS_AN_HOUR = 200
DENIALS_IN_A_ROW = 5
OPENS, CLOSES = 6, 22
# Noticed: three times as many persons as the middle one of one's fellows, and no small number.
PEERS_TIMES, PEERS_FLOOR = 3, 30


@dataclass(frozen=True)
class Entry:
    """One row of the log, without search terms and details."""

    id: int
    at: datetime
    user_id: int | None
    agency_id: int | None
    role: str | None
    verb: str
    object_type: str
    object_id: str
    subject_keys: list[str]
    fields: list[str]
    purpose: str
    route: str
    result: str


@dataclass(frozen=True)
class Anomaly:
    """kind: bulk (persons in an hour), peers (persons in the week, against the role's others),
    hours (outside opening hours), denials (in a row)."""

    kind: str
    user_id: int
    at: datetime
    times: int


@dataclass(frozen=True)
class Chosen:
    """Which rows: of an account, about a key ('registry.person:12'), of a day or from it to a last
    one. None is any."""

    account: int | None = None
    key: str | None = None
    day: date | None = None
    last: date | None = None

    def words(self) -> list:
        since = day_span(self.day)[0] if self.day else None
        last = self.last or self.day
        return [self.account, self.key or None, since, day_span(last)[1] if last else None]


class Entries:
    """The chosen rows, the newest first, as django.core.paginator takes them."""

    def __init__(self, chosen: Chosen):
        self.chosen = chosen

    def count(self) -> int:
        question = "SELECT wall.audit_count(%s::bigint, %s, %s::timestamptz, %s::timestamptz)"
        return next(_ask(question, self.chosen.words()))[0]

    def __getitem__(self, piece: slice) -> list[Entry]:
        question = "wall.audit_page(%s::bigint, %s, %s::timestamptz, %s::timestamptz, %s, %s)"
        words = [*self.chosen.words(), piece.stop - piece.start, piece.start]
        return _entries(question, words)


def of_subject(key: str) -> list[Entry]:
    """Who looked at this person, the earliest first."""
    return _entries("wall.audit_of_subject(%s)", [key])


def of_account(user_id: int) -> list[Entry]:
    """Everything that this account saw and did, the earliest first."""
    return _entries("wall.audit_of_account(%s)", [user_id])


def anomalies(week: date) -> list[Anomaly]:
    """What to look at first in a week, in the time zone at hand."""
    since, _end = day_span(week)
    until, _end = day_span(week + timedelta(days=7))
    zone = timezone.get_current_timezone_name()
    words = [since, until, PERSONS_AN_HOUR, DENIALS_IN_A_ROW, zone, OPENS, CLOSES]
    question = "SELECT * FROM wall.audit_anomalies(%s, %s, %s::int, %s::int, %s, %s::int, %s::int)"
    peers = "SELECT * FROM wall.audit_peers(%s, %s, %s::int, %s::int)"
    found = [*_ask(peers, [since, until, PEERS_TIMES, PEERS_FLOOR]), *_ask(question, words)]
    return [Anomaly(*row) for row in found]


@dataclass(frozen=True)
class State:
    """How the log stands. unsealed: rows that wait for a seal; whole: what verifying found last."""

    sealed_at: datetime | None
    unsealed: int
    verified_at: datetime | None
    whole: bool | None


def state() -> State | None:
    """None for whoever does not read the log."""
    return next((State(*row) for row in _ask("SELECT * FROM wall.audit_state()", [])), None)


def reviews_waiting() -> list[AuditReview]:
    """Weeks that nobody has reviewed, the earliest first."""
    return list(AuditReview.objects.filter(done_at=None).order_by("week"))


def day_span(day: date) -> tuple[datetime, datetime]:
    """The first moments of a day and of the next, in the time zone at hand."""
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


def _entries(source: str, words: list) -> list[Entry]:
    return [Entry(*row) for row in _ask(f"SELECT {', '.join(COLUMNS)} FROM {source}", words)]


def _ask(question: str, words: list) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        yield from cursor.fetchall()
