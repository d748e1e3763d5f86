"""The ISO week that names a packet, and the equal windows that it is compared with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from ceasefire.registry.shootings.windows import Window

_WRITTEN = re.compile(r"(\d{4})-[Ww](\d{1,2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
YEARS_BACK = 3


class NotAWeek(ValueError):
    """What was written names no ISO week; the message says how to write one."""


@total_ordering
@dataclass(frozen=True)
class Week:
    """An ISO week, Monday to Sunday in the city's time."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> "Week":
        """Read "2021-W12". Raises NotAWeek for anything else, or a week that the year lacks."""
        match = _WRITTEN.fullmatch(written.strip())
        if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
            raise NotAWeek(f"'{written}' is not a week. Write the year and the week: 2021-W12.")
        year, number = int(match[1]), int(match[2])
        if not 1 <= number <= last_number(year):
            raise NotAWeek(f"{year} has the weeks 1 to {last_number(year)}, not {number}.")
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> "Week":
        calendar = day.isocalendar()
        return cls(calendar.year, calendar.week)

    @classmethod
    def next_reviewed(cls, today: date, weekday: int) -> "Week":
        """The week that the coming review goes through, on the review day itself still that one."""
        last_whole = cls.of(today).shifted(-1)
        held = last_whole.review_day(weekday) < today
        return last_whole.shifted(1) if held else last_whole

    def __str__(self):
        return f"{self.year}-W{self.number:02d}"

    def __lt__(self, other):
        return (self.year, self.number) < (other.year, other.number)

    @property
    def start(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def end(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def window(self) -> Window:
        return Window("week", self.start, self.end)

    def shifted(self, weeks: int) -> "Week":
        return Week.of(self.start + timedelta(weeks=weeks))

    def in_year(self, year: int) -> "Week":
        """The week of the same number; week 53 becomes 52 where the year has no week 53."""
        return Week(year, min(self.number, last_number(year)))

    def review_day(self, weekday: int) -> date:
        """The first such weekday (0 Monday) after the week has ended."""
        return self.end + timedelta(days=1 + weekday)


def last_number(year: int) -> int:
    """52 or 53: 28 December always lies in a year's last ISO week."""
    return date(year, 12, 28).isocalendar().week


def same_weeks(week: Week) -> list[Window]:
    """The week of the same number in each of the last three years, latest first: 7 days each."""
    earlier = [week.in_year(week.year - back) for back in range(1, YEARS_BACK + 1)]
    return [Window(f"same_week_{one.year}", one.start, one.end) for one in earlier]


def trailing(week: Week, weeks: int) -> Window:
    """The whole weeks just before, this week not included."""
    start = week.start - timedelta(weeks=weeks)
    return Window(f"trailing_{weeks}_weeks", start, week.start - timedelta(days=1))


def latest(week: Week, weeks: int) -> Window:
    """The last whole weeks, this week included."""
    return Window(f"last_{weeks}_weeks", week.end - timedelta(weeks=weeks, days=-1), week.end)


def year_to_date(week: Week) -> list[Window]:
    """From 1 January to the end of the week, and as many days from 1 January of three years before.

    The year is the week's own; a week that reaches into the next year stops at 31 December.
    Every window has the same number of days and none reaches into another: 31 December of a
    leap year is day 366, so there the present window begins on 2 January.
    """
    end = min(week.end, date(week.year, 12, 31))
    start = max(date(week.year, 1, 1), end - timedelta(days=364))
    length = end - start
    years = [week.year - back for back in range(1, YEARS_BACK + 1)]
    before = [
        Window(f"to_date_{year}", date(year, 1, 1), date(year, 1, 1) + length) for year in years
    ]
    return [Window(f"to_date_{week.year}", start, end), *before]
