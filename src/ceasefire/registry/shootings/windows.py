"""Whole days of the city, as figures are counted over them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

# Longer than any pause between two shootings of a small city: what lies before it is a stray date.
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True)
class Window:
    """Whole days of the city, first and last included."""

    name: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def years_before(day: date, years: int) -> date:
    """The same date so many years earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def begins(days: list[date], earlier: date | None) -> date | None:
    """The first day that the history without a long pause covers; None for no history.

    `days` are the incidents' days in order; `earlier` is the last one before them. A file rarely
    begins with a shooting on its first day: the history reaches back from the first shooting
    by the longest pause there has been, but not beyond the first of that month.
    """
    listed = [*([earlier] if earlier else []), *days]
    if not listed:
        return None
    pauses = [after - before for before, after in pairwise(listed)]
    start = max((i + 1 for i, pause in enumerate(pauses) if pause > LONGEST_PAUSE), default=0)
    first, longest = listed[start], max(pauses[start:], default=timedelta(0))
    return max(first.replace(day=1), first - longest)
