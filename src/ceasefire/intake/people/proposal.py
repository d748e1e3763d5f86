"""The proposal for a file about people that nobody has seen: which column is which fact."""

from datetime import date

from ceasefire.access.text_lint import column_refused, judgement_refused, values_refused
from ceasefire.intake.mapping import Mapping, Proposal
from ceasefire.intake.models import Feed
from ceasefire.intake.people.fields import DATES, NEEDED, PEOPLE, SOMEBODY, fields_of
from ceasefire.intake.people.words import LEXICON
from ceasefire.intake.questions import Question
from ceasefire.intake.survey import Survey
from ceasefire.kit.mapping import Choice, assign
from ceasefire.kit.readers import FileFault, Table
from ceasefire.kit.values import Profile

# Identity numbers that the product has no use for, whatever a file holds.
_NEVER = {"social": "a social security number", "email": "an email address"}


def survey(table: Table, *, as_of: date, kind: str = "") -> Survey:
    """Read a table to its end; columns that may never be taken in are forgotten again.

    Of an earlier list, what that programme thought of somebody is forgotten too.
    """
    profiles = {column: Profile(column, as_of) for column in table.columns}
    rows = 0
    for chunk in table.chunks():
        rows += len(chunk.row_numbers)
        for column, profile in profiles.items():
            profile.add(chunk.columns[column])
    judged = judgement_refused if kind == Feed.Kind.PRIOR_LIST else lambda column: None
    left_out = {c: why for c in profiles if (why := judged(c) or _why_left_out(profiles[c]))}
    kept = {column: one for column, one in profiles.items() if column not in left_out}
    return Survey(tuple(table.columns), kept, left_out, rows)


def _why_left_out(profile: Profile) -> str | None:
    if why := column_refused(profile.name):
        return why
    concepts = {c for word in LEXICON.read(profile.name) if len(word) == 1 for c in word}
    never = (why for concept, why in _NEVER.items() if concept in concepts)
    return next(never, None) or values_refused(profile.tried)


def of_survey(read: Survey, kind: str, *, columns: dict[str, str] | None = None) -> Proposal:
    """The proposal for a surveyed file of one kind.

    columns: our field to their column, where a person has chosen; else the most likely ones.
    """
    if columns is None:
        columns = {f: one.column for f, one in _assigned(read, kind).items()}
    fields = {name: {"column": column} for name, column in columns.items()}
    questions = _dates_settled(fields, read)
    taken = {*columns.values()}
    mapping = Mapping(
        unit=kind,
        fields=fields,
        left_out=read.left_out,
        unmapped=[column for column in read.profiles if column not in taken],
        evidence=[""],
    )
    return Proposal(mapping.answered({one.about: one.default for one in questions}), questions, [])


def _assigned(read: Survey, kind: str) -> dict[str, Choice]:
    found = assign(read.profiles, fields_of(kind), LEXICON)
    if {"given", "family"} & found.keys():
        found.pop("name", None)
    return found


def refuse_silent(mapping: Mapping) -> None:
    """Raises FileFault for a mapping whose rows would say nothing, with what is missing."""
    kind, held = mapping.unit, mapping.fields.keys()
    missing = [name for name in NEEDED[kind] if name not in held]
    if kind in PEOPLE and not held & {*SOMEBODY}:
        missing.append("name")
    if missing:
        told = ", ".join(name.replace("_", " ") for name in missing)
        raise FileFault(
            "the file", f"no column holds: {told}",
            "choose the column on the mapping page, or choose another kind of feed",
        )  # fmt: skip


def _dates_settled(fields: dict[str, dict], read: Survey) -> list[Question]:
    """Give each date its column's order; ask where a column leaves day and month open."""
    readings = {
        name: reading
        for name in DATES
        if name in fields and (reading := read.profiles[fields[name]["column"]].dates)
    }
    for name, reading in readings.items():
        fields[name] |= {"order": reading.order, "style": reading.style}
    unsure = next((name for name, reading in readings.items() if reading.open_order), None)
    if unsure is None:
        return []
    why = f'every date in "{fields[unsure]["column"]}" can be read as month/day and as day/month'
    return [Question("day_month_order", ["mdy", "dmy"], readings[unsure].order, why)]
