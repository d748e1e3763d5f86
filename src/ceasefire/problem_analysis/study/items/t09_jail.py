"""T9: who had been booked into jail before."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.words import Sentence
from ceasefire.registry.people.models import Contact

ABOUT = About(
    number="T9",
    chapter="history",
    title=_("Booked into jail before"),
    definition=_(
        "People with a booking into jail, or a release from it, before their first shooting of the "
        "study on that side. A booking is neither a sentence nor a conviction; prison after a "
        "sentence stands in no file of the register."
    ),
    unit=_("people, each once for a side"),
    denominator=_("people of that side whom an agency's file names"),
    method=_("Counts. A release without a booking on file counts as booked."),
)
CAPTIONS = {
    VICTIM: _("People shot, by bookings before they were shot"),
    SUSPECT: _("Suspects, by bookings before the shooting"),
}
JAIL = (Contact.Kind.BOOKING, Contact.Kind.RELEASE)
LATELY = pd.DateOffset(years=1)


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    if not people.contacts["kind"].isin(JAIL).any():
        return Lacking(Sentence(_(
            "No file tells of a booking of these people. The jail's file of bookings and releases "
            "would."
        )))  # fmt: skip
    sides = history.sides(people)
    return Found(
        sentences=[history.said(one, _("%(who)s: %(n)s had been booked into jail before."), "jail",
                                history.JAILED) for one in sides],
        tables=[history.table(one, _facts(people, one), key="jail", caption=CAPTIONS[one.key],
                              stub=_("Booked")) for one in sides],
        notes=list(history.reach(material, "contacts")),
    )  # fmt: skip


def _facts(people: People, side: Side) -> list[Fact]:
    before = people.before(side.key, people.contacts)
    before = before[before["kind"].isin(JAIL)]
    lately = before[before["on"] >= before["event"] - LATELY]
    return [
        Fact(history.JAILED, _("Ever on file"), numbers(before["person"])),
        Fact(
            "jailed-1y",
            _("In the twelve months before"),
            numbers(lately["person"]),
            within=(history.JAILED,),
        ),
    ]
