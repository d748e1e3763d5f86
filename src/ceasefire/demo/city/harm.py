"""Who was hit in each shooting, how badly, and what became of the case."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from .bits import Stream, Table
from .effects import Effects
from .people import Person, Population
from .shootings import Shooting

# One victim in 82 of 100, two in 12, three in 4, four in 2: 1.26 victims on average.
_VICTIMS = Table([82, 12, 4, 2])
_MEMBER_SHARE = 0.5
_MOST_TIMES_SHOT = 3
OUTCOMES = ("OPEN", "CLEARED BY ARREST", "CLEARED EXCEPTIONALLY")


@dataclass
class Victim:
    """A person hit, with the age they then had; `fatal` if they died of it."""

    person: Person
    age: int
    fatal: bool


class Harm:
    """Adds victims (in place) to shootings, in order of time."""

    def __init__(self, seed: int, effects: Effects, population: Population, end: date):
        self._stream = Stream(seed, "victims")
        self._cases = Stream(seed, "case outcomes")
        self._effects, self._population, self._end = effects, population, end
        self._times_shot: Counter[str] = Counter()

    def befall(self, shootings: list[Shooting]) -> None:
        for shooting in shootings:
            for _ in range(self._number_hit(shooting)):  # in turn, so that nobody is hit twice
                shooting.victims.append(self._victim(shooting))
            shooting.outcome = self._outcome(shooting)

    def _number_hit(self, shooting: Shooting) -> int:
        if shooting.cause == "unfounded":
            return 1
        hit = self._stream.chance(self._effects.injury_share)
        return 1 + _VICTIMS.index(self._stream) if hit else 0

    def _victim(self, shooting: Shooting) -> Victim:
        person = self._member_hit(shooting) or self._population.add(shooting.day)
        fatal = shooting.cause != "unfounded" and self._stream.chance(self._effects.fatal_share)
        if fatal:
            person.died = shooting.day
        self._times_shot[person.code] += 1
        return Victim(person, person.age_on(shooting.day), fatal)

    def _member_hit(self, shooting: Shooting) -> Person | None:
        if not (shooting.target and self._stream.chance(_MEMBER_SHARE)):
            return None
        hit = {victim.person.code for victim in shooting.victims}
        able = [
            p
            for p in self._population.members[shooting.target.code]
            if p.died is None
            and p.code not in hit
            and self._times_shot[p.code] < _MOST_TIMES_SHOT
            and p.age_on(shooting.day) >= 13
        ]
        return self._stream.pick(able) if able else None

    def _outcome(self, shooting: Shooting) -> str:
        """Older cases and fatal ones are cleared more often."""
        fatal = any(victim.fatal for victim in shooting.victims)
        settled = shooting.day < self._end - timedelta(days=60)
        cleared = (0.42 if fatal else 0.2) if settled else 0.08
        if not self._cases.chance(cleared):
            return OUTCOMES[0]
        return OUTCOMES[2] if self._cases.chance(0.08) else OUTCOMES[1]
