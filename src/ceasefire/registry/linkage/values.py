"""Each value of a person's record as it is compared: one spelling, so that only errors differ.

Everything compared is ASCII. DuckDB counts the bytes of a letter where Spark counts letters, so
an accent would make the same two names closer in one engine than in the other.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache

import jellyfish
from anyascii import anyascii

from ceasefire.kit.values import is_unknown
from ceasefire.kit.values.dates import split_date, to_date

_JOINS = re.compile("['`]")
_APART = re.compile(r"[^a-z0-9]+")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv", "rev"])
START = 3

Row = Mapping[str, str | None]
Written = Callable[[str], str | None]


def plain(text: str) -> str:
    """Lower case ASCII words of any script: "O’Ñate-Núñez" gives "onate nunez"."""
    letters = _JOINS.sub("", anyascii(text)).lower()
    return " ".join(_APART.sub(" ", letters).split())


def words(text: str) -> str | None:
    """Of an address, a place or a state; None where it says nothing."""
    return (plain(text) or None) if not is_unknown(text) else None


def name(text: str) -> str | None:
    """Of a name, without titles and generations."""
    told = words(text)
    kept = [word for word in (told or "").split() if word not in _TITLES]
    return " ".join(kept) or None


def whole_name(text: str) -> tuple[str | None, str | None]:
    """Given and family name of "Family, Given Middle" or of "Given Middle Family"."""
    before, comma, after = text.partition(",")
    if comma and name(after):
        return _first(name(after)), name(before)
    told = (name(text) or "").split()
    return (told[0], told[-1]) if len(told) > 1 else (None, told[0] if told else None)


def _first(told: str | None) -> str | None:
    return told.split()[0] if told else None


def digits(text: str) -> str | None:
    """Of a telephone or an identity number: letters and figures without signs."""
    return (plain(text).replace(" ", "") or None) if not is_unknown(text) else None


def email(text: str) -> str | None:
    told = text.strip().casefold()
    return told.encode("ascii", "ignore").decode() or None if "@" in told else None


def born(text: str, order: str, today: date) -> str | None:
    """Eight figures, year first; a day that no calendar has keeps its figures."""
    parts = split_date(text)
    if parts is None:
        return None
    named = dict(zip(parts.fixed or order, parts[:3], strict=True))
    if not to_date(parts, order):
        return f"{named['y']:04}{named['m']:02}{named['d']:02}"[:8]
    year = to_date(parts, order).year
    year -= 100 if year > today.year else 0
    return f"{year:04}{named['m']:02}{named['d']:02}"


@lru_cache(maxsize=200_000)
def sound(told: str) -> str:
    """How a name sounds; names that have no sound are their own."""
    return jellyfish.metaphone(told).replace(" ", "") or told


# Our field -> how it is written; the rest are words.
WRITTEN: dict[str, Written] = {
    "given": name, "family": name, "number": digits, "phone": digits, "postcode": digits,
    "email": email,
}  # fmt: skip


def keys(row: Row) -> Iterator[tuple[str, str | None]]:
    """What records are brought together by, besides the fields themselves."""
    for one in ("given", "family"):
        told = row.get(one)
        yield f"{one}_sound", told and sound(told)
        yield f"{one}_start", told and told[:START]
    day = row.get("born")
    yield "born_year", day and day[:4]
    yield "born_day", day and day[4:]
    address = row.get("email")
    yield "email_user", address and address.split("@")[0]
