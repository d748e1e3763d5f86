"""Whole days of the city, as figures are counted over them."""

from dataclasses import dataclass
from datetime import date


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
