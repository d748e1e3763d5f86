"""T8: who had ever been, and who was, under supervision at the event."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.results import Table
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T8",
    chapter="history",
    title=_("Supervision"),
    definition=_(
        "Ever: a supervision that began before somebody's first shooting of the study on that "
        "side. At the event: one that had begun and had not ended on its day. By status as the "
        "files write it: probation, parole, pre-trial and so on."
    ),
    unit=_("people, each once for a side"),
    denominator=_("people of that side whom an agency's file names and of whom it is known"),
    method=_(
        "Counts. A supervision without an end runs on. One without a beginning makes it not known "
        "for its person, unless another one tells it. Somebody may have several statuses."
    ),
)
ANY = "·any"
CAPTIONS = {
    VICTIM: (_("People shot, by supervision ever before"),
             _("People shot, by supervision on the day they were shot")),
    SUSPECT: (_("Suspects, by supervision ever before"),
              _("Suspects, by supervision on the day of the shooting")),
}  # fmt: skip


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    if people.terms.empty:
        return Lacking(Sentence(_(
            "No file tells of a supervision of these people. The supervision office's roster would."
        )))  # fmt: skip
    sides = history.sides(people)
    return Found(
        sentences=[
            history.said(one, words, key, ANY) for one in sides for key, words in (
                ("ever", _("%(who)s: %(n)s had been under supervision before.")),
                ("current", _("%(who)s: %(n)s were under supervision on the day.")),
            )
        ],
        tables=[table for side in sides for table in _tables(people, side)],
        notes=list(history.reach(material))[-1:],
    )  # fmt: skip


def current(people: People, side: str | None) -> Fact:
    """Who was under supervision of whatever status on the day of their first shooting."""
    terms = _terms(people, side)
    return Fact(ANY, _("Any supervision"), numbers(terms.loc[terms["current"], "person"]),
                numbers(terms.loc[terms["perhaps"] & terms["open"], "person"]))  # fmt: skip


def _terms(people: People, side: str | None) -> pd.DataFrame:
    """Every term with: ever (begun before), open (not ended), perhaps (its beginning not told)."""
    first = people.side(side)[["person", "on"]].rename(columns={"on": "event"})
    terms = people.terms.merge(first, on="person")
    ever, is_open = terms["starts"] < terms["event"], ~(terms["ends"] < terms["event"])
    return terms.assign(
        ever=ever, open=is_open, current=ever & is_open, perhaps=terms["starts"].isna(),
        status=terms["status"].str.strip().str.casefold(),
    )  # fmt: skip


def _tables(people: People, side: Side) -> list[Table]:
    terms = _terms(people, side.key)
    doubtful = terms["perhaps"]
    ever, at_event = CAPTIONS[side.key]
    return [
        history.table(side, _facts(terms, terms["ever"], doubtful), key="ever", caption=ever,
                      stub=_("Supervision")),
        history.table(side, _facts(terms, terms["current"], doubtful & terms["open"]),
                      key="current", caption=at_event, stub=_("Supervision"),
                      yes=_("On the day")),
    ]  # fmt: skip


def _facts(terms: pd.DataFrame, so: pd.Series, doubtful: pd.Series) -> list[Fact]:
    def fact(key: str, label, of: pd.Series) -> Fact:
        return Fact(key, label, numbers(terms.loc[so & of, "person"]),
                    numbers(terms.loc[doubtful & of, "person"]))  # fmt: skip

    everyone = pd.Series(True, index=terms.index)
    named = [
        fact(one, one.capitalize() or _("Status not told"), terms["status"] == one)
        for one in sorted(terms["status"].unique())
    ]
    return [fact(ANY, _("Any supervision"), everyone), *named]
