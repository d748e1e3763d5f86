"""Content keys: what a row says, in one short text that is the same in every publication.

A publication has no row numbers that last, so rows are compared by what they say:

`content_key`  the identity: incident number, date, time, and the person (age, sex, race, wound)
`incident_key` what rows of one incident share: the incident number, else date, time and place
`rest_key`     every other mapped fact; a row with the same content and another rest has changed

Two publications are matched as multisets by `content_key`. What is left over on both sides is
matched by best agreement within one `incident_key`: those rows changed, even where a publisher
recodes a whole column. What is still left over is new, or gone. A row without an incident number
is known by its place and offence instead.

A fact enters a key as its name and canonical text, and a fact that is not known not at all, so
that a column added to the mapping leaves the keys of the rows that lack it as they were.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from uuid import UUID

MARK = "\x1f"
PERSON = ("age", "age_low", "age_high", "sex", "race", "wound")
IDENTITY = frozenset(("incident_number", "occurred_on", "occurred_minute", *PERSON))
Texted = dict[str, list[str]]


class Texts(dict):
    """Named canonical texts of the values of one column, each value once; "" for None."""

    def __init__(self, name: str) -> None:
        super().__init__({None: ""})
        self._name = name

    def __missing__(self, value: object) -> str:
        text = value.casefold() if isinstance(value, str) else str(value)
        text = f"{MARK}{self._name}={text}"
        if len(self) < 100_000:
            self[value] = text
        return text

    def read(self, values: Sequence[object]) -> list[str]:
        """The texts of a column."""
        return list(map(self.__getitem__, values))


def metres(name: str, degrees: Sequence[float | None]) -> list[str]:
    """Named texts of a coordinate to five decimals, about a metre."""
    return ["" if value is None else f"{MARK}{name}={value:.5f}" for value in degrees]


def hashed(texts: Iterable[str]) -> list[str]:
    """32 hexadecimal digits for each text."""
    return [blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]


def keys(text: Texted, size: int, *, yearly: bool = False) -> Texted:
    """The keys of each row, from the named texts of its known columns.

    yearly: incident numbers start again each year.
    """
    blank = [""] * size
    number, day = text.get("incident_number", blank), text.get("occurred_on", blank)
    minute = text.get("occurred_minute", blank)
    known_by = number
    if "" in number:
        place = _places(text, blank)
        known_by = _joined([place, text.get("offence", blank)], number)
    person = [text[name] for name in PERSON if name in text]
    content = hashed(map("".join, zip(known_by, day, minute, *person, strict=True)))
    others = [values for name, values in text.items() if name not in IDENTITY]
    rest = hashed(map("".join, zip(*others, strict=True))) if others else hashed(blank)
    shared = [n and n + d[:-6] for n, d in zip(number, day, strict=True)] if yearly else number
    if "" in number:
        shared = _without_number(shared, day, minute, place, content)
    return {"content_key": content, "incident_key": hashed(shared), "rest_key": rest}


def incident_key(
    *,
    incident_number: str = "",
    occurred_on: date | None = None,
    occurred_minute: int | None = None,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    yearly: bool = False,
) -> UUID:
    """The key of one shooting known by hand: the same as that of a feed's rows which say the same.

    occurred_minute: minutes after midnight in the city's time.
    """
    said = {
        "incident_number": incident_number,
        "occurred_on": occurred_on,
        "occurred_minute": occurred_minute,
        "address": address,
    }
    text = {name: Texts(name).read([None if v == "" else v]) for name, v in said.items()}
    text |= {"latitude": metres("latitude", [latitude])}
    text |= {"longitude": metres("longitude", [longitude])}
    return UUID(keys(text, 1, yearly=yearly)["incident_key"][0])


def _places(text: Texted, blank: list[str]) -> list[str]:
    """Where each row is: its address, else its coordinates, else nothing."""
    named = (text.get(name, blank) for name in ("address", "latitude", "longitude"))
    return [address or lat + lon for address, lat, lon in zip(*named, strict=True)]


def _joined(columns: list[list[str]], unless: list[str]) -> list[str]:
    """The columns run together, in the rows without the text `unless`."""
    joined = map("".join, zip(*columns, strict=True))
    return [text or other for text, other in zip(unless, joined, strict=True)]


def _without_number(shared, day, minute, place, content) -> list[str]:
    """Date, time and place in the rows without a number; one that says too little is alone."""
    rows = zip(shared, day, minute, place, content, strict=True)
    return [number or (d + m + p if d and p else alone) for number, d, m, p, alone in rows]
