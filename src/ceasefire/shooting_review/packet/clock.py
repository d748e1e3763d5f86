"""Weekdays and hours, as far as the precision of the recorded times goes."""

from collections import Counter
from zoneinfo import ZoneInfo

from ceasefire.registry.facts import OccurredPrecision
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Clock

TIMED = (OccurredPrecision.MINUTE, OccurredPrecision.HOUR)
# With fewer known times the missing ones could turn the picture round.
LEAST_SHARE = 0.5


def is_timed(row: Shooting) -> bool:
    return row.occurred_precision in TIMED and row.occurred_from is not None


def clock_of(history: History, window: Window, zone: ZoneInfo) -> Clock:
    rows = history.within(window).rows
    timed = [row for row in rows if is_timed(row)]
    weekdays = Counter(row.occurred_on.weekday() for row in rows)
    return Clock(
        window=window,
        weekdays=tuple(weekdays[day] for day in range(7)),
        hours=_hours(timed, zone) if timed and len(timed) >= LEAST_SHARE * len(rows) else None,
        timed=len(timed),
        incidents=len(rows),
    )


def _hours(rows: list[Shooting], zone: ZoneInfo) -> tuple[tuple[int, ...], ...]:
    """Seven days of 24 hours, in the city's time."""
    moments = (row.occurred_from.astimezone(zone) for row in rows)
    cells = Counter((moment.weekday(), moment.hour) for moment in moments)
    return tuple(tuple(cells[day, hour] for hour in range(24)) for day in range(7))
