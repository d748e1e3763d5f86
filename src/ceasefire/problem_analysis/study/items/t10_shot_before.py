"""T10: who had been shot before."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T10",
    chapter="history",
    title=_("Shot before"),
    definition=_(
        "People who stand as a victim in a shooting of the register that is older than their first "
        "shooting of the study on that side, whether or not the study is of such shootings. A "
        "suspect who had been a victim is counted among the suspects here."
    ),
    unit=_("people, each once for a side"),
    denominator=_("people of that side whom an agency's file names"),
    method=_(
        "Counts, of shootings that stand in the register: none that was withdrawn or unfounded. "
        "Who was shot elsewhere, or before the register begins, is not known here to have been."
    ),
)
CAPTIONS = {
    VICTIM: _("People shot, by whether they had been shot before"),
    SUSPECT: _("Suspects, by whether they had been shot before"),
}
YEARS = ((2, _("In the two years before")), (1, _("In the twelve months before")))


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    sides = history.sides(people)
    return Found(
        sentences=[
            history.said(one, _("%(who)s: %(n)s had been shot before."), "shot", history.SHOT)
            for one in sides
        ],
        tables=[history.table(one, _facts(people, one), key="shot", caption=CAPTIONS[one.key],
                              stub=_("Shot before")) for one in sides],
        notes=_reach(material),
    )  # fmt: skip


def shot_before(people: People, side: str | None) -> pd.DataFrame:
    """person, on, event: each time somebody had been shot before their first shooting."""
    return people.before(side, people.hurt)


def _facts(people: People, side: Side) -> list[Fact]:
    before = shot_before(people, side.key)
    facts = [Fact(history.SHOT, _("Ever in the register"), numbers(before["person"]))]
    for years, label in YEARS:
        lately = before[before["on"] >= before["event"] - pd.DateOffset(years=years)]
        outer = facts[-1].key
        facts.append(Fact(f"shot-{years}y", label, numbers(lately["person"]), within=(outer,)))
    return facts


def _reach(material: Material) -> list[Sentence]:
    oldest = material.people.hurt["on"].min()
    if pd.isna(oldest):
        return []
    return [Sentence(_("The oldest shooting of which a file names these people was on %(day)s."),
                     plain={"day": history.later_day(oldest.date())})]  # fmt: skip
