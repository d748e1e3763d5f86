"""What agencies hold on people: their own ids, typing errors, duplicates. The true person is known.

People shot in the last years, members of groups and some others are known to the city's police;
fewer to Eastbank; those under supervision to the county.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .bits import Stream
from .people import Person, Population
from .plane import StreetGrid
from .shootings import Shooting

POLICE, EASTBANK, PROBATION = "RPD", "EPD", "CCP"
# Chance of each error in a record, by agency: family name, given name, the two swapped, birth date
# wrong, birth date missing, sex missing.
_ERRORS = (
    "family_typo",
    "given_short",
    "names_swapped",
    "birth_wrong",
    "birth_missing",
    "sex_blank",
)
_NOISE = {
    POLICE: (0.05, 0.04, 0.01, 0.03, 0.02, 0.01),
    EASTBANK: (0.08, 0.07, 0.03, 0.05, 0.06, 0.02),
    PROBATION: (0.03, 0.02, 0.01, 0.02, 0.01, 0.0),
}
_DUPLICATE_SHARE = 0.06
_KNOWN_YEARS = 4


@dataclass
class Record:
    """A person as one agency has them; `errors` names what was planted in it."""

    agency: str
    number: str
    person: Person
    family: str
    given: str
    middle: str
    born: date | None
    sex: str
    address: str
    errors: list[str] = field(default_factory=list)


class Files:
    """Every agency's records. `of(agency, person)` gives the ones it holds on a person."""

    def __init__(self, seed: int, grid: StreetGrid):
        self._stream = Stream(seed, "agency records")
        self._grid = grid
        self._next = {POLICE: 200_000, EASTBANK: 5_000, PROBATION: 7_000_000}
        self._by_person: dict[tuple[str, str], list[Record]] = {}
        self.records: list[Record] = []

    def open(self, agency: str, people: list[Person]) -> None:
        """A record for each person, and a second for a few of them."""
        again = [person for person in people if self._stream.chance(_DUPLICATE_SHARE)]
        roll = [*people, *again]
        self._stream.shuffle(roll)
        for person in roll:
            self._write(agency, person)

    def of(self, agency: str, person: Person) -> list[Record]:
        return self._by_person.get((agency, person.code), [])

    def _write(self, agency: str, person: Person) -> None:
        s = self._stream
        self._next[agency] += s.between(1, 37)
        record = Record(
            agency,
            f"{agency}{self._next[agency]}",
            person,
            person.family,
            person.given,
            person.middle if s.chance(0.6) else "",
            person.born,
            person.sex,
            self._grid.block_address((s.normal(5_000), s.normal(5_000))) if s.chance(0.85) else "",
        )
        for error, chance in zip(_ERRORS, _NOISE[agency], strict=True):
            if s.chance(chance) and not (error == "birth_wrong" and record.born is None):
                self._spoil(record, error)
        self.records.append(record)
        self._by_person.setdefault((agency, person.code), []).append(record)

    def _spoil(self, record: Record, error: str) -> None:
        record.errors.append(error)
        if error == "family_typo":
            record.family = _mistyped(self._stream, record.family)
        elif error == "given_short":
            record.given = record.given[:3]
        elif error == "names_swapped":
            record.family, record.given = record.given, record.family
        elif error == "birth_wrong":
            record.born = _misdated(self._stream, record.born)
        elif error == "birth_missing":
            record.born = None
        else:
            record.sex = ""


def _mistyped(stream: Stream, word: str) -> str:
    """Two letters exchanged, one lost or one doubled; never the first."""
    at = stream.between(1, len(word) - 2)
    kind = stream.below(3)
    if kind == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


def _misdated(stream: Stream, born: date) -> date:
    """Day and month exchanged where that is another date, otherwise a year or a day out."""
    if born.day <= 12 and born.day != born.month and stream.chance(0.5):
        return born.replace(month=born.day, day=born.month)
    step = stream.pick((-365, 365, -10, 10, -1, 1))
    return born + timedelta(days=step)


def open_files(
    seed: int, population: Population, shootings: list[Shooting], grid: StreetGrid, end: date
) -> Files:
    """Who is known to whom, drawn once for the city."""
    stream, files = Stream(seed, "who is known"), Files(seed, grid)
    members = [p for people in population.members.values() for p in people]
    recent = end - timedelta(days=365 * _KNOWN_YEARS)
    shot = [
        v.person
        for s in shootings
        if s.cause != "unfounded" and s.day >= recent
        for v in s.victims
        if v.person.group is None
    ]
    others = [population.add(end) for _ in range(len(members) // 2)]
    others = [p for p in others if p.age_on(end) >= 16]
    files.open(POLICE, members + shot + others)
    everyone = members + shot + others
    files.open(EASTBANK, [p for p in everyone if stream.chance(0.11)])
    adults = [p for p in members + others if p.died is None and p.age_on(end) >= 19]
    files.open(PROBATION, [p for p in adults if stream.chance(0.3)])
    return files
