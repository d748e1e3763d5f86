"""T8: who had ever been, and who was, under supervision at the event."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.words import Sentence, told

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
CAPTIONS = {
    VICTIM: _("People shot, by supervision ever before and on the day they were shot"),
    SUSPECT: _("Suspects, by supervision ever before and on the day of the shooting"),
}
EVER, NOW = history.SUPERVISED_EVER, history.SUPERVISED


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
            history.said(one, words, "supervision", key) for one in sides for key, words in (
                (EVER, _("%(who)s: %(n)s had been under supervision before.")),
                (NOW, _("%(who)s: %(n)s were under supervision on the day.")),
            )
        ],
        tables=[
            history.table(one, _facts(_terms(people, one.key)), key="supervision",
                          caption=CAPTIONS[one.key], stub=_("Supervision"),
                          yes=_("Under supervision")) for one in sides
        ],
        notes=list(history.reach(material, "terms")),
    )  # fmt: skip


def current(people: People, side: str | None) -> Fact:
    """Who was under supervision of whatever status on the day of their first shooting."""
    terms = _terms(people, side)
    return _now(NOW, _("Any, on the day"), terms, pd.Series(True, index=terms.index), ())


def _terms(people: People, side: str | None) -> pd.DataFrame:
    """Every term with: ever (begun before), open (not ended), perhaps (its beginning not told)."""
    first = people.side(side)[["person", "on"]].rename(columns={"on": "event"})
    terms = people.terms.merge(first, on="person")
    ever, is_open = terms["starts"] < terms["event"], ~(terms["ends"] < terms["event"])
    return terms.assign(
        ever=ever, open=is_open, current=ever & is_open, perhaps=terms["starts"].isna(),
        status=terms["status"].str.strip().str.casefold(),
    )  # fmt: skip


def _facts(terms: pd.DataFrame) -> list[Fact]:
    """Of any status and of each: ever, and of these on the day."""
    everyone = pd.Series(True, index=terms.index)
    found = [_ever(EVER, _("Any, ever"), terms, everyone),
             _now(NOW, _("Any, on the day"), terms, everyone, (EVER,))]  # fmt: skip
    for status in sorted(terms["status"].unique()):
        of, named = terms["status"] == status, status.capitalize() or _("Status not told")
        ever = f"{EVER} {status}"
        found += [
            _ever(ever, told(_("%(status)s, ever"), status=named), terms, of, (EVER,)),
            _now(f"{NOW} {status}", told(_("%(status)s, on the day"), status=named), terms, of,
                 (ever, NOW)),
        ]  # fmt: skip
    return found


def _ever(key: str, label, terms: pd.DataFrame, of: pd.Series, within=()) -> Fact:
    return Fact(key, label, numbers(terms.loc[terms["ever"] & of, "person"]),
                numbers(terms.loc[terms["perhaps"] & of, "person"]), within)  # fmt: skip


def _now(key: str, label, terms: pd.DataFrame, of: pd.Series, within) -> Fact:
    return Fact(key, label, numbers(terms.loc[terms["current"] & of, "person"]),
                numbers(terms.loc[terms["perhaps"] & terms["open"] & of, "person"]),
                within)  # fmt: skip
