"""Files about people in shootings: who was in which, who was jailed, whose casings match."""

from collections.abc import Iterable
from datetime import date, timedelta

from .bits import Stream
from .people import Person
from .police import short_date
from .records import POLICE, Files, Record
from .shootings import Shooting

INVOLVED_FIELDS = (
    "INCIDENT_NO", "ROLE", "INJURY", "RM_PERSON_ID", "LAST_NAME", "FIRST_NAME", "MI",
    "STREET_NAME", "DOB", "SEX", "ADDRESS",
)  # fmt: skip
JAIL_FIELDS = (
    "BOOKING_NO", "BOOKED", "RELEASED", "RM_PERSON_ID", "NAME", "DOB", "CHARGE",
)  # fmt: skip
LEAD_FIELDS = ("LEAD_NO", "LEAD_DATE", "INCIDENT_NO", "LINKED_INCIDENT_NO", "LEAD_STATUS")
_WITNESSES = 0.15
_STREET_NAMES = 0.25
_JAILED = 0.5
_LEADS = 0.4
_HITS = 0.5
_SHOOTING_CHARGE = "UNLAWFUL USE OF FIREARM"


class Involved:
    """Who was in which shooting, as the city's police have them. `truth` says who they are."""

    def __init__(self, seed: int, files: Files):
        self._stream = Stream(seed, "people in shootings")
        self._files = files
        self.truth: list[list] = []

    def run(
        self, shootings: Iterable[Shooting], suspects: dict[str, list[Record]], members: dict
    ) -> list[tuple]:
        """suspects: shooting -> the records of who was arrested for it. members: by group."""
        rows: list[tuple] = []
        for shooting in shootings:
            rows += self._victims(shooting)
            rows += [
                self._row(shooting, "SUSPECT", "", r) for r in suspects.get(shooting.number, ())
            ]
            if shooting.target and self._stream.chance(_WITNESSES):
                rows += self._known(shooting, "WITNESS", "", self._friend(shooting, members))
        return rows

    def _victims(self, shooting: Shooting) -> list[tuple]:
        rows: list[tuple] = []
        for victim in shooting.victims:
            injury = "FATAL" if victim.fatal else "NON-FATAL"
            rows += self._known(shooting, "VICTIM", injury, victim.person)
        return rows

    def _friend(self, shooting: Shooting, members: dict) -> Person:
        return self._stream.pick(members[shooting.target.code])

    def _known(self, shooting: Shooting, role: str, injury: str, person: Person) -> list[tuple]:
        """Nobody is in this file of whom the police have no record."""
        records = self._files.of(POLICE, person)
        if not records or not person.alive_on(shooting.day):
            return []
        return [self._row(shooting, role, injury, self._stream.pick(records))]

    def _row(self, shooting: Shooting, role: str, injury: str, r: Record) -> tuple:
        self.truth.append([shooting.number, r.person.code, role.lower(), r.number])
        street = f"{r.person.given[:3].title()}o" if self._stream.chance(_STREET_NAMES) else ""
        born = short_date(r.born) if r.born else ""
        return (
            *(shooting.number, role, injury, r.number, r.family, r.given, r.middle, street),
            *(born, r.sex, r.address),
        )


def suspects_of(arrests: list[tuple], files: Files) -> dict[str, list[Record]]:
    """Shooting -> the records of the people arrested for it, from the rows of arrests."""
    by_number = {record.number: record for record in files.records}
    found: dict[str, list[Record]] = {}
    for _number, _day, person, _name, _born, _sex, charge, _class, incident, _block in arrests:
        if charge == _SHOOTING_CHARGE:
            found.setdefault(incident, []).append(by_number[person])
    return found


def jail_rows(seed: int, arrests: list[tuple], end: date) -> list[tuple]:
    """Half of the arrests led to the county's jail; whoever is still there has no release."""
    stream, rows = Stream(seed, "jail"), []
    for _number, day, person, name, born, _sex, charge, *_rest in arrests:
        if stream.chance(_JAILED):
            booked = date(int(day[:4]), int(day[4:6]), int(day[6:]))
            released = booked + timedelta(days=stream.between(1, 400))
            gone = released.isoformat() if released <= end else ""
            number = f"J{len(rows) + 1:06}"
            rows.append((number, booked.isoformat(), gone, person, name, born, charge))
    return rows


def lead_rows(seed: int, shootings: Iterable[Shooting]) -> tuple[list[tuple], list[list]]:
    """Ballistic leads between replies and what they answered; and the truth of them."""
    stream, rows, truth = Stream(seed, "ballistic leads"), [], []
    for shooting in shootings:
        if shooting.parent is None or not stream.chance(_LEADS):
            continue
        status = "CONFIRMED HIT" if stream.chance(_HITS) else "LEAD"
        day = shooting.day + timedelta(days=stream.between(1, 3))
        pair = [shooting.parent.number, shooting.number]
        rows.append((f"L{len(rows) + 1:05}", day.isoformat(), *pair, status))
        truth.append([*pair, status])
    return rows, truth
