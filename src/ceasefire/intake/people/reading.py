"""Rows of a file about people, through a confirmed mapping: who, and what is told of them.

A value that cannot be is left empty and reported; a row that says nothing is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ceasefire.intake.columns import Bad
from ceasefire.intake.columns import age as read_age
from ceasefire.intake.mapping import Mapping
from ceasefire.intake.people import nibrs, roles
from ceasefire.intake.people.fields import DATES, NEEDED, PEOPLE
from ceasefire.intake.people.shapes import shape
from ceasefire.intake.words import SEXES
from ceasefire.kit.readers import RowFault, open_table
from ceasefire.kit.values import Age, is_unknown, stable_text
from ceasefire.kit.values.dates import NUMERIC_STYLES, numeric_moment, parse_date
from ceasefire.registry.people.models import FIRST_BIRTH
from ceasefire.registry.people.told import Row, Who

EARLIEST = date.fromisoformat(FIRST_BIRTH)
LONGEST = 400
NUMBERS = ("number", "incident_number", "other_incident_number", "report_number", "cause")


@dataclass
class Read:
    """The rows that stand, and why others do not. rows: all of the file's."""

    rows: int = 0
    kept: list[Row] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        return len({fault.row for fault in self.faults})


def read(path: Path, mapping: Mapping, *, as_of: date, progress=lambda share, rows: None) -> Read:
    """All rows of a file. Raises FileFault where the file turns out broken."""
    found, reader = Read(), _Reader(mapping, as_of)
    with open_table(path) as table:
        for chunk in table.chunks():
            found.rows += len(chunk) + len(chunk.faults)
            found.faults += chunk.faults
            for number, cells in _rows(chunk):
                reader.row(number, cells, found)
            progress(chunk.fraction, found.rows)
        reader.finish(found)
        found.notes += table.notes
    return found


def _rows(chunk) -> Iterator[tuple[int, dict[str, str | None]]]:
    names = list(chunk.columns)
    for number, *cells in zip(chunk.row_numbers, *chunk.columns.values(), strict=True):
        yield number, dict(zip(names, cells, strict=True))


class _Reader:
    """Applies one mapping to one row at a time."""

    def __init__(self, mapping: Mapping, as_of: date) -> None:
        self._kind, self._fields, self._as_of = mapping.unit, mapping.fields, as_of
        by_codes = {"offence_code", "weapon_code"} <= mapping.fields.keys()
        self._sieve = nibrs.Sieve() if by_codes else None

    def row(self, number: int, cells: dict, found: Read) -> None:
        """Add the row to what was found, or the reason why it does not stand."""
        told = {name: self._value(name, cells) for name in self._fields}
        bad = {name: value for name, value in told.items() if isinstance(value, Bad)}
        for name, one in bad.items():
            fault = RowFault(number, self._fields[name]["column"], one.reason, one.remedy)
            (found.faults if one.refuse else found.warnings).append(fault)
        if any(one.refuse for one in bad.values()):
            return
        told |= dict.fromkeys(bad)
        if self._sieve:
            self._sieve.add(number, told)
        else:
            self._keep(number, told, found)

    def finish(self, found: Read) -> None:
        """What could not be told before the last row was read."""
        if self._sieve:
            counted: Counter = Counter()
            for number, told in self._sieve.sifted(counted):
                self._keep(number, told, found)
            found.counted = nibrs.counted_as(counted)
            found.notes += nibrs.notes(counted)

    def _keep(self, number: int, told: dict, found: Read) -> None:
        if fault := self._fault(number, told):
            found.faults.append(fault)
        else:
            found.kept += self._told(number, told)

    def _fault(self, number: int, told: dict) -> RowFault | None:
        missing = self._missing(told)
        if missing is None and "role" in told and not roles.roles_of(told["role"]):
            reason = f"'{told['role'][:20]}' is no part that anybody has in a shooting"
            remedy = "write victim, suspect, witness or the like"
            return RowFault(number, self._fields["role"]["column"], reason, remedy)
        if missing is None:
            return None
        column = self._fields.get(missing, {}).get("column")
        reason = f"the row does not say: {missing.replace('_', ' ')}"
        return RowFault(number, column, reason, "fill it in, or leave the row out")

    def _missing(self, told: dict) -> str | None:
        for name in NEEDED[self._kind]:
            if not told.get(name):
                return name
        if self._kind in PEOPLE and not who_of(told).says_somebody:
            return "name"
        return None

    def _told(self, number: int, told: dict) -> Iterator[Row]:
        who = who_of(told) if self._kind in PEOPLE else None
        for facts in roles.FACTS_OF[self._kind](told):
            yield Row(number, who, facts)

    def _value(self, name: str, cells: dict):
        """The typed value, None where nothing is said, or Bad."""
        entry = self._fields[name]
        text = cells.get(entry["column"])
        if is_unknown(text):
            return None
        if name in DATES:
            return self._date(name, entry, text.strip())
        if name == "age":
            return _exact(nibrs.age(text) if self._sieve else read_age(text))
        if name == "sex":
            return SEXES.get(text.strip().casefold())
        return (stable_text(text) if name in NUMBERS else " ".join(text.split()))[:LONGEST]

    def _date(self, name: str, entry: dict, text: str) -> date | Bad:
        day = _day(entry, text)
        if day is None:
            return Bad(f"'{shape(text[:20])}' is no date", "left empty", False)
        if name == "born" and day > self._as_of and f"{day.year}" not in text:
            day = day.replace(year=day.year - 100)  # two figures of a year: nobody is born ahead
        if day < EARLIEST:
            return Bad("the date is too long ago", "correct the date", True)
        if day > self._as_of and name != "ends":
            return Bad("that day had not come when the file was made", "correct the date", True)
        return day


def _day(entry: dict, text: str) -> date | None:
    style = entry.get("style", "written")
    if style in NUMERIC_STYLES:
        moment = numeric_moment(text, style)
        return moment.date() if moment else None
    return parse_date(text, entry.get("order", "mdy"))


def _exact(age: Age | Bad | None) -> int | Bad | None:
    return age.exact if isinstance(age, Age) else age


def who_of(told: dict) -> Who:
    """Who the row is about; a name in one column is taken apart."""
    given, family, middle = told.get("given"), told.get("family"), told.get("middle")
    if told.get("name") and not (given or family):
        given, middle, family = _apart(told["name"])
    return Who(
        **{
            name: told.get(name) or ""
            for name in ("number", "alias", "sex", "race", "address", "phone")
        },
        plate=_plate(told), given=given or "", middle=middle or "", family=family or "",
        born=told.get("born"), died_on=told.get("died_on"), state_number=told.get("state_number"),
    )  # fmt: skip


def _plate(told: dict) -> str:
    """The plate as written, its state behind a comma."""
    plate = told.get("plate")
    return ", ".join(filter(None, (plate, told.get("plate_state")))) if plate else ""


def _apart(name: str) -> tuple[str, str, str]:
    """(given, middle, family) of "FAMILY, GIVEN MIDDLE" or "Given Middle Family", as written."""
    before, comma, after = name.partition(",")
    words = (after if comma else name).split()
    if comma:
        return (words[0] if words else ""), " ".join(words[1:]), before.strip()
    if len(words) < 2:
        return "", "", name.strip()
    return words[0], " ".join(words[1:-1]), words[-1]
