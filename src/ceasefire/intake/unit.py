"""What one row stands for: a victim, an incident, or an event with counts."""

from dataclasses import dataclass

from ceasefire.kit.values import is_empty

from . import fields as catalogue
from . import suits
from .settle import Settling
from .words import LEXICON

NOTICEABLE = 0.01


@dataclass(frozen=True)
class Unit:
    """The unit, why, and whether a person should confirm it."""

    name: str
    why: str
    unsure: bool = False


def decide(s: Settling) -> Unit:
    """The row unit from the mapped columns and how incident numbers repeat."""
    if _is_totals(s):
        s.notes.append("this file holds totals, not shootings: there is nothing in it to load")
        return Unit("event", f'each row is a total of incidents ("{s.column("incidents")}")')
    s.drop("incidents")
    people = _person_columns(s)
    counts = [s.column(n) for n in catalogue.COUNTS if s.has(n) and not s.profile(n).blank]
    repeats = repeat_share(s)
    if counts and not (people and (repeats >= NOTICEABLE or _all_ones(s, counts))):
        return Unit("event", f"each row counts people ({_quoted(counts)})")
    if people:
        s.drop(*catalogue.COUNTS)
        return Unit("victim", _why_victim(s, people, repeats))
    if repeats >= NOTICEABLE and _speaks_of_victims(s):
        return Unit("victim", f"incident numbers repeat ({repeats:.0%} of rows), a row per victim")
    return _incident(s, repeats)


def _person_columns(s: Settling) -> list[str]:
    """Columns that describe one person, also those that are not taken in."""
    mapped = [s.column(n) for n in catalogue.PERSON if s.has(n) and not s.profile(n).blank]
    blank = {name for name, profile in s.survey.profiles.items() if profile.blank}
    return mapped or [c for c in s.survey.columns if c not in blank and _describes_victim(c)]


def _describes_victim(column: str) -> bool:
    heads = {concept for word in LEXICON.read(column) if len(word) == 1 for concept in word}
    return "victim" in heads and bool(heads & {"age", "sex", "race", "ethnicity", "name", "given"})


def _incident(s: Settling, repeats: float) -> Unit:
    why = "no column describes a person or counts people"
    if repeats:
        return Unit("incident", f"{why}; {repeats:.1%} of rows repeat an incident number")
    same = identical_share(s) if not s.has("incident_number") else 0.0
    if same >= 0.05:
        return Unit("incident", f"{why}; but {same:.0%} of rows are identical to another", True)
    return Unit("incident", why)


def _all_ones(s: Settling, columns: list[str]) -> bool:
    return not any(suits.tally_above_one(s.survey.profiles[column]) for column in columns)


def _quoted(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _why_victim(s: Settling, people: list[str], repeats: float) -> str:
    why = f"each row describes one person ({_quoted(people)})"
    if repeats:
        return f'{why} and "{s.column("incident_number")}" repeats in {repeats:.0%} of rows'
    return why


def _is_totals(s: Settling) -> bool:
    return (
        s.has("incidents")
        and suits.tally_above_one(s.profile("incidents")) > 0
        and not s.has("incident_number")
        and not s.has("address")
        and not s.has("latitude")
    )


def _speaks_of_victims(s: Settling) -> bool:
    heads = [c for entry in s.fields.values() for w in LEXICON.read(entry["column"]) for c in w]
    return "victim" in heads


def repeat_share(s: Settling) -> float:
    """Share of the first rows whose incident number has been seen before."""
    if not s.has("incident_number"):
        return 0.0
    numbers = [t for t in s.survey.head(s.column("incident_number")) if not is_empty(t)]
    return 1 - len(set(numbers)) / len(numbers) if numbers else 0.0


def identical_share(s: Settling) -> float:
    """Share of the first rows equal to an earlier one in every mapped column but row ids."""
    taken = {entry["column"] for name, entry in s.fields.items() if name not in catalogue.VOLATILE}
    rows = list(zip(*(s.survey.head(column) for column in sorted(taken)), strict=True))
    return 1 - len(set(rows)) / len(rows) if rows else 0.0
