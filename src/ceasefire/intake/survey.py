"""One reading of a whole file that keeps what a mapping needs, and nothing else."""

from dataclasses import dataclass, field
from datetime import date

from ceasefire.access.text_lint import column_refused, values_refused
from ceasefire.kit.readers import Table
from ceasefire.kit.values import Profile

from . import suits
from .words import LEXICON

_ALWAYS = {
    "given": "a person's name",
    "birth": "a date of birth",
    "birthplace": "a place of birth",
    "immigration": "immigration or citizenship",
    "religion": "religion",
    "politics": "politics",
    "phone": "a telephone number",
    "email": "an email address",
    "ssn": "an identity number",
}
_PEOPLE = ("victim", "perp", "person", "officer")


@dataclass
class Survey:
    """Profiles of the columns that may be mapped, and those left out on purpose, with why."""

    columns: tuple[str, ...]
    profiles: dict[str, Profile]
    left_out: dict[str, str] = field(default_factory=dict)
    rows: int = 0

    def head(self, column: str) -> list[str | None]:
        """The first rows of a column, in file order."""
        return self.profiles[column].sequence


def survey(table: Table, *, as_of: date) -> Survey:
    """Read a table to its end. Columns that may identify a person are forgotten again."""
    profiles = {column: Profile(column, as_of) for column in table.columns}
    rows = 0
    for chunk in table.chunks():
        rows += len(chunk.row_numbers)
        for column, profile in profiles.items():
            profile.add(chunk.columns[column])
    left_out = {c: why for c, profile in profiles.items() if (why := why_left_out(profile))}
    kept = {column: p for column, p in profiles.items() if column not in left_out}
    return Survey(tuple(table.columns), kept, left_out, rows)


def why_left_out(profile: Profile) -> str | None:
    """Why a column is never taken in: it names or identifies a person, or is none of our affair."""
    if why := column_refused(profile.name):
        return why
    words = LEXICON.read(profile.name)
    certain = {concept for word in words if len(word) == 1 for concept in word}
    for concept, why in _ALWAYS.items():
        if concept in certain:
            return why
    if "name" in certain and (
        certain <= {"name", "noise", "start", "end"} or certain & set(_PEOPLE)
    ):
        return "a person's name"
    return _by_values(profile, certain)


def _by_values(profile: Profile, certain: set[str]) -> str | None:
    if kind := suits.contact_like(profile):
        return "values that look like " + {"SSN": "identity numbers"}.get(kind, f"{kind}s")
    if suits.name_like(profile) >= 0.6:
        return "values that look like people's names"
    if certain and certain <= {*_PEOPLE, "noise"} and suits.free_names(profile):
        return "a person's name"
    return values_refused(profile.tried)
