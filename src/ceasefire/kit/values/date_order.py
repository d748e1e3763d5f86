"""How a column writes its dates, with the evidence in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from .clocks import DAY, parse_clock, precision_of
from .dates import NUMERIC_STYLES, Parts, numeric_moment, split_date, split_zone, to_date
from .numbers import parse_number

_RANGES = {"excel": (20_000, 60_000), "epoch_s": (3e8, 2.2e9), "epoch_ms": (3e11, 2.2e12)}
EARLIEST_YEAR = 1950


@dataclass(frozen=True)
class DateReading:
    """A column of dates. `share`: filled cells that are dates, 0 to 1.

    `style` is "written" or one of NUMERIC_STYLES; `order` one of ORDERS. `clock` is what the
    times in the cells know: "day" (none, or one single time that only marks the day), "hour",
    "minute". `zoned` says that the cells name a zone or are counted in UTC; `turns` are the
    minutes at which a day starts, when only the day is known and the cells are in UTC.
    """

    style: str
    order: str
    share: float
    clock: str
    zoned: bool = False
    turns: tuple[int, ...] = ()
    open_order: bool = False
    evidence: tuple[str, ...] = field(default=())


def read_dates(
    counts: Counter[str],
    *,
    sequence: Sequence[str | None] = (),
    months: Sequence[int | None] = (),
    today: date,
) -> DateReading | None:
    """The way a column writes dates, from its distinct filled values; None if they are not dates.

    `sequence` is the column in file order, `months` the month numbers of a column beside it.
    """
    written = {text: parts for text in counts if (parts := split_date(text))}
    share = sum(counts[text] for text in written) / max(1, counts.total())
    if share >= 0.5:
        return _written(counts, written, share, sequence, months, today)
    return _numeric(counts)


def _numeric(counts: Counter[str]) -> DateReading | None:
    numbers = {text: number for text in counts if (number := parse_number(text)) is not None}
    for style in NUMERIC_STYLES:
        low, high = _RANGES[style]
        fits = [text for text, number in numbers.items() if low <= number <= high]
        share = sum(counts[text] for text in fits) / max(1, counts.total())
        if share >= 0.95:
            return _numeric_reading(style, share, Counter({text: counts[text] for text in fits}))
    return None


def _numeric_reading(style: str, share: float, counts: Counter[str]) -> DateReading:
    minutes = Counter[int]()
    for text, n in counts.items():
        moment = numeric_moment(text, style)
        minutes[moment.hour * 60 + moment.minute] += n
    precision, turns = _clock_of(minutes, zoned=style != "excel")
    words = {"excel": "spreadsheet day numbers", "epoch_s": "seconds since 1970"}
    evidence = (f"the numbers are {words.get(style, 'milliseconds since 1970')}",)
    return DateReading(style, "ymd", share, precision, style != "excel", turns, False, evidence)


def _clock_of(minutes: Counter[int], zoned: bool) -> tuple[str, tuple[int, ...]]:
    """Precision of the times in date cells, and the start of day when they only mark the day."""
    if not minutes or set(minutes) == {0}:
        return "day", ()
    if _marks_day(minutes, zoned):
        return "day", tuple(sorted(minute for minute, _ in minutes.most_common(2)))
    return precision_of(minutes), ()


def _marks_day(minutes: Counter[int], zoned: bool) -> bool:
    """True when one time (or two, an hour apart: summer time) stands in practically every cell."""
    common = minutes.most_common(2)
    if minutes.total() < 3 or sum(n for _, n in common) < 0.99 * minutes.total():
        return False
    first, last = common[0][0], common[-1][0]
    apart = (first - last) % DAY in (0, 60, DAY - 60)
    return apart and (zoned or first == last) and first % 30 == 0


def _written(counts, written: dict[str, Parts], share, sequence, months, today) -> DateReading:
    order, evidence, is_open = _order(counts, written, sequence, months, today)
    minutes, zoned = _times(counts, written)
    precision, turns = _clock_of(minutes, zoned)
    fits = [text for text, parts in written.items() if to_date(parts, order)]
    share = sum(counts[text] for text in fits) / max(1, counts.total())
    return DateReading("written", order, share, precision, zoned, turns, is_open, evidence)


def _times(counts: Counter[str], written: dict[str, Parts]) -> tuple[Counter[int], bool]:
    minutes, zoned = Counter[int](), 0
    for text, parts in written.items():
        if parts.rest:
            clock, zone = split_zone(parts.rest)
            minute = parse_clock(clock)
            minutes[0 if minute is None else minute] += counts[text]
            zoned += counts[text] if zone else 0
    return minutes, zoned > 0.5 * max(1, counts.total())


def _order(counts, written, sequence, months, today) -> tuple[str, tuple[str, ...], bool]:
    undecided = {text: parts for text, parts in written.items() if not parts.fixed}
    if not undecided:
        return "ymd", ("the dates state their own order",), False
    wrong = {order: _impossible(undecided, counts, order, today) for order in ("mdy", "dmy", "ymd")}
    best = min(wrong, key=lambda order: (wrong[order], order != "mdy"))
    rivals = [o for o in ("mdy", "dmy") if wrong[o] == wrong[best] and o != best]
    if best == "ymd" or not rivals:
        return best, (_clash(undecided, best, wrong),), False
    return _by_context(undecided, sequence, months)


def _impossible(undecided, counts, order: str, today: date) -> int:
    return sum(counts[text] for text, parts in undecided.items() if _absurd(parts, order, today))


def _absurd(parts: Parts, order: str, today: date) -> bool:
    read = to_date(parts, order)
    return read is None or read > today or read.year < EARLIEST_YEAR


_WORDS = {"mdy": "month/day/year", "dmy": "day/month/year", "ymd": "year/month/day"}


def _clash(undecided, best: str, wrong: dict[str, int]) -> str:
    other = "dmy" if best == "mdy" else "mdy"
    text = next((t for t, p in undecided.items() if to_date(p, best) and not to_date(p, other)), "")
    seen = f' ("{text}")' if text else ""
    return f"read as {_WORDS[best]}: {wrong[other]} rows would be no possible date otherwise{seen}"


def _by_context(undecided, sequence, months) -> tuple[str, tuple[str, ...], bool]:
    """Decide by a month column beside the dates, or by a file that is sorted in one reading."""
    pairs = list(zip(sequence, months, strict=False))
    agree = {order: _month_matches(undecided, pairs, order) for order in ("mdy", "dmy")}
    if agree["mdy"] != agree["dmy"]:
        best = max(agree, key=agree.get)
        return best, (f"read as {_WORDS[best]}: agrees with the month column",), False
    sorted_share = {order: _sortedness(undecided, sequence, order) for order in ("mdy", "dmy")}
    best = max(sorted_share, key=sorted_share.get)
    if sorted_share[best] >= 0.95 > sorted_share["dmy" if best == "mdy" else "mdy"]:
        return best, (f"read as {_WORDS[best]}: the file is then in order of date",), False
    return "mdy", ("no date decides between month/day and day/month",), True


def _month_matches(undecided, pairs, order: str) -> int:
    known = [(undecided[text], month) for text, month in pairs if month and text in undecided]
    return sum(1 for parts, month in known if parts[order.index("m")] == month)


def _sortedness(undecided, sequence, order: str) -> float:
    """Largest share of neighbouring rows in rising or falling order, among those that differ."""
    read = [to_date(undecided[text], order) for text in sequence if text in undecided]
    steps = [(a < b) for a, b in pairwise(read) if a and b and a != b]
    rising = sum(steps)
    return max(rising, len(steps) - rising) / len(steps) if len(steps) >= 5 else 0.0
