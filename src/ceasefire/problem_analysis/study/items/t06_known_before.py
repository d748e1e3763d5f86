"""T6: who was known to the justice system before the event."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import Contact

ABOUT = About(
    number="T6",
    chapter="history",
    title=_("Known to the justice system before the event"),
    definition=_(
        "People with an arrest, a booking into jail, a supervision or a decided court case that is "
        "older than their first shooting of the study on that side. A contact with police that was "
        "no arrest stands below and does not count as known."
    ),
    unit=_("people, each once for a side; who is on both sides stands in both tables"),
    denominator=_("people of that side whom an agency's file names"),
    method=_(
        "Counts. Somebody has several of these, so that rows do not add up. An arrest is an arrest "
        "and not an offence or a conviction; a decided court case may have ended in no conviction."
    ),
)
EITHER = "either"
IN_KNOWN = (history.KNOWN,)
NOBODY_HIT = Incident.Kind.NO_INJURY
Kind = Contact.Kind


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    if people.contacts.empty and people.terms.empty and people.court.empty:
        return Lacking(Sentence(_(
            "No file of arrests, jail, supervision or court tells of these people. One of arrests "
            "would be the first to bring."
        )))  # fmt: skip
    sides = history.sides(people)
    everybody = numbers(people.side(None)["person"])
    together = Side(EITHER, _("Everybody"), everybody)
    return Found(
        sentences=[
            history.said(one, _("%(who)s: %(n)s were known to the justice system before."),
                         "known", history.KNOWN) for one in sides
        ],
        tables=[
            _told(material),
            *(history.table(one, facts(people, one.key), key="known", stub=_("What was on file"),
                            caption=CAPTIONS[one.key]) for one in sides),
            history.table(
                together, facts(people, None)[:2], key="known", stub=_("What was on file"),
                caption=_("Everybody shot or suspected, each once, by what was on file before"),
            ),
        ],
        figures=[
            history.figure(one, "known", CAPTIONS[one.key],
                           _("People of this side, by what was on file before; somebody may have "
                             "several."))
            for one in sides
        ],
        notes=list(history.reach(material)),
    )  # fmt: skip


CAPTIONS = {
    VICTIM: _("People shot, by what was on file before they were shot"),
    SUSPECT: _("Suspects, by what was on file before the shooting"),
}


def facts(people: People, side: str | None) -> list[Fact]:
    """side: None for the first shooting on either side."""
    contacts = people.before(side, people.contacts)
    arrested = _of_kind(people, contacts, Kind.ARREST)
    booked = _of_kind(people, contacts, Kind.BOOKING, Kind.RELEASE)
    supervised = _whom(people.terms, people.before(side, people.terms, on="starts"))
    court = _whom(people.court, people.before(side, people.court))
    known = frozenset().union(*(one for one in (arrested, booked, supervised, court) if one))
    return [
        Fact(history.KNOWN, _("Known to the justice system"), known),
        Fact(history.ARRESTED, _("Arrested"), arrested, within=IN_KNOWN),
        Fact(history.JAILED, _("Booked into jail"), booked, within=IN_KNOWN),
        Fact(history.SUPERVISED_EVER, _("Supervised"), supervised, within=IN_KNOWN),
        Fact(history.COURT, _("Decided court case"), court, within=IN_KNOWN),
        Fact("contact", _("Contact with police, no arrest"),
             _of_kind(people, contacts, Kind.CONTACT)),
    ]  # fmt: skip


def _of_kind(people: People, before, *kinds: str) -> frozenset[int] | None:
    return _whom(
        people.contacts[people.contacts["kind"].isin(kinds)], before[before["kind"].isin(kinds)]
    )


def _whom(told, before) -> frozenset[int] | None:
    """None where no file tells it of anybody, at whatever time."""
    return numbers(before["person"].unique()) if len(told) else None


def _told(material: Material) -> Table:
    """Of how many shootings somebody is known on either side."""
    incidents, involved = material.incidents, material.people.involved
    hit = incidents["kind"] != NOBODY_HIT
    rows = []
    for side, label, of in (
        (VICTIM, _("Who was shot, where somebody was or may have been"), incidents[hit]),
        (SUSPECT, _("A suspect"), incidents),
    ):
        told = involved.loc[involved["side"] == side, "incident"]
        n = int(of["id"].isin(told).sum())
        rows.append(Row(side, label, [n, len(of) - n, len(of), share(n, len(of))]))
    columns = (
        Column("n", _("Named by an agency")), Column("rest", _("Nobody named")),
        Column("all", _("Shootings")), Column("share", _("Share"), Unit.SHARE),
    )  # fmt: skip
    return Table("told", _("Shootings of which an agency's file says who was part"), _("Who"),
                 Of.SHOOTINGS, columns, rows, whole="all", adds_up=False)  # fmt: skip
