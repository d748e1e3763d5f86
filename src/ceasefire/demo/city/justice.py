"""Files of the justice agencies: people, arrests, who is supervised, groups and conflicts."""

from collections.abc import Iterable
from datetime import date, timedelta

from .bits import Stream
from .groups import Conflict, Group
from .people import Person, Population
from .police import short_date
from .records import POLICE, PROBATION, Files, Record
from .shootings import Shooting

PEOPLE_FIELDS = (
    "agency", "agency_person_id", "last_name", "first_name", "middle_initial",
    "date_of_birth", "sex", "last_known_block",
)  # fmt: skip
ARREST_FIELDS = (
    "ARREST_NO", "ARREST_DATE", "RM_PERSON_ID", "NAME", "DOB", "SEX",
    "CHARGE", "CLASS", "INCIDENT_NO", "BLOCK",
)  # fmt: skip
ROSTER_FIELDS = (
    "SID", "FIRST", "LAST", "BIRTHDATE", "STATUS", "OFFICER", "START", "EXPECTED_END", "OFFICE",
)  # fmt: skip
GROUP_FIELDS = (
    "group_id", "name", "also_known_as", "kind", "turf_neighborhood",
    "size_low", "size_high", "active", "last_audit",
)  # fmt: skip
CONFLICT_FIELDS = (
    "conflict_id", "group_a", "group_b", "kind", "state", "since", "last_reviewed",
)  # fmt: skip
_CHARGES = (
    ("UNLAWFUL POSSESSION OF FIREARM", "F"), ("ASSAULT 2", "F"), ("ROBBERY 1", "F"),
    ("BURGLARY 2", "F"), ("UNLAWFUL USE OF VEHICLE", "F"), ("DELIVERY CONTROLLED SUBSTANCE", "F"),
    ("THEFT 2", "M"), ("CRIMINAL TRESPASS", "M"), ("RECKLESS DRIVING", "M"), ("ASSAULT 4", "M"),
)  # fmt: skip
_SHOOTING_CHARGE = ("UNLAWFUL USE OF FIREARM", "F")
_STATUSES = ("PROBATION", "PROBATION", "POST-PRISON", "PRETRIAL")
LISTED_SHARE = 0.85


def people_rows(files: Files) -> list[tuple]:
    return [
        (r.agency, r.number, r.family, r.given, r.middle, _iso(r.born), r.sex, r.address)
        for r in files.records
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


class Arrests:
    """Arrest rows of the city's police; people arrested together share an incident number."""

    def __init__(self, seed: int, files: Files, start: date, end: date):
        self._stream = Stream(seed, "arrests")
        self._files, self._start, self._end = files, start, end
        self._found: list[tuple[date, str, Record, tuple[str, str]]] = []
        self._events = 0

    def run(self, population: Population, shootings: Iterable[Shooting]) -> list[tuple]:
        for members in population.members.values():
            for person in members:
                for _ in range(self._stream.poisson(1.5)):
                    self._with_company(person, members)
        for person in population.everyone:
            if person.group is None and self._stream.chance(0.2):
                self._book(person, self._day(), self._event(), self._stream.pick(_CHARGES))
        for shooting in shootings:
            self._for_shooting(shooting, population)
        return [
            self._row(i, *found)
            for i, found in enumerate(sorted(self._found, key=lambda f: (f[0], f[1], f[2].number)))
        ]

    def _day(self) -> date:
        return self._start + timedelta(days=self._stream.below((self._end - self._start).days))

    def _event(self) -> str:
        self._events += 1
        return f"A{self._events:06}"

    def _with_company(self, person: Person, members: list[Person]) -> None:
        day, event, charge = self._day(), self._event(), self._stream.pick(_CHARGES)
        company = [person]
        if self._stream.chance(0.35):
            friends = [p for p in members if p is not person]
            company += self._stream.sample(friends, self._stream.between(1, 2))
        for each in company:
            self._book(each, day, event, charge)

    def _for_shooting(self, shooting: Shooting, population: Population) -> None:
        if shooting.outcome == "CLEARED BY ARREST" and shooting.source:
            suspect = self._stream.pick(population.members[shooting.source.code])
            day = shooting.day + timedelta(days=self._stream.between(1, 50))
            self._book(suspect, day, shooting.number, _SHOOTING_CHARGE)

    def _book(self, person: Person, day: date, event: str, charge: tuple[str, str]) -> None:
        """Only someone alive, at least 13 and on file; later than `end` is not known yet."""
        records = self._files.of(POLICE, person)
        if records and day <= self._end and person.alive_on(day) and person.age_on(day) >= 13:
            self._found.append((day, event, self._stream.pick(records), charge))

    def _row(self, i: int, day: date, event: str, r: Record, charge: tuple[str, str]) -> tuple:
        name = f"{r.family}, {r.given} {r.middle}".strip().upper()
        born = short_date(r.born) if r.born else ""
        number = f"{day.year}-{i + 1:06}"
        return (
            number,
            day.strftime("%Y%m%d"),
            r.number,
            name,
            born,
            r.sex,
            *charge,
            event,
            r.address,
        )


def roster_rows(seed: int, files: Files, officers: list[str], end: date) -> list[tuple]:
    """The county's supervision roster as of `end`."""
    stream, rows = Stream(seed, "supervision"), []
    for r in files.records:
        if r.agency == PROBATION:
            start = end - timedelta(days=stream.between(20, 900))
            until = end + timedelta(days=stream.between(30, 1_000))
            term = (_iso(start), _iso(until), stream.pick(("EAST", "WEST")))
            held = (stream.pick(_STATUSES), stream.pick(officers))
            rows.append((r.number, r.given, r.family, _iso(r.born), *held, *term))
    return rows


def group_rows(seed: int, groups: list[Group], population: Population, end: date) -> list[tuple]:
    """The yearly audit: sizes as ranges, and a few groups that are no longer active."""
    stream, rows = Stream(seed, "group audit"), []
    for g in groups:
        size = len(population.members[g.code])
        low, high = size - stream.between(2, 6), size + stream.between(3, 12)
        audit = end - timedelta(days=stream.between(40, 360))
        kind, active = stream.pick(("set", "crew", "clique")), "N" if stream.chance(0.08) else "Y"
        rows.append(
            (g.code, g.name, g.alias, kind, g.neighbourhood, low, high, active, _iso(audit))
        )
    return rows


def conflict_rows(
    seed: int, conflicts: list[Conflict], groups: list[Group], end: date
) -> tuple[list[tuple], list[str], list[str]]:
    """What the detectives list; the true conflicts they miss, and listed ones that are not true."""
    stream = Stream(seed, "conflict list")
    missed = [c.code for c in conflicts if not stream.chance(LISTED_SHARE)]
    listed = [(c.code, *c.sides, c.since) for c in conflicts if c.code not in missed]
    true = {c.sides for c in conflicts}
    mistaken = []
    while len(mistaken) < 3:
        a, b = sorted(g.code for g in stream.sample(groups, 2))
        if (a, b) not in true:
            mistaken.append(f"K{900 + len(mistaken)}")
            listed.append((mistaken[-1], a, b, end - timedelta(days=stream.between(100, 900))))
    states = ("active", "active", "hot", "simmering", "cooling")
    rows = []
    for code, a, b, since in listed:
        reviewed = end - timedelta(days=stream.between(3, 80))
        rows.append((code, a, b, "feud", stream.pick(states), _iso(since), _iso(reviewed)))
    return rows, missed, mistaken
