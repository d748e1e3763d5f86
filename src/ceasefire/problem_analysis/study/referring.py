"""Verb: load a small table of published figures from outside, with its source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.kit.readers import FileFault, open_table
from ceasefire.problem_analysis.study.models import Reference
from ceasefire.registry.lint import require_words

Kind = Reference.Kind
MOST_ROWS = 2_000


@dataclass(frozen=True)
class Wanted:
    """words, figures: columns that a file of this kind has, and what the figures may be."""

    words: tuple[str, ...]
    figures: tuple[str, ...]
    # What the words of a column may be; any, where nothing is said.
    among: dict[str, set[str]] = field(default_factory=dict)


WANTED = {
    Kind.POPULATION: Wanted(
        ("dimension", "category"), ("people",), {"dimension": {"race", "sex", "age"}}
    ),
    Kind.PEERS: Wanted(("city",), ("year", "rate")),
    Kind.COSTS: Wanted(("kind",), ("cost",), {"kind": {"fatal", "injury", "no_injury"}}),
}


@transaction.atomic
def reference_load(*, kind: str, path: Path, file_name: str, source: str) -> Reference:
    """Load a table in place of the newest of its kind; earlier editions keep what they printed.

    Raises NotPermitted, ValidationError by field, naming the row and what is wrong with it.
    """
    actor = require_change(Reference)
    require_words(source=source)
    rows = read_rows(Kind(kind), path)
    made = Reference.objects.create(
        kind=kind, rows=rows, source=source.strip(), file_name=file_name[:255],
        loaded_by_id=actor.user_id,
    )  # fmt: skip
    audit.record("study.referred", made, result="done")
    return made


def read_rows(kind: Kind, path: Path) -> list[dict]:
    """Raises ValidationError at `file`."""
    wanted = WANTED[kind]
    try:
        rows = list(_read(path, wanted))
    except FileFault as fault:
        raise ValidationError({"file": str(fault)}) from fault
    if not 0 < len(rows) <= MOST_ROWS:
        raise ValidationError({"file": _("The file holds no row, or more than 2,000.")})
    return rows


def _read(path: Path, wanted: Wanted) -> Iterator[dict]:
    with open_table(path) as table:
        named = {name.strip().casefold(): name for name in table.columns}
        missing = [one for one in (*wanted.words, *wanted.figures) if one not in named]
        if missing:
            told = {"columns": ", ".join(missing)}
            raise ValidationError({"file": _("The file lacks these columns: %(columns)s.") % told})
        for chunk in table.chunks():
            for at, number in enumerate(chunk.row_numbers):
                said = {one: chunk.columns[name][at] for one, name in named.items()}
                yield _row(number, said, wanted)


def _row(nth: int, said: dict, wanted: Wanted) -> dict:
    words = {name: (said[name] or "").strip() for name in wanted.words}
    for name, value in words.items():
        if not value or value.casefold() not in wanted.among.get(name, {value.casefold()}):
            told = {"n": nth, "column": name, "said": value}
            raise ValidationError(
                {"file": _("Row %(n)s: “%(said)s” is no such %(column)s.") % told}
            )
    return words | {name: _figure(nth, name, said[name]) for name in wanted.figures}


def _figure(nth: int, name: str, said) -> float:
    try:
        value = float(str(said).replace(",", "").replace("$", "").strip())
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e12:
        told = {"n": nth, "column": name, "said": said}
        raise ValidationError(
            {"file": _("Row %(n)s: “%(said)s” in %(column)s is no such figure.") % told}
        )
    return int(value) if value.is_integer() else value
