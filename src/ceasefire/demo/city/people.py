"""True people, all invented: members of groups, people who were shot, others an agency knows."""

from dataclasses import dataclass
from datetime import date, timedelta

from .bits import Stream, Table
from .groups import Group
from .words import given_name, surname

_RACES = ("BLACK", "WHITE", "HISPANIC", "ASIAN", "NATIVE")
_RACE_TABLE = Table([42, 28, 22, 5, 3])
# Ages of people shot: first age of each band, and its weight per year of age.
_BANDS = ((0, 1), (12, 5), (15, 20), (18, 50), (25, 38), (35, 19), (45, 9), (55, 4), (65, 1))
_OLDEST = 84
_MALE_SHARE = 0.86


def _age_weights() -> list[int]:
    starts = [first for first, _ in _BANDS[1:]] + [_OLDEST + 1]
    return [w for (first, w), end in zip(_BANDS, starts, strict=True) for _ in range(first, end)]


_AGES = Table(_age_weights())


@dataclass
class Person:
    """A true person, before any agency has misspelt them."""

    code: str
    given: str
    middle: str
    family: str
    born: date
    sex: str
    race: str
    group: Group | None = None
    died: date | None = None

    def age_on(self, day: date) -> int:
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before

    def alive_on(self, day: date) -> bool:
        return self.died is None or self.died >= day


class Population:
    """Everyone so far; `add` makes one more person."""

    def __init__(self, seed: int, groups: list[Group], middle_day: date):
        self.everyone: list[Person] = []
        self._stream = Stream(seed, "people")
        sizes = Stream(seed, "group sizes")
        self.members = {
            group.code: [self._member(group, middle_day) for _ in range(sizes.between(12, 46))]
            for group in groups
        }

    def _member(self, group: Group, middle_day: date) -> Person:
        # Ages at the middle of the years covered, so that few are children at its start.
        person = self.add(middle_day, 17 + self._stream.below(12) + self._stream.below(10))
        person.group = group
        return person

    def add(self, day: date, age: int | None = None) -> Person:
        """A new person of the given age on a day (an age as among people shot, if not given)."""
        s = self._stream
        age = _AGES.index(s) if age is None else age
        sex = "M" if s.chance(_MALE_SHARE) else "F"
        person = Person(
            f"P{len(self.everyone) + 1:05}",
            given_name(s, sex),
            "ABCDEFGHJKLMNPRSTVW"[s.below(19)],
            surname(s),
            _birth_date(day, age, s.below(365)),
            sex,
            _RACES[_RACE_TABLE.index(s)],
        )
        self.everyone.append(person)
        return person


def _birth_date(day: date, age: int, days_since_birthday: int) -> date:
    """A birth date that makes someone `age` on `day`; 29 February is avoided."""
    birthday = day - timedelta(days=days_since_birthday)
    return date(birthday.year - age, birthday.month, min(birthday.day, 28))
