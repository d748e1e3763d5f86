"""Dates and moments in the ways that files write them.

A text is first split into `Parts`: three numbers whose order may be open, and what follows them
(a clock time, a zone). The order of a column ("ymd", "mdy", "dmy") is decided once, by
`date_order`, and `to_date` then applies it.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from .numbers import parse_number

_NAMES = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
MONTHS = {name[:n]: m for m, names in enumerate(_NAMES, 1) for name in names for n in range(3, 11)}

_SEP = r"\s*[-/. ]\s*"
_WEEKDAY = r"(?:[a-záé]{3,10}\.?,?\s+)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(.*)", re.S)
_OPEN = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})(?!\d)(.*)", re.I
)
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*(?:de )?([a-z]{{3,10}})\.?[-/., ]*"
    r"(?:del? )?(\d{4}|\d{2})(?!\d)(.*)",
    re.I,
)
_NAME_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,10}})\.?[- ]+(\d{{1,2}})(?:st|nd|rd|th)?,?[- ]+(\d{{4}})(?!\d)(.*)", re.I
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?:(T?\d{4,6}.*)|\.0+)?")
_COMPACT_US = re.compile(r"([0-3]\d)([0-3]\d)((?:19|20)\d{2})")

EXCEL_EPOCH = datetime(1899, 12, 30)
UNIX_EPOCH = datetime(1970, 1, 1)
ORDERS = ("ymd", "mdy", "dmy")
NUMERIC_STYLES = ("excel", "epoch_s", "epoch_ms")


class Parts(NamedTuple):
    """Three numbers in the order written; `fixed` names that order when the text itself does."""

    a: int
    b: int
    c: int
    fixed: str | None
    rest: str


def split_date(text: str) -> Parts | None:
    """The date at the start of a text, its order where it shows, and the text after it."""
    text = text.strip()
    if match := _ISO.match(text):
        return _parts(match, "ymd")
    if match := _OPEN.match(text):
        return _parts(match, None)
    if match := _COMPACT.fullmatch(text):
        return _parts(match, "ymd")
    if match := _COMPACT_US.fullmatch(text):
        return Parts(int(match[1]), int(match[2]), int(match[3]), None, "")
    return _named(text)


def _parts(match: re.Match, fixed: str | None) -> Parts:
    return Parts(int(match[1]), int(match[2]), int(match[3]), fixed, (match[4] or "").strip(" T,"))


def _named(text: str) -> Parts | None:
    if match := _DAY_NAME.match(text):
        day, month, year = int(match[1]), MONTHS.get(match[2].casefold()), int(match[3])
    elif match := _NAME_DAY.match(text):
        day, month, year = int(match[2]), MONTHS.get(match[1].casefold()), int(match[3])
    else:
        return None
    return Parts(day, month, year, "dmy", match[4].strip(" T,")) if month else None


def to_date(parts: Parts, order: str) -> date | None:
    """The calendar date, reading open parts in `order`; None when there is no such day."""
    order = parts.fixed or order
    named = dict(zip(order, parts[:3], strict=True))
    try:
        return date(full_year(named["y"]), named["m"], named["d"])
    except ValueError:
        return None


def full_year(year: int) -> int:
    """A two-digit year as 1970 to 2069; others as they are."""
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def parse_date(text: str | None, order: str = "mdy") -> date | None:
    """The date that a text starts with, whatever follows it; `order` is for open ones."""
    parts = split_date(text) if text else None
    return to_date(parts, order) if parts else None


def numeric_moment(text: str, style: str) -> datetime | None:
    """A moment without zone from a serial number ("excel") or seconds or milliseconds of 1970."""
    number = parse_number(text)
    if number is None or not abs(number) < 1e14:
        return None
    if style == "excel":
        return EXCEL_EPOCH + timedelta(minutes=round(number * 1440)) if number < 2e6 else None
    return UNIX_EPOCH + timedelta(seconds=number / (1000 if style == "epoch_ms" else 1))


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?$")


def split_zone(rest: str) -> tuple[str, timezone | None]:
    """A clock text without its zone, and the zone ("Z", "+00", "-05:00") where it states one."""
    rest = rest.strip()
    for word in ("Z", "UTC", "GMT"):
        if rest.upper().endswith(word):
            return rest[: -len(word)].strip(), UTC
    match = _OFFSET.search(rest)
    if not match:
        return rest, None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset >= timedelta(hours=24):
        return rest, None
    return rest[: match.start()].strip(), timezone(offset if match[1] == "+" else -offset)
