"""What was known of somebody before their first shooting of the study: a row a fact, for each side.

Facts overlap, so that a table of them has no total; in each row who has it, who has not and of whom
it is not known add up to everybody. "Nothing on file" is no proof that there was nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import Lacking, share
from ceasefire.problem_analysis.study.items.sides import WORDS
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence, Words
from ceasefire.registry.words import day

NOBODY = Lacking(Sentence(_(
    "No agency's file says who the people of these shootings are, or whoever built this may not "
    "read people. A file of the people in shootings would tell it."
)))  # fmt: skip
# Facts that several items tell.
KNOWN, ARRESTED, JAILED = "known", "arrested", "jailed"
SUPERVISED_EVER, SUPERVISED, COURT, SHOT = "supervised-ever", "supervised", "court", "shot"
# A day in whatever language it is asked for in.
later_day = lazy(day, str)
BEFORE = _("Before")
REST = _("Nothing on file")


@dataclass(frozen=True)
class Side:
    """everybody: the people of a side by number, each once."""

    key: str
    label: Words
    everybody: frozenset[int]


@dataclass(frozen=True)
class Fact:
    """key: the same wherever an item tells it of a side. whom: those of whom it is so; None where
    no file tells it of anybody. unknown: of whom it cannot be told. within: keys of the facts that
    hold of all of these."""

    key: str
    label: Words
    whom: frozenset[int] | None
    unknown: frozenset[int] = frozenset()
    within: tuple[str, ...] = ()


def sides(people: People) -> list[Side]:
    found = (Side(key, WORDS[key][0], numbers(people.side(key)["person"]))
             for key in (VICTIM, SUSPECT))  # fmt: skip
    return [one for one in found if one.everybody]


def numbers(persons: Iterable) -> frozenset[int]:
    return frozenset(int(one) for one in persons)


def table(
    side: Side, facts: Sequence[Fact], *, key: str, caption: Words, stub: Words,
    yes: Words = BEFORE, rest: Words = REST,
) -> Table:  # fmt: skip
    """One row a fact: yes, (not known,) the rest, all, and the share of those of whom it is
    known."""
    doubtful = any(one.unknown for one in facts)
    columns = [
        Column("n", yes), *([Column("unknown", _("Not known"))] if doubtful else []),
        Column("rest", rest), Column("all", side.label),
        Column("share", _("Share of those known") if doubtful else _("Share"), Unit.SHARE),
    ]  # fmt: skip
    rows = [_row(one, side.everybody, doubtful) for one in facts]
    return Table(f"{side.key}-{key}", caption, stub, Of.PEOPLE, columns, rows, whole="all",
                 adds_up=False)  # fmt: skip


def _row(fact: Fact, everybody: frozenset[int], doubtful: bool) -> Row:
    if fact.whom is None:
        cells = [None, *([None] if doubtful else []), None, len(everybody), None]
        return Row(fact.key, fact.label, cells, note=_("no file tells it"))
    n = len(fact.whom & everybody)
    unknown = len((fact.unknown - fact.whom) & everybody)
    rest = len(everybody) - n - unknown
    cells = [n, *([unknown] if doubtful else []), rest, len(everybody), share(n, n + rest)]
    return Row(fact.key, fact.label, cells, within=fact.within)


def figure(side: Side, key: str, title: Words, sentence: Words) -> Figure:
    at = f"{side.key}-{key}"
    return Figure(at, "named", title, Sentence(sentence), table=at, columns=["n"])


def said(side: Side, words: Words, key: str, row: str, column: str = "share") -> Sentence:
    """words: with %(who)s and %(n)s."""
    return Sentence(words, cells={"n": Cell(f"{side.key}-{key}", row, column)},
                    plain={"who": side.label})  # fmt: skip


def reach(material: Material, *files: str) -> Iterator[Sentence]:
    """How far back the register's files go (`contacts`, `terms`; left out, both), as of when."""
    people = material.people
    if material.plan.as_known:
        yield Sentence(_("Files about people are read as they were known on the study's day; which "
                         "records are one person's, as it is known now."))  # fmt: skip
    for file, on, words in (
        ("contacts", "on", _("The register's arrests and bookings of these people begin on "
                                  "%(day)s: what is older stands in no file here.")),
        ("terms", "starts", _("The oldest supervision that a file tells of began on %(day)s: "
                                   "what had ended before a roster was loaded is not known.")),
    ):  # fmt: skip
        oldest = getattr(people, file)[on].min()
        if file in (files or ("contacts", "terms")) and not pd.isna(oldest):
            yield Sentence(words, plain={"day": later_day(oldest.date())})
