"""How many shootings to expect on each day, and at what time of day they happen."""

from collections.abc import Iterator
from datetime import date, timedelta

from .bits import Stream, Table
from .effects import Effects

# Verified shootings a year, from seven years before the last year: up to 2022, then down.
_LEVELS = (540, 610, 1010, 1200, 1240, 1060, 850, 690, 610, 600)
# Whole-number weights for the hours 0 to 23: an ordinary day, and a Saturday or Sunday.
_ORDINARY = Table(
    (62, 44, 30, 20, 13, 9, 8, 9, 11, 13, 16, 20, 26, 31, 38, 43, 48, 54, 61, 72, 88, 101, 102, 84)
)
_WEEKEND = Table(
    (104, 98, 84, 58, 34, 18, 10, 8, 9, 11, 14, 18, 24, 29, 35, 40, 46, 52, 60, 70, 84, 97, 101, 96)
)
# How much of summer's lift each month has.
_WARMTH = (0.0, 0.1, 0.35, 0.6, 0.85, 1.0, 1.0, 0.9, 0.7, 0.5, 0.25, 0.05)
_MEAN_WARMTH = 0.525


def days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=i) for i in range((end - start).days + 1))


def expected(day: date, last_year: int, effects: Effects, scale: int) -> float:
    """Mean number of shootings on a day, triggered ones included, had there been no programme."""
    weekend = effects.weekend_lift if day.weekday() >= 5 else 1.0
    summer = 1.0 + (effects.summer_lift - 1.0) * _WARMTH[day.month - 1]
    usual = (5 + 2 * effects.weekend_lift) / 7 * (1.0 + (effects.summer_lift - 1.0) * _MEAN_WARMTH)
    return scale * _level(day, last_year) / 365.25 * weekend * summer / usual


def _level(day: date, last_year: int) -> float:
    """The yearly level, joined by straight lines between the middles of the years."""
    middle = date(day.year, 7, 1)
    year = day.year if day >= middle else day.year - 1
    into = (day - date(year, 7, 1)).days / 365.25
    before, after = _of_year(year - last_year), _of_year(year + 1 - last_year)
    return before + (after - before) * into


def _of_year(offset: int) -> int:
    return _LEVELS[min(max(offset + 8, 0), 9)]


def draw_minute(stream: Stream, day: date) -> int:
    """Minute of the day, 0 to 1439; about a third are rounded to five minutes, as people do."""
    hour = (_WEEKEND if day.weekday() >= 5 else _ORDINARY).index(stream)
    if hour == 2 and _clocks_go_forward(day):
        hour = 3
    minute = hour * 60 + stream.below(60)
    return minute - minute % 5 if stream.chance(0.35) else minute


def _clocks_go_forward(day: date) -> bool:
    """The second Sunday in March, on which no clock in the city shows 2 to 3 in the morning."""
    return day.month == 3 and day.weekday() == 6 and 8 <= day.day <= 14
