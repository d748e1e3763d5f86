"""The proposal for a file nobody has seen, and the mapping that a person confirms."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from os import PathLike

from ceasefire.kit.mapping import Choice, assign
from ceasefire.kit.readers import Table, open_table

from . import unit as units
from .fields import FIELDS
from .questions import Question, ask
from .settle import Settling, centre, settle
from .survey import Survey, survey
from .words import LEXICON

VERSION = 1


@dataclass(frozen=True)
class Mapping:
    """How a publisher's columns become our fields. Saved with the feed, as JSON.

    `unit`: "victim", "incident" or "event". `fields`: our field to {"column", format...}.
    `answers`: to questions, by what they are about. `left_out`: columns never taken in, with
    why. `crs`: EPSG number of x and y. `centre`: longitude and latitude of the middle
    of the file's places. `evidence`: why, in words.
    """

    unit: str
    fields: dict[str, dict]
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    crs: int | None = None
    centre: list[float] | None = None
    evidence: list[str] = field(default_factory=list)
    version: int = VERSION

    def as_json(self) -> dict:
        """The mapping as plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: dict | str) -> "Mapping":
        """The mapping that `as_json` gave, or its text; ValueError for another version."""
        held = json.loads(held) if isinstance(held, str) else held
        if held.get("version") != VERSION:
            raise ValueError(f"mapping version {held.get('version')} is not {VERSION}")
        return cls(**held)

    def columns(self) -> dict[str, str]:
        """Our field to their column."""
        return {name: entry["column"] for name, entry in self.fields.items()}

    def answered(self, answers: dict[str, str | list[str]]) -> "Mapping":
        """This mapping with the given answers, which also settle unit, order and projection."""
        answers = {**self.answers, **answers}
        held = self.as_json() | {"answers": answers}
        held["unit"] = answers.get("unit", self.unit)
        _apply_formats(held["fields"], answers)
        if "projection" in answers:
            held["crs"] = int(answers["projection"].removeprefix("EPSG:"))
        return Mapping(**held)


def _apply_formats(fields: dict[str, dict], answers: dict) -> None:
    for entry in fields.values():
        if "day_month_order" in answers and entry.get("order") in ("mdy", "dmy"):
            entry["order"] = answers["day_month_order"]
    if "occurred_at" in fields and answers.get("time_zone") == "local":
        fields["occurred_at"]["zoned"] = False
    if "longitude" in fields and "longitude_sign" in answers:
        fields["longitude"]["negate"] = answers["longitude_sign"] == "west"
    if answers.get("date_meaning") == "leave undated":
        fields.pop("occurred_at", None)
        fields.pop("occurred_date", None)


@dataclass(frozen=True)
class Proposal:
    """A mapping with every question answered by its default, the questions, and notes."""

    mapping: Mapping
    questions: list[Question]
    notes: list[str]


def propose(source: Table | str | PathLike, *, layer=None, as_of: date | None = None) -> Proposal:
    """Propose a mapping for an open table or a file, reading it once to its end.

    `layer`: the city's boundaries, to tell projections apart. `as_of`: dates after it are taken
    as misread; today if not given. Raises FileFault for a file that cannot be read.
    """
    if not isinstance(source, Table):
        with open_table(source) as table:
            return propose(table, layer=layer, as_of=as_of)
    as_of = as_of or date.today()
    return of_survey(survey(source, as_of=as_of), as_of=as_of, layer=layer)


def of_survey(
    read: Survey, *, as_of: date, layer=None, columns: dict[str, str] | None = None
) -> Proposal:
    """The proposal for a file that has been surveyed.

    `columns`: our field to their column, where a person has chosen; else the most likely ones.
    """
    chosen = assign(read.profiles, FIELDS, LEXICON)
    if columns is not None:
        chosen = {name: Choice(column, 1.0) for name, column in columns.items()}
    settling = settle(read, chosen, as_of, layer)
    unit = units.decide(settling)
    questions = ask(settling, unit)
    mapping = Mapping(
        unit=unit.name,
        fields=settling.fields,
        left_out=read.left_out,
        unmapped=_unmapped(settling),
        crs=settling.projections[0].epsg if settling.projections else None,
        centre=centre(settling),
        evidence=[f"one row is one {unit.name}: {unit.why}", *settling.evidence],
    )
    defaults = {question.about: question.default for question in questions}
    return Proposal(mapping.answered(defaults), questions, settling.notes)


def _unmapped(settling: Settling) -> list[str]:
    taken = {entry["column"] for entry in settling.fields.values()}
    return [column for column in settling.survey.profiles if column not in taken]
