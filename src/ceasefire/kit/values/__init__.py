"""Recognising and reading kinds of values: dates, clocks, numbers, flags, ages, points."""

from .ages import Age, parse_age
from .blanks import is_empty, is_unknown
from .clocks import ClockReading, parse_clock, read_clocks
from .date_order import DateReading, read_dates
from .dates import parse_date
from .flags import parse_flag
from .headers import Lexicon
from .numbers import parse_count, parse_number, stable_text
from .points import Point, parse_point
from .profile import Profile

__all__ = [
    "Age",
    "ClockReading",
    "DateReading",
    "Lexicon",
    "Point",
    "Profile",
    "is_empty",
    "is_unknown",
    "parse_age",
    "parse_clock",
    "parse_count",
    "parse_date",
    "parse_flag",
    "parse_number",
    "parse_point",
    "read_clocks",
    "read_dates",
    "stable_text",
]
