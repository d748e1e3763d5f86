"""Clock times, and what a column of them can know: nothing, the hour, or the minute."""

import re
from collections import Counter
from dataclasses import dataclass

from .numbers import parse_number

_COLON = re.compile(
    r"(\d{1,2})[:h.](\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?\s?m?\.?)?\s*(?:hrs?|h|hours)?",
    re.I,
)
_TWELVE = re.compile(r"(\d{1,2})\s*([ap])\.?\s?m\.?", re.I)
_DUMMY_DATE = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01]|1970-01-01|0?1/0?1/(?:19)?[07]0)[T ]")
_ZONE = re.compile(r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)$", re.I)
_DIGITS = re.compile(r"(\d{1,6})(?:\.0+)?(?:\s*(?:hrs?|h|hours))?", re.I)

STYLES = ("clock", "hhmm", "hour", "day fraction")
DAY = 24 * 60


@dataclass(frozen=True)
class ClockReading:
    """How a column writes the time: one of STYLES, and the share of filled cells that fit."""

    style: str
    share: float
    midnight: float
    precision: str


def parse_clock(text: str | None, style: str = "clock") -> int | None:
    """Minutes after midnight, 0 to 1439, or None when the text is not a possible time.

    `style` says how bare digits are meant: "hhmm" (315 is 03:15), "hour" (3 is 03:00), "day
    fraction" (0.5 is noon); "clock" takes bare digits as "hhmm".
    """
    if not text:
        return None
    minutes = _written(text.strip())
    return minutes if minutes is not None else _bare(text.strip(), style)


def _written(text: str) -> int | None:
    text = _ZONE.sub("", _DUMMY_DATE.sub("", text))
    match = _COLON.fullmatch(text)
    if match and ":" not in text and "h" not in text.casefold() and not match[4]:
        match = None
    if match:
        return _minutes(int(match[1]), int(match[2]), match[4])
    match = _TWELVE.fullmatch(text)
    return _minutes(int(match[1]), 0, match[2]) if match else None


def _minutes(hour: int, minute: int, half: str | None) -> int | None:
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _bare(text: str, style: str) -> int | None:
    if style == "day fraction":
        number = parse_number(text)
        return round(number * DAY) % DAY if number is not None and 0 <= number < 1 else None
    match = _DIGITS.fullmatch(text)
    if not match:
        return None
    digits = int(match[1])
    if style == "hour":
        return _minutes(digits, 0, None)
    if len(match[1]) > 4:
        digits, seconds = divmod(digits, 100)
        if seconds > 59:
            return None
    return _minutes(digits // 100, digits % 100, None)


def read_clocks(counts: Counter[str]) -> ClockReading | None:
    """The style of a column of times from its distinct filled values, or None if they are not."""
    style = _style(counts)
    minutes = Counter[int]()
    for text, n in counts.items():
        minute = parse_clock(text, style)
        if minute is not None:
            minutes[minute] += n
    filled = counts.total()
    if not filled or not minutes:
        return None
    midnight = minutes[0] / minutes.total()
    return ClockReading(style, minutes.total() / filled, midnight, precision_of(minutes))


def precision_of(minutes: Counter[int]) -> str:
    """What minutes of the day can know: "day" (all midnight), "hour" or "minute"."""
    if set(minutes) <= {0}:
        return "day"
    whole = sum(n for minute, n in minutes.items() if minute % 60 == 0)
    return "hour" if whole >= 0.98 * minutes.total() and minutes.total() >= 5 else "minute"


def _style(counts: Counter[str]) -> str:
    if any(_written(text) is not None for text in counts):
        return "clock"
    numbers = {text: parse_number(text) for text in counts}
    values = [number for number in numbers.values() if number is not None]
    if values and max(values) < 1 and any(value % 1 for value in values):
        return "day fraction"
    padded = any(len(text) == 4 and text.isdigit() for text in counts)
    return "hour" if values and max(values) <= 24 and not padded else "hhmm"
