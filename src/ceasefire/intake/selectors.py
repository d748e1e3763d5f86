"""What the intake's pages show: feeds with their newest batch, and what is staged."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.intake import pipelines
from ceasefire.intake.models import Batch, Feed, StagedRow
from ceasefire.intake.services import in_hand
from ceasefire.kit import jobs
from ceasefire.kit.tables import Badge
from ceasefire.registry.facts import INCIDENT_COLUMNS, VICTIM_COLUMNS
from ceasefire.registry.models import SourceRecord

STATE_KINDS = {
    Batch.State.RECEIVED: "due",
    Batch.State.STAGED: "due",
    Batch.State.WAITING: "due",
    Batch.State.APPLIED: "ok",
    Batch.State.REFUSED: "late",
}
IDENTICAL_SHOWN = 10
# Where a shooting took place in time is told once, by its date and its first moment; an age with
# its bounds is told once too.
COMPARED = tuple(
    column
    for column in (*INCIDENT_COLUMNS, *VICTIM_COLUMNS)
    if column not in ("occurred_to", "age_low", "age_high")
)


def state_badge(batch: Batch) -> Badge:
    return Badge(batch.get_state_display(), STATE_KINDS.get(batch.state, "info"))


@dataclass(frozen=True)
class FeedLine:
    feed: Feed
    last: Batch | None
    newest: date | None

    @property
    def alarms(self) -> list[str]:
        return alarm_words(self.last) if self.last else []

    @property
    def state(self) -> Badge:
        return state_badge(self.last)


def feed_lines() -> list[FeedLine]:
    """Every feed with its newest batch and the newest date that its publisher has stated."""
    newest_batch = Batch.objects.filter(feed=OuterRef("pk")).order_by("-pk")
    feeds = list(
        Feed.objects.select_related("agency").annotate(
            last_batch=Subquery(newest_batch.values("pk")[:1]),
            newest=Subquery(_newest_dates().values("occurred_on")[:1]),
        )
    )
    batches = Batch.objects.in_bulk([feed.last_batch for feed in feeds if feed.last_batch])
    return [FeedLine(feed, batches.get(feed.last_batch), feed.newest) for feed in feeds]


def _newest_dates() -> QuerySet:
    return SourceRecord.objects.filter(
        feed=OuterRef("pk"), known_to=None, occurred_on__isnull=False
    ).order_by("-occurred_on")


def alarm_words(batch: Batch) -> list[str]:
    return [alarm["words"] for alarm in batch.report.get("alarms", [])]


def coverage_words(feed: Feed) -> str:
    if feed.coverage == Feed.Coverage.ROLLING:
        return ngettext("The last %(days)d day", "The last %(days)d days", feed.rolling_days) % {
            "days": feed.rolling_days
        }
    return feed.get_coverage_display()


@dataclass(frozen=True)
class Doing:
    """How far the work on a batch is. interrupted: it has stopped and nobody will go on with it."""

    share: float
    words: str
    interrupted: bool = False
    trouble: str = ""
    no_worker: bool = False


def doing(batch: Batch) -> Doing:
    """What is being done with a batch that is being looked at, read or applied."""
    queued = jobs.pending(batch_id=batch.pk)
    working = queued or in_hand(batch)
    return Doing(
        share=batch.progress if batch.state == Batch.State.STAGING else 0,
        words=_doing_words(batch),
        interrupted=not working,
        trouble="" if working else batch.report.get("trouble", ""),
        no_worker=queued and not jobs.worker_alive(),
    )


def _doing_words(batch: Batch) -> str:
    if batch.state == Batch.State.RECEIVED and batch.mapping_id is None:
        return _("Looking at the file's columns")
    if batch.state == Batch.State.APPLYING:
        return _("Comparing with the register and writing")
    if not batch.rows:
        return _("Reading the file")
    words = ngettext("Reading: %(rows)s row", "Reading: %(rows)s rows", batch.rows)
    return ", ".join([words % {"rows": f"{batch.rows:,}"}, *_time_left(batch)]) + "."


def _time_left(batch: Batch) -> list[str]:
    began = batch.report.get("began")
    if not began or not 0 < batch.progress < 1:
        return []
    spent = timezone.now() - datetime.fromisoformat(began)
    left = spent * (1 - batch.progress) / batch.progress
    if left < timedelta(minutes=1):
        return [_("less than a minute left")]
    minutes = round(left / timedelta(minutes=1))
    return [
        ngettext("about %(minutes)d minute left", "about %(minutes)d minutes left", minutes)
        % {"minutes": minutes}
    ]


def staging_lost(batch: Batch) -> bool:
    """Whether the rows that were read are no longer there: a crash of the database empties them."""
    told = batch.report
    gone = batch.rejected + told.get("not_counted", 0) + told.get("repeated", 0)
    expected = batch.state in (Batch.State.STAGED, Batch.State.WAITING) and batch.rows > gone
    return expected and pipelines.staging_gone(batch)


@dataclass(frozen=True)
class Totals:
    """What the staged rows hold. victims and killed are None where the file cannot say."""

    rows: int
    incidents: int
    victims: int | None
    killed: int | None
    no_place: int
    no_date: int
    no_clock: int
    outside: int
    first: date | None
    last: date | None


def staged_totals(batch: Batch) -> Totals:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), count(DISTINCT incident_key), sum(victims), sum(killed), sum(wounded),
                   count(fatal), count(*) FILTER (WHERE fatal),
                   count(*) FILTER (WHERE latitude IS NULL),
                   count(*) FILTER (WHERE occurred_on IS NULL),
                   count(*) FILTER (WHERE occurred_precision NOT IN ('minute', 'hour')),
                   count(*) FILTER (WHERE in_city = false),
                   min(occurred_on), max(occurred_on)
            FROM intake_stagedrow WHERE batch_id = %s
            """,
            [batch.pk],
        )
        rows, incidents, victims, killed, wounded, said, died, *rest = cursor.fetchone()
    unit = batch.mapping.mapping["unit"]
    if unit == "victim":
        victims, killed = rows, died if said == rows else None
    elif victims is None and killed is not None and wounded is not None:
        victims = killed + wounded
    return Totals(rows, incidents, victims, killed, *rest)


class Paired:
    """Rows of the `pairing` of this transaction with certain fates, to be shown by the page."""

    def __init__(self, fates: tuple[str, ...], total: int, show) -> None:
        self._fates, self._total, self._show = list(fates), total, show

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, window: slice) -> list:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT staged_id, record_id FROM pairing WHERE fate = ANY(%s)
                ORDER BY staged_id, record_id OFFSET %s LIMIT %s
                """,
                [self._fates, window.start, window.stop - window.start],
            )
            return self._show(cursor.fetchall())


@dataclass(frozen=True)
class Difference:
    label: str
    before: object
    after: object


@dataclass(frozen=True)
class ChangedRow:
    row: StagedRow | SourceRecord
    differences: list[Difference]


def changed_rows(total: int) -> Paired:
    """The rows that changed, each field by field. Read them in the transaction that compared."""
    return Paired(("changed", "replaced"), total, _changed)


def vanished_rows(total: int) -> Paired:
    """The published rows that the file no longer holds."""
    return Paired(("vanished",), total, _records)


def vanished_by(batch: Batch) -> QuerySet:
    """The records that an applied batch no longer held; no two batches of a feed share a time."""
    gone = SourceRecord.objects.filter(feed=batch.feed_id, withheld_at=batch.as_of)
    return gone.select_related("incident").order_by("row_number", "pk")


def added_by(batch: Batch) -> QuerySet:
    """The records of an applied batch that follow no other."""
    new = SourceRecord.objects.filter(batch=batch, follows=None)
    return new.select_related("incident").order_by("row_number", "pk")


def changed_by(batch: Batch) -> QuerySet:
    """The records of an applied batch that say something else than the ones they follow."""
    taken = SourceRecord.objects.filter(batch=batch, follows__isnull=False)
    returned = {"content_key": F("follows__content_key"), "rest_key": F("follows__rest_key")}
    return taken.exclude(**returned).select_related("follows").order_by("row_number", "pk")


def changed_row(record: SourceRecord) -> ChangedRow:
    return ChangedRow(record, _differences(record.follows, record))


def _changed(pairs: list[tuple[int, int]]) -> list[ChangedRow]:
    staged = StagedRow.objects.in_bulk([one for one, _other in pairs])
    records = SourceRecord.objects.in_bulk([other for _one, other in pairs])
    return [
        ChangedRow(staged[one], _differences(records[other], staged[one])) for one, other in pairs
    ]


def _records(pairs: list[tuple[None, int]]) -> list[SourceRecord]:
    records = SourceRecord.objects.in_bulk([other for _none, other in pairs])
    return [records[other] for _none, other in pairs]


def _differences(before: SourceRecord, after: StagedRow | SourceRecord) -> list[Difference]:
    return [
        Difference(field_words(column), said(before, column), said(after, column))
        for column in COMPARED
        if _facts(before, column) != _facts(after, column)
    ]


def _facts(row: StagedRow | SourceRecord, column: str) -> tuple:
    """The values behind a line: an age and its bounds are one fact."""
    columns = ("age", "age_low", "age_high") if column == "age" else (column,)
    return tuple(getattr(row, name) for name in columns)


def field_words(column: str) -> str:
    return StagedRow._meta.get_field(column).verbose_name


def said(row: StagedRow | SourceRecord, column: str) -> object:
    """A fact as a page prints it."""
    value = age_words(row) if column == "age" else getattr(row, column)
    if value is None or value == "":
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if column == "occurred_precision":
        return row.get_occurred_precision_display()
    return value


def row_headings() -> list[str]:
    return [_("Row"), _("Incident"), _("Occurred"), _("Where"), _("Age"), _("Sex"), _("Race")]


def row_words(row: StagedRow | SourceRecord) -> list:
    """A row as a list shows it, under `row_headings`."""
    place = row.address or row.neighbourhood_stated or row.neighbourhood_found
    return [
        row.row_number,
        row.incident_number or _("no number"),
        row.occurred_from if row.occurred_precision in ("minute", "hour") else row.occurred_on,
        place or row.district_stated or row.district_found,
        age_words(row),
        row.sex,
        row.race,
    ]


def age_words(row: StagedRow | SourceRecord) -> str | int:
    """The exact age, else its bounds, else nothing."""
    if row.age is not None:
        return row.age
    if row.age_low is None and row.age_high is None:
        return ""
    low, high = ("" if age is None else age for age in (row.age_low, row.age_high))
    return f"{low}–{high}"


@dataclass(frozen=True)
class Identical:
    """extra: rows beyond the first of their group; examples: (row numbers, the row)."""

    extra: int
    groups: int
    examples: list[tuple[list[int], StagedRow]]


def identical_rows(batch: Batch) -> Identical:
    """Staged rows that are the same in every mapped fact."""
    same = """FROM intake_stagedrow WHERE batch_id = %s
              GROUP BY content_key, rest_key HAVING count(*) > 1"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(n - 1), 0), count(*) FROM (SELECT count(*) AS n {same}) AS alike",
            [batch.pk],
        )
        extra, groups = cursor.fetchone()
        cursor.execute(
            f"""
            SELECT min(id), array_agg(row_number ORDER BY row_number) {same}
            ORDER BY count(*) DESC, min(row_number) LIMIT {IDENTICAL_SHOWN}
            """,
            [batch.pk],
        )
        found = cursor.fetchall()
    rows = StagedRow.objects.in_bulk([first for first, _numbers in found])
    return Identical(int(extra), groups, [(numbers, rows[first]) for first, numbers in found])
