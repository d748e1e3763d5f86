"""T7: arrests before the event, by class of the charge, and decided court cases apart."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence
from ceasefire.registry.people.models import Contact

ABOUT = About(
    number="T7",
    chapter="history",
    title=_("Arrests before the event"),
    definition=_(
        "Arrests older than somebody's first shooting of the study on that side, by class of the "
        "charge as the files write it; decided court cases in a table of their own. An arrest is "
        "not an offence and not a conviction. What a court decided stays behind its own door: a "
        "decided case here may have ended in a dismissal."
    ),
    unit=_("people; arrests, and decided cases, only as means and medians for each person"),
    denominator=_("people of that side whom an agency's file names, with arrests or without"),
    method=_(
        "Rows of one person, day and class are one arrest, since a file may have a row a charge "
        "and two agencies may tell of the same. An arrest with charges of two classes stands in "
        "both classes and once in all. Cases decided on one day count as one. Means and medians "
        "are of all people of the side, those with none among them."
    ),
)
ANY = history.ARRESTED
NO_CLASS = "·none"
CAPTIONS = {
    VICTIM: (_("People shot, by arrests before, of each class"),
             _("People shot: arrests before, for each person"),
             _("People shot, by court cases decided before")),
    SUSPECT: (_("Suspects, by arrests before, of each class"),
              _("Suspects: arrests before, for each person"),
              _("Suspects, by court cases decided before")),
}  # fmt: skip
CLASSES = {"f": _("Felony charge"), "m": _("Misdemeanour charge"), "felony": _("Felony charge"),
           "misdemeanor": _("Misdemeanour charge")}  # fmt: skip


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    if not (people.contacts["kind"] == Contact.Kind.ARREST).any():
        return Lacking(Sentence(_(
            "No file tells of an arrest of these people. A file of arrests with their classes "
            "would."
        )))  # fmt: skip
    sides = history.sides(people)
    tables = [one for side in sides for one in _tables(people, side)]
    return Found(
        sentences=[one for side in sides for one in _sentences(side)],
        tables=tables,
        figures=[history.figure(side, "classes", CAPTIONS[side.key][0],
                                _("People of this side with such an arrest before; somebody may "
                                  "have several."))
                 for side in sides],
        notes=list(history.reach(material, "contacts")) + _court_note(people),
    )  # fmt: skip


def arrests(people: People, side: str | None) -> pd.DataFrame:
    """person, on, class: of arrests before, each of one day and class once."""
    contacts = people.contacts[people.contacts["kind"] == Contact.Kind.ARREST]
    before = people.before(side, contacts)
    named = before["charge_class"].str.strip().str.casefold()
    return before.assign(**{"class": named})[["person", "on", "class"]].drop_duplicates()


def _tables(people: People, side: Side) -> list[Table]:
    found = arrests(people, side.key)
    by_class, middle, court = CAPTIONS[side.key]
    made = [_by_class(side, found, by_class), _middle(side, _days(found), middle)]
    if len(people.court):
        made.append(_court(side, people.before(side.key, people.court), court))
    return made


def _days(found: pd.DataFrame) -> pd.DataFrame:
    return found[["person", "on"]].drop_duplicates()


def _by_class(side: Side, found: pd.DataFrame, caption) -> Table:
    groups = [(ANY, _("Any arrest"), _days(found))]
    for name in sorted(found["class"].unique(), key=lambda one: (one == "", one)):
        label = CLASSES.get(name, name.capitalize()) if name else _("Class not told")
        groups.append((name or NO_CLASS, label, found[found["class"] == name]))
    facts = [
        Fact(key, label, numbers(of["person"]), within=() if key == ANY else (ANY,))
        for key, label, of in groups
    ]
    means = [len(of) / len(side.everybody) for _key, _label, of in groups]
    return _with_means(
        history.table(side, facts, key="classes", caption=caption, stub=_("Arrests")),
        means, _("Arrests a person (mean)"),
    )  # fmt: skip


def _with_means(table: Table, means: list[float], label) -> Table:
    rows = [
        Row(row.key, row.label, [*row.cells, mean], note=row.note)
        for row, mean in zip(table.rows, means, strict=True)
    ]
    columns = [*table.columns, Column("mean", label, Unit.RATIO)]
    return Table(table.key, table.caption, table.stub, table.of, columns, rows, table.whole,
                 table.adds_up)  # fmt: skip


def _middle(side: Side, days: pd.DataFrame, caption) -> Table:
    each = days["person"].value_counts().reindex(sorted(side.everybody), fill_value=0)
    columns = (Column("n", side.label), Column("mean", _("Arrests a person (mean)"), Unit.RATIO),
               Column("median", _("Arrests a person (median)"), Unit.MEAN))  # fmt: skip
    row = Row("arrests", side.label, [len(each), float(each.mean()), float(each.median())])
    return Table(f"{side.key}-middle", caption, _("Who"), Of.PEOPLE, columns, [row],
                 adds_up=False)  # fmt: skip


def _court(side: Side, before: pd.DataFrame, caption) -> Table:
    before = _days(before)
    facts = [Fact(history.COURT, _("Any decided court case"), numbers(before["person"]))]
    return _with_means(
        history.table(side, facts, key="court", caption=caption, stub=_("Court cases")),
        [len(before) / len(side.everybody)], _("Decided cases a person (mean)"),
    )  # fmt: skip


def _sentences(side: Side) -> list[Sentence]:
    return [
        Sentence(
            _("%(who)s: %(n)s had been arrested before. Over all of them the mean is %(mean)s "
              "arrests a person, the median %(median)s."),
            cells={"n": Cell(f"{side.key}-classes", ANY, "share"),
                   "mean": Cell(f"{side.key}-middle", "arrests", "mean"),
                   "median": Cell(f"{side.key}-middle", "arrests", "median")},
            plain={"who": side.label},
        )
    ]  # fmt: skip


def _court_note(people: People) -> list[Sentence]:
    if len(people.court):
        return []
    return [Sentence(_("No file of court decisions is loaded: decided cases, and with them "
                       "convictions, cannot be told."))]  # fmt: skip
