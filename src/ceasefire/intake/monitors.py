"""Alarms of a batch against the feed's own past: a short file, a gap in days, lost places."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.intake.models import Batch
from ceasefire.statistics import monitoring

SHORT_SHARE = 0.9  # A file that covers everything does not lose a tenth of its rows overnight.
GAP_P_VALUE = 0.001
PLACE_P_VALUE = 0.001
PLACE_RISE = 0.05
REJECTED_SHARE = 0.01


@dataclass(frozen=True)
class Alarm:
    kind: str
    words: str

    def as_dict(self) -> dict:
        return {"kind": self.kind, "words": self.words}


def alarms(batch: Batch, *, missing_place: int) -> list[Alarm]:
    """Everything unusual about a staged batch, in words; an empty list is the normal answer."""
    last = _last_applied(batch)
    found = [
        _rejected(batch),
        _short(batch, last),
        _gap(batch),
        _places(batch, last, missing_place),
    ]
    return [alarm for alarm in found if alarm]


def too_many_rejected(batch: Batch) -> bool:
    """Over one row in a hundred: the file waits for a person."""
    return batch.rows > 0 and batch.rejected / batch.rows > REJECTED_SHARE


def _last_applied(batch: Batch) -> Batch | None:
    applied: QuerySet = Batch.objects.filter(feed=batch.feed_id, state=Batch.State.APPLIED)
    return applied.exclude(pk=batch.pk).order_by("-applied_at").first()


def _rejected(batch: Batch) -> Alarm | None:
    if not too_many_rejected(batch):
        return None
    share = 100 * batch.rejected / batch.rows
    return Alarm(
        "rejected",
        _("%(count)d rows (%(share).1f%%) were rejected; a file waits above 1%%.")
        % {"count": batch.rejected, "share": share},
    )


def _short(batch: Batch, last: Batch | None) -> Alarm | None:
    if last is None or batch.feed.coverage != "whole" or batch.rows >= SHORT_SHARE * last.rows:
        return None
    return Alarm(
        "short",
        _("The file has %(rows)d rows; the last one had %(last)d. Is it complete?")
        % {"rows": batch.rows, "last": last.rows},
    )


def _gap(batch: Batch) -> Alarm | None:
    """The longest run of days without a row that the file's own rate makes implausible."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), min(occurred_on), max(occurred_on)
            FROM intake_stagedrow WHERE batch_id = %s AND occurred_on IS NOT NULL
            """,
            [batch.pk],
        )
        rows, first, last = cursor.fetchone()
        if not rows or first == last:
            return None
        cursor.execute(
            """
            SELECT day, next - day FROM (
                SELECT occurred_on AS day, lead(occurred_on) OVER (ORDER BY occurred_on) AS next
                FROM (SELECT DISTINCT occurred_on FROM intake_stagedrow
                      WHERE batch_id = %s AND occurred_on IS NOT NULL) AS days) AS gaps
            WHERE next IS NOT NULL ORDER BY next - day DESC, day DESC LIMIT 1
            """,
            [batch.pk],
        )
        start, length = cursor.fetchone()
    return _judged_gap(rows, first, last, start, length - 1)


def _judged_gap(rows: int, first: date, last: date, start: date, empty: int) -> Alarm | None:
    days = (last - first).days + 1
    chance = _empty_run_probability(rows / days, empty, days)
    if empty < 2 or chance > GAP_P_VALUE:
        return None
    return Alarm(
        "gap",
        ngettext(
            "No row on %(days)d day from %(start)s; at this file's rate that is not chance.",
            "No row on %(days)d days from %(start)s; at this file's rate that is not chance.",
            empty,
        )
        % {"days": empty, "start": start + timedelta(days=1)},
    )


def _empty_run_probability(rate: float, empty: int, days: int) -> float:
    """Upper bound on the chance of a run of empty days anywhere, for Poisson days."""
    from math import exp

    return min(1.0, days * exp(-rate * empty))


def _places(batch: Batch, last: Batch | None, missing: int) -> Alarm | None:
    before = (last.report or {}).get("missing_place") if last else None
    if before is None or not batch.rows or not last.rows:
        return None
    rose = missing / batch.rows - before / last.rows
    p_value = monitoring.e_test(missing, before, exposure_a=batch.rows, exposure_b=last.rows)
    if rose < PLACE_RISE or p_value > PLACE_P_VALUE:
        return None
    return Alarm(
        "places",
        _("%(now).0f%% of rows have no place; in the last file it was %(before).0f%%.")
        % {"now": 100 * missing / batch.rows, "before": 100 * before / last.rows},
    )
