"""One column's texts turned into values, each distinct text once.

A text that cannot be taken becomes a `Bad`: either the row is refused, or the value is left
empty and the row kept, with a warning. Which is which (decisions 25 and 26 of the programme):

refused: a date that is no date, before 1950 or after the as-of date; a time such as 25:00; an
age that no person has (300); coordinates off the globe or on another continent.
left empty: a slip in a coded column (an age band of 1022), an age code such as 999, a time in
words, a count that is no number.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ceasefire.kit.readers import RowFault
from ceasefire.kit.values import (
    Age,
    is_unknown,
    parse_age,
    parse_count,
    parse_flag,
    parse_number,
    stable_text,
)
from ceasefire.kit.values.blanks import EMPTY, UNKNOWN
from ceasefire.kit.values.dates import MONTHS, full_year

from . import words

KEPT = 200_000
AGE_CODES = frozenset({-1, -9, -99, 99.9, 998, 999, 9999})


class Bad(NamedTuple):
    """A text that could not be taken, why, and what to do about it."""

    reason: str
    remedy: str
    refuse: bool


class Column(dict):
    """Values of the texts met so far; missing ones are parsed on the way. None stays None."""

    def __init__(self, name: str, parse: Callable[[str], object]) -> None:
        super().__init__({None: None})
        self.name = name
        self._parse = parse
        self.bad: dict[str, Bad] = {}

    def __missing__(self, text: str) -> object:
        if len(self) > KEPT:
            self.clear()
            self[None] = None
        value = None if text.casefold() in EMPTY else self._parse(text)
        if type(value) is Bad:
            self.bad[text] = value
            value = None
        self[text] = value
        return value

    def read(self, texts: Sequence[str | None]) -> list:
        """Values in the order of the texts."""
        return list(map(self.__getitem__, texts))

    def faults(self, texts: Sequence[str | None], numbers: Sequence[int]) -> list[tuple]:
        """(position, fault, refuse) for every text that could not be taken."""
        if not self.bad:
            return []
        return [
            (position, RowFault(numbers[position], self.name, bad.reason, bad.remedy), bad.refuse)
            for position, text in enumerate(texts)
            if (bad := self.bad.get(text)) is not None
        ]


def label(text: str) -> str | None:
    """A text with single blanks; None where it says unknown."""
    if text.casefold() in UNKNOWN:
        return None
    return " ".join(text.split()) if " " in text or "\n" in text else text


def code(text: str) -> str | None:
    """A code or the name of an area: numbers without leading zeros or ".0"."""
    text = stable_text(text)
    return label(text.lstrip("0") or "0") if text.isdigit() else label(text)


def number_text(text: str) -> str | None:
    """An incident number, the same in whatever format a publication writes it."""
    return label(stable_text(text) if "." in text or "," in text else text)


def flag(entry: dict, *, negate: bool = False) -> Callable[[str], bool | Bad | None]:
    """Reader of yes and no, or of outcome texts when the mapping says so."""

    def read(text: str) -> bool | Bad | None:
        said = parse_flag(text)
        said = words.outcome(text) if said is None else said
        if said is None and not is_unknown(text):
            return Bad(f'"{text[:40]}" is neither yes nor no', "left empty", False)
        return said if said is None else said != negate

    if entry.get("kind") == "letters":
        return lambda text: words.LETTERS.get(text.strip().casefold())
    return words.outcome if entry.get("kind") == "outcome" else read


def count(text: str) -> int | Bad | None:
    """A number of people or things."""
    if is_unknown(text):
        return None
    value = parse_count(text)
    if value is None or value > 10_000:
        return Bad(f'"{text[:40]}" is not a count', "left empty", False)
    return value


def age(text: str) -> Age | Bad | None:
    """Age in a column of ages: an impossible number refuses the row."""
    if is_unknown(text):
        return None
    read = parse_age(text)
    if read is not None:
        return read
    number = parse_number(text)
    if number is None or number in AGE_CODES:
        return Bad(f'"{text[:40]}" is not an age', "left empty", False)
    return Bad(f"nobody is {text[:40]} years old", "correct the age or leave it blank", True)


def age_band(text: str) -> Age | Bad | None:
    """Age in a column of bands: a slip is left empty."""
    if is_unknown(text):
        return None
    read = parse_age(text)
    return read or Bad(f'"{text[:40]}" is not an age band', "left empty", False)


def sex(text: str) -> str | None:
    """M, F or X."""
    return words.SEXES.get(text.strip().casefold())


def setting(kind: str) -> Callable[[str], str | None]:
    """Reader of inside or outside, from words or from a flag of either."""
    if kind == "words":
        return lambda text: words.INSIDE.get(text.strip().casefold())
    yes, no = (kind, "inside") if kind == "outside" else (kind, "outside")
    return lambda text: {True: yes, False: no}.get(parse_flag(text))


def coordinate(scale: float) -> Callable[[str], float | Bad]:
    """Reader of one coordinate, as a number times `scale`."""

    def read(text: str):
        number = parse_number(text)
        if number is None:
            return (
                None
                if is_unknown(text)
                else Bad(f'"{text[:40]}" is not a coordinate', "left empty", False)
            )
        return number * scale

    return read


def month(text: str) -> int | None:
    """A month by number or name."""
    return MONTHS.get(text.strip().casefold()[:10]) or parse_count(text)


def day_number(year: int | None, month_: int | None, day: int | None) -> int | None:
    """Days since 1970 of a date in three columns; None when they give no date."""
    try:
        return (date(full_year(year), month_, day) - date(1970, 1, 1)).days
    except (TypeError, ValueError):
        return None
