"""The keyed numbers under which a record is stored and found.

A record is stored under its names, each two of them together, with every letter left out of one, by
their sound, and written as one word. What somebody types gives the same numbers, and a number in
common says how near it is.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from itertools import combinations

import jellyfish

from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.tokens import SHORTEST_EDITED, as_spanish, fold

ROOM = Room.INVESTIGATIVE
# Nobody has more names that matter; what somebody pastes must not become a million numbers.
# What is misread on a plate is one sign here.
ALIKE, PLATE_MOST = str.maketrans("OI", "01"), 10
GIVEN_MOST, FAMILY_MOST, ASKED_MOST, LETTERS_MOST = 2, 3, 5, 40


class Near(IntEnum):
    """How a record was found, the nearest first."""

    SAME = 1
    TOGETHER = 2
    LETTER = 3
    SOUND = 4


@dataclass(frozen=True)
class Who:
    """What a record says of somebody, as far as search goes."""

    given: str = ""
    middle: str = ""
    family: str = ""
    alias: str = ""
    born: date | None = None
    numbers: Iterable[str] = field(default=())
    plate: str = ""


def _numbers(forms: Iterable[tuple[str, str]]) -> frozenset[int]:
    """A keyed hash of each in 64 bits, as PostgreSQL's bigint. Raises KeyMissing."""
    key = keyring.search_key(ROOM)
    made = (hmac.digest(key, f"{kind}:{text}".encode(), "sha256") for kind, text in set(forms))
    return frozenset(int.from_bytes(one[:8], "big", signed=True) for one in made)


def masked(numbers: Iterable[int], agency_id: int | None) -> frozenset[int]:
    """The numbers, and those under which an agency's own hidden records are kept."""
    numbers = frozenset(numbers)
    if agency_id is None:
        return numbers
    made = hashlib.sha256(f"agency:{agency_id}".encode()).digest()[:8]
    mask = int.from_bytes(made, "big", signed=True)
    return numbers | {number ^ mask for number in numbers}


def stored(who: Who) -> frozenset[int]:
    """All under which a record is found. Raises KeyMissing."""
    return _numbers(_stored(who))


def _stored(who: Who) -> Iterator[tuple[str, str]]:
    given, family = _words(who.given)[:GIVEN_MOST], _words(who.family)[:FAMILY_MOST]
    for alias in who.alias.split(","):
        yield from _of_names((), _words(alias)[:ASKED_MOST])
    yield from _of_names(given, family)
    for word in _words(who.middle):
        yield "word", word
    if who.born:
        yield "born", who.born.isoformat()
    for one in who.numbers:
        if plain := case_number(one):
            yield "case", plain
    yield from _of_plate(who.plate)


def _of_plate(text: str) -> Iterator[tuple[str, str]]:
    """Read as written, and with each sign left out: one may be misread."""
    if plain := plate(text):
        yield from (("plate", one) for one in _shorter(plain))


def _of_names(given: tuple[str, ...], family: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    words = tuple(dict.fromkeys((*given, *family)))
    for word in words:
        yield "word", word
        yield from (("sound", one) for one in _sounds(word))
        yield from (("near", one) for one in _shorter(word))
    for one, other in combinations(words, 2):
        for _near, pair in _pairs(one, other):
            yield pair
    if len(words) > 1:
        for parts in ((*given, *family), (*family, *given), family):
            yield "joined", "".join(parts)


def _pairs(one: str, other: str) -> Iterator[tuple[Near, tuple[str, str]]]:
    """Two names together, whichever stands first."""
    yield Near.SAME, ("pair", " ".join(sorted((one, other))))
    for exact, edited in ((one, other), (other, one)):
        yield from ((Near.LETTER, ("edited", f"{exact} {less}")) for less in _shorter(edited))
    for first in _sounds(one):
        for second in _sounds(other):
            yield Near.SOUND, ("sounds", " ".join(sorted((first, second))))


def asked(text: str) -> dict[Near, frozenset[int]]:
    """What somebody typed as a name -> the numbers to look for, by how near they are."""
    words = tuple(dict.fromkeys(_words(text)))[:ASKED_MOST]
    found: dict[Near, set[tuple[str, str]]] = {near: set() for near in Near}
    if words:
        found[Near.TOGETHER].add(("joined", "".join(words)))
    told = [one for one in words if len(one) > 1]
    if len(told) > 1:
        for one, other in combinations(told, 2):
            for near, pair in _pairs(one, other):
                found[near].add(pair)
    else:
        for word in words:
            found[Near.SAME].add(("word", word))
            found[Near.LETTER].update(("near", one) for one in _shorter(word))
            found[Near.SOUND].update(("sound", one) for one in _sounds(word))
    return {near: _numbers(pairs) for near, pairs in found.items()}


def born(days: Iterable[date]) -> frozenset[int]:
    return _numbers(("born", day.isoformat()) for day in days)


def cases(numbers: Iterable[str]) -> frozenset[int]:
    return _numbers(("case", plain) for one in numbers if (plain := case_number(one)))


def plates(texts: Iterable[str]) -> frozenset[int]:
    return _numbers(form for one in texts for form in _of_plate(one))


def plate(text: str) -> str:
    """'abc-O12, OR' as 'ABC012': letters and digits, O as 0 and I as 1, without its state."""
    written = text.partition(",")[0].partition("(")[0].upper()
    plain = "".join(sign for sign in written if sign.isalnum() and sign.isascii())
    return plain.translate(ALIKE)[:PLATE_MOST]


def case_number(text: str) -> str:
    """'26-00 117' as '2600117': how people write a number does not matter."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    return plain[:LETTERS_MOST] if any(letter.isdigit() for letter in plain) else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word[:LETTERS_MOST] for word in fold(text).split())


def _shorter(word: str) -> Iterator[str]:
    """The word, and with each letter left out: two words one letter apart have one alike."""
    yield word
    if len(word) >= SHORTEST_EDITED:
        yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def _sounds(word: str) -> set[str]:
    return {sound for heard in (word, as_spanish(word)) if (sound := jellyfish.metaphone(heard))}
