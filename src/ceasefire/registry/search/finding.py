"""Who is meant by what somebody typed: the nearest first, and never how many there are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ceasefire.access import audit, identity
from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.envelope import seal
from ceasefire.registry.people.models import PersonRecord
from ceasefire.registry.search import tokens
from ceasefire.registry.search.models import RecordToken
from ceasefire.registry.search.tokens import Near

SHOWN = 20
# As many numbers are looked at as tell that there are more people than are shown.
LOOKED_AT = 400
# Binds the sealed terms to their place in the log.
ABOUT = "audit/search terms"
DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
PLATE = re.compile(r"\b(?:plate|tag|placa)\b[\s:]+([A-Z0-9][A-Z0-9 .-]*)", re.I)
NUMBERED = re.compile(r"\S*\d\S*")


@dataclass(frozen=True)
class Asked:
    """What was typed: a name, birth dates (each as it may be read), numbers of cases or plates, and
    what is said to be a plate."""

    name: str
    days: list[list[date]]
    numbers: list[str]
    plates: list[str]

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.days or self.numbers or self.plates)


@dataclass(frozen=True)
class Match:
    """near: how near the name is; None where the record was found by a date or a number alone."""

    record: PersonRecord
    near: Near | None
    by_day: bool
    by_number: bool


@dataclass(frozen=True)
class Found:
    """more: somebody else matches too, and the search should be narrowed."""

    matches: list[Match]
    more: bool


def read(text: str) -> Asked:
    days = [_days(found) for found in DAY.finditer(text)]
    rest = DAY.sub(" ", text)
    plates = [one for one in PLATE.findall(rest) if tokens.plate(one)]
    rest = PLATE.sub(" ", rest)
    numbers = [one for one in NUMBERED.findall(rest) if tokens.case_number(one)]
    name = " ".join(NUMBERED.sub(" ", rest).split())
    return Asked(name, [one for one in days if one], numbers, plates)


def _days(found: re.Match) -> list[date]:
    """An ISO date is one day; 3/4/1990 is read both ways, where both are days."""
    year, month, day, one, other, last = (int(part) if part else 0 for part in found.groups())
    told = [(year, month, day)] if year else [(last, one, other), (last, other, one)]
    return list(dict.fromkeys(filter(None, (_day(*parts) for parts in told))))


def _day(*parts: int) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None


def search(text: str) -> Found:
    """Record what is asked, sealed, and find it. Raises KeyMissing.

    One row of a person; the nearest first. What the asker may not read is not there: no number of
    such a record is found, so that nothing runs otherwise than for somebody who does not exist.
    """
    audit.record("people.searched", terms=_sealed(text))
    asked = read(text)
    if asked.is_empty:
        return Found([], False)
    wanted = [tokens.born(days) for days in asked.days]
    # A plate without its word may be a case number, and the other way round.
    wanted += [tokens.cases([one]) | tokens.plates([one]) for one in asked.numbers]
    wanted += [tokens.plates([one]) for one in asked.plates]
    if asked.name:
        ways = tokens.asked(asked.name)
    else:
        ways, wanted = {None: wanted[0]}, wanted[1:]
    return _people(ways, wanted, asked)


def _sealed(text: str) -> bytes:
    return seal(text.encode(), key=keyring.current(Room.INVESTIGATIVE), about=ABOUT)


def _people(ways: dict[Near | None, frozenset[int]], also: list[frozenset[int]], asked: Asked):
    matches, people, more = [], set(), False
    for near, numbers in ways.items():
        for record in _records(numbers, also):
            if record.person_id in people:
                continue
            people.add(record.person_id)
            by_number = bool(asked.numbers or asked.plates)
            matches.append(Match(record, near, bool(asked.days), by_number))
        if more := len(matches) > SHOWN:
            break
    return Found(matches[:SHOWN], more)


def _records(numbers: frozenset[int], also: list[frozenset[int]]) -> Iterator[PersonRecord]:
    """The records that have most of the numbers, those with more of them first."""
    own = identity.current().agency_id
    held = RecordToken.objects.filter(token__in=tokens.masked(numbers, own))
    for one in also:
        with_it = RecordToken.objects.filter(token__in=tokens.masked(one, own))
        with_it = with_it.values("of_record")
        held = held.filter(of_record__in=with_it)
    counted = Counter(held.values_list("of_record", flat=True)[:LOOKED_AT])
    order = sorted(counted, key=lambda record: (-counted[record], record))
    yield from _loaded(order)


def _loaded(order: list[int]) -> Iterable[PersonRecord]:
    found = PersonRecord.objects.select_related("agency").in_bulk(order[: 4 * SHOWN])
    return (found[number] for number in order if number in found)
