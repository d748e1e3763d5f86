"""Ages in years: numbers, bands and words, as low and high bounds."""

import re
from typing import NamedTuple

from .numbers import parse_number

OLDEST = 120
WORDS = {
    "teen": (13, 19),
    "teens": (13, 19),
    "teenager": (13, 19),
    "infant": (0, 1),
    "baby": (0, 1),
    "newborn": (0, 0),
    "toddler": (1, 3),
    "child": (0, 12),
    "juvenile": (0, 17),
    "minor": (0, 17),
    "menor": (0, 17),
    "adult": (18, None),
    "adulto": (18, None),
    "senior": (65, None),
}
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|—|to|a|through|thru|_)\s*(\d{1,3})")
_UNDER = re.compile(r"(?:<|under|less than|menor de|below)\s*(\d{1,3})")
_UP_TO = re.compile(
    r"(?:<=|≤|up to)\s*(\d{1,3})|(\d{1,3})\s*(?:and|&|or)\s*(?:under|younger|below)"
)
_OVER = re.compile(
    r"(?:>=|≥)\s*(\d{1,3})|(\d{1,3})\s*(?:\+|(?:and|&|or)\s*(?:over|older|above|up))"
)
_MORE = re.compile(r"(?:>|over|older than|mayor de)\s*(\d{1,3})")
_DECADE = re.compile(r"(?:early |mid |late |mid-)?(\d)0'?s")
_INFANT = re.compile(r"\d{1,3}\s*(?:d|dy|days?|w|wks?|weeks?|m|mo|mos|mths?|months?)(?: old)?\.?")
_SEXED = re.compile(r"[mf]\s*/?\s*(\d{1,3})|(\d{1,3})\s*/\s*[mf]", re.I)
_YEARS = re.compile(r"(\d{1,3})\s*(?:y|yr|yrs|yo|y/o|years?(?: old)?|años)\.?")


class Age(NamedTuple):
    """Whole years: `exact` when one is stated, and the lowest and highest age that it may be."""

    exact: int | None
    low: int
    high: int | None


def parse_age(text: str | None) -> Age | None:
    """Age in years from "31", "31.0", "18-24", "<18", "65+", "20s", "teen", "4 d", "M/25".

    None when the text is not an age, or is above 120 years.
    """
    if text is None:
        return None
    text = text.strip().casefold()
    years = _years(text)
    if years is not None:
        return Age(years, years, years) if 0 <= years <= OLDEST else None
    return _band(text)


def _years(text: str) -> int | None:
    number = parse_number(text)
    if number is not None:
        return int(number)
    if _INFANT.fullmatch(text):
        return 0
    match = _SEXED.fullmatch(text) or _YEARS.fullmatch(text)
    return int(next(group for group in match.groups() if group)) if match else None


def _band(text: str) -> Age | None:
    text = re.sub(r"^(?:age|ages|aged)\s+|\s*(?:years?(?: old)?|yrs?|años|yo)$", "", text).strip()
    if text in WORDS:
        return Age(None, *WORDS[text])
    for pattern, bounds in _BANDS:
        if match := pattern.fullmatch(text):
            low, high = bounds(*(int(group) for group in match.groups() if group))
            return Age(None, low, high) if _plausible(low, high) else None
    return None


_BANDS = (
    (_RANGE, lambda low, high: (low, high)),
    (_UP_TO, lambda high: (0, high)),
    (_UNDER, lambda high: (0, high - 1)),
    (_OVER, lambda low: (low, None)),
    (_MORE, lambda low: (low + 1, None)),
    (_DECADE, lambda tens: (tens * 10, tens * 10 + 9)),
)


def _plausible(low: int, high: int | None) -> bool:
    return 0 <= low <= (OLDEST if high is None else high) <= OLDEST
