"""When a row happened: local day and minute from its columns, then a half-open span in UTC."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from ceasefire.kit.values import is_unknown, parse_clock, parse_number
from ceasefire.kit.values.dates import (
    NUMERIC_STYLES,
    numeric_moment,
    split_date,
    split_zone,
    to_date,
)

from .columns import Bad

EARLIEST = date(1950, 1, 1)
EPOCH = date(1970, 1, 1)
_TICKS = [timedelta(minutes=minute) for minute in range(24 * 60 + 61)]
NOON = 12 * 60


def day_reader(entry: dict, as_of: date):
    """Reader of a date column: text to days since 1970-01-01."""
    style, order = entry.get("style", "written"), entry.get("order", "mdy")
    later = bool(entry.get("turns")) and min(entry["turns"]) >= NOON

    def read(text: str) -> int | Bad | None:
        if is_unknown(text):
            return None
        found = _date(text, style, order)
        return _checked(found and found + timedelta(days=later), text, as_of)

    return read


def _date(text: str, style: str, order: str) -> date | None:
    if style in NUMERIC_STYLES:
        moment = _numeric(text, style)
        if moment:
            return moment.date()
    parts = split_date(text)
    return to_date(parts, order) if parts else None


def _numeric(text: str, style: str) -> datetime | None:
    try:
        return numeric_moment(text, style)
    except OverflowError:
        return None


def _checked(found: date | None, text: str, as_of: date) -> int | Bad:
    if found is None:
        return Bad(f'"{text[:40]}" is not a date', "correct the date", True)
    if found < EARLIEST:
        return Bad(f"{found} is before {EARLIEST.year}", "correct the date", True)
    if found > as_of:
        return Bad(f"{found} is after {as_of}", "correct the date", True)
    return (found - EPOCH).days


def minute_reader(entry: dict):
    """Reader of a time column: text to minutes after midnight."""
    style = entry.get("style", "clock")

    def read(text: str) -> int | Bad | None:
        minute = parse_clock(text, style)
        if minute is not None or is_unknown(text) or (parse_number(text) or 0) < 0:
            return minute
        if _looks_like_clock(text):
            return Bad(f'"{text[:40]}" is not a time of day', "correct the time", True)
        return Bad(f'"{text[:40]}" is not a time of day', "left empty", False)

    return read


def _looks_like_clock(text: str) -> bool:
    end_of_day = text.strip() in ("24:00", "24:00:00", "2400", "24")
    return not end_of_day and all(char.isdigit() or char in ":. " for char in text)


class Moments:
    """Reader of a column that holds date and time: text to (day, minute or None)."""

    def __init__(self, entry: dict, zone: tzinfo, as_of: date) -> None:
        self._style = entry.get("style", "written")
        self._order = entry.get("order", "mdy")
        self._zone = zone if entry.get("zoned") else None
        self._as_of = as_of
        self._days: dict[str, int | Bad | None] = {}
        self._clocks: dict[str, tuple] = {}
        self._offsets: dict[int, int] = {}

    def __call__(self, text: str) -> tuple[int, int | None] | Bad | None:
        if self._style in NUMERIC_STYLES and (moment := _numeric(text, self._style)):
            return self._local(moment)
        day, tail = self._split(text)
        if day is None or isinstance(day, Bad):
            return day
        minute, offset = self._clock(tail)
        if minute is None or offset is None or self._zone is None:
            return day, minute
        return self._shifted(day * 1440 + minute - offset)

    def _split(self, text: str) -> tuple[int | Bad | None, str]:
        """Day and rest: by the first blank or T where that gives a date, else by parsing."""
        head, found, tail = text.partition("T" if text[10:11] == "T" else " ")
        if found and isinstance(day := self._day(head), int):
            return day, tail
        parts = split_date(text)
        if parts is None:
            return (None if is_unknown(text) else _checked(None, text, self._as_of)), ""
        return _checked(to_date(parts, self._order), text, self._as_of), parts.rest

    def _day(self, head: str) -> int | Bad | None:
        if head not in self._days:
            parts = split_date(head)
            whole = parts is not None and not parts.rest
            found = to_date(parts, self._order) if whole else None
            self._days[head] = _checked(found, head, self._as_of) if found else None
        return self._days[head]

    def _clock(self, tail: str) -> tuple[int | None, int | None]:
        """Minutes after midnight and, where the text states a zone, its offset in minutes."""
        if tail not in self._clocks:
            clock, zone = split_zone(tail)
            offset = zone.utcoffset(None) // timedelta(minutes=1) if zone else None
            self._clocks[tail] = (parse_clock(clock), offset)
        return self._clocks[tail]

    def _local(self, moment: datetime) -> tuple[int, int] | Bad:
        day = _checked(moment.date(), str(moment), self._as_of + timedelta(days=1))
        if isinstance(day, Bad):
            return day
        minutes = day * 1440 + moment.hour * 60 + moment.minute
        return self._shifted(minutes) if self._zone else divmod(minutes, 1440)

    def _shifted(self, minutes: int) -> tuple[int, int]:
        """Minutes of UTC since 1970 as local day and minute; the offset is kept per hour."""
        hour = minutes // 60
        if hour not in self._offsets:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
            offset = moment.astimezone(self._zone).utcoffset()
            self._offsets[hour] = offset // timedelta(minutes=1)
        return divmod(minutes + self._offsets[hour], 1440)


class Calendar:
    """Local days and minutes as spans in UTC."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._midnights: dict[int, datetime] = {}
        self._changes: dict[int, bool] = {}

    def midnight(self, day: int) -> datetime:
        """UTC moment at which a local day (days since 1970) begins."""
        if day not in self._midnights:
            self._midnights[day] = self._utc(day, 0)
        return self._midnights[day]

    def _utc(self, day: int, minute: int) -> datetime:
        local = datetime(1970, 1, 1) + timedelta(days=day, minutes=minute)
        return local.replace(tzinfo=self._zone).astimezone(UTC)

    def _uneven(self, day: int) -> bool:
        """True for a day on which the clocks change."""
        if day not in self._changes:
            length = self.midnight(day + 1) - self.midnight(day)
            self._changes[day] = length != timedelta(days=1)
        return self._changes[day]

    def spans(self, days: list, minutes: list, precision: str) -> tuple[list, list, list]:
        """Lists of from, to and precision: a minute or an hour where known, else the whole day.

        The precision is "unknown" in a row without a date.
        """
        for day in set(days) - self._changes.keys() - {None}:
            self._uneven(day)
        starts = [self._start(d, m) for d, m in zip(days, minutes, strict=True)]
        width = _TICKS[60 if precision == "hour" else 1]
        three = list(zip(days, minutes, starts, strict=True))
        ends = [
            None if d is None else s + width if m is not None else self._midnights[d + 1]
            for d, m, s in three
        ]
        kinds = ["unknown" if d is None else "day" if m is None else precision for d, m, _ in three]
        return starts, ends, kinds

    def _start(self, day: int | None, minute: int | None) -> datetime | None:
        if day is None:
            return None
        if minute is None:
            return self._midnights[day]
        if self._changes[day]:
            return self._utc(day, minute)
        return self._midnights[day] + _TICKS[minute]


_dates: dict[int | None, date | None] = {None: None}


def as_dates(days: list[int | None]) -> list[date | None]:
    """Calendar dates of days since 1970."""
    for day in set(days) - _dates.keys():
        _dates[day] = EPOCH + timedelta(days=day)
    return list(map(_dates.__getitem__, days))
