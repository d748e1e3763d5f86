"""T24: how what was known before overlaps, and about how many people need service now."""

import math
from collections import Counter

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.sessions.models import Code
from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, Side, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.items.t08_supervision import current
from ceasefire.problem_analysis.study.items.t10_shot_before import shot_before
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence
from ceasefire.registry.people.models import Contact, Involvement

ABOUT = About(
    number="T24",
    chapter="need",
    title=_("How many people need service now"),
    definition=_(
        "Five circumstances, each known or not: part of two or more shootings of the study; under "
        "supervision at the event; shot before; part of a shooting in which a group was involved, "
        "confirmed or suspected; arrested before. How many hold together for how many people; and "
        "from that a range of how many people a programme would serve now."
    ),
    unit=_("people, each once for a side; for the range each once, whichever side they were on"),
    denominator=_("people of that side whom an agency's file names"),
    method=_(
        "It counts heads, and says of nobody what is to come: no person has a number here, none is "
        "listed, and being counted is no ground for anything. Low: living people of shootings of "
        "the study's last twelve months for whom at least two circumstances hold. High: those for "
        "whom at least one holds, and as many again for each shooting without a named suspect as "
        "there were such suspects for each shooting with one. The high end takes those who are not "
        "known to be other people, and like the known: it is an upper end and no expectation. Low "
        "is rounded down and high up. The range is the programme's denominator until the next "
        "study."
    ),
)
MONTHS = 12
STRICT = 2
# Three and more stand together, so that the circumstances' own counts give no small cell away.
TOP = 3
INVOLVED = (Code.Involvement.CONFIRMED, Code.Involvement.SUSPECTED)
DETERMINED = (*INVOLVED, Code.Involvement.NOT)
CAPTIONS = {
    VICTIM: (_("People shot, by circumstance"),
             _("People shot, by how many circumstances hold together")),
    SUSPECT: (_("Suspects, by circumstance"),
              _("Suspects, by how many circumstances hold together")),
}  # fmt: skip


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    sides = history.sides(people)
    tables = [one for side in sides for one in _overlap(material, side)]
    steps = _now(material)
    return Found(
        sentences=[
            Sentence(_("About %(low)s to %(high)s people need service now."),
                     cells={"low": Cell("need", "range", "low"),
                            "high": Cell("need", "range", "high")}),
            Sentence(_("Low: two or more circumstances hold for %(two)s living people of the last "
                       "twelve months. High: with %(one)s for whom one holds, and %(each)s for "
                       "each of %(without)s shootings without a named suspect."),
                     cells={"two": Cell("lately", "2", "n"), "one": Cell("lately", "1", "n"),
                            "each": Cell("named", "wide", "each"),
                            "without": Cell("open", "without", "n")}),
        ],
        tables=[*tables, *steps],
        figures=[
            Figure(f"{one.key}-together", "named", CAPTIONS[one.key][1],
                   Sentence(_("People of this side by how many of the five hold.")),
                   table=f"{one.key}-together", columns=["n"]) for one in sides
        ],
        notes=_notes(material),
    )  # fmt: skip


def facts(material: Material, side: str | None) -> list[Fact]:
    """The five circumstances of the people of a side; None for a side that is either."""
    people = material.people
    of = people.involved if side is None else people.involved[people.involved["side"] == side]
    return [
        Fact("repeat", _("In two or more shootings of the study"), _repeated(people, of)),
        current_at_event(people, side),
        Fact(history.SHOT, _("Shot before"), numbers(shot_before(people, side)["person"])),
        _with_group(material, of),
        Fact(history.ARRESTED, _("Arrested before"), _arrested(people, side)),
    ]  # fmt: skip


def _repeated(people: People, of: pd.DataFrame) -> frozenset[int]:
    """On whichever side: who was shot in one and is suspected of another is in two."""
    shootings = people.involved.groupby("person")["incident"].nunique()
    return numbers(shootings.index[shootings >= 2]) & numbers(of["person"])


def current_at_event(people: People, side: str | None) -> Fact:
    told = current(people, side)
    label = _("Under supervision at the event")
    whom = told.whom if len(people.terms) else None
    return Fact(history.SUPERVISED, label, whom, told.unknown)


def _with_group(material: Material, of: pd.DataFrame) -> Fact:
    """Not known of those none of whose shootings has a determination."""
    told = ("group", _("In a shooting with a group involved"))
    if material.codes is None or not material.codes.given:
        return Fact(*told, None)
    codes = {one.incident_id: one.involvement for one in material.codes.given}
    said = of["incident"].map(codes)
    whom, determined = (
        numbers(of.loc[said.isin(kinds), "person"]) for kinds in (INVOLVED, DETERMINED)
    )
    return Fact(*told, whom, numbers(of["person"]) - determined)


def _arrested(people: People, side: str | None) -> frozenset[int] | None:
    arrests = people.contacts[people.contacts["kind"] == Contact.Kind.ARREST]
    return numbers(people.before(side, arrests)["person"]) if len(arrests) else None


def held(found: list[Fact], everybody: frozenset[int]) -> Counter:
    """Of each person of `everybody`: how many of the circumstances are known to hold."""
    counted = Counter(dict.fromkeys(everybody, 0))
    for one in found:
        counted.update((one.whom or frozenset()) & everybody)
    return counted


def _overlap(material: Material, side: Side) -> list[Table]:
    found = facts(material, side.key)
    by_fact, together = CAPTIONS[side.key]
    counts = Counter(min(n, TOP) for n in held(found, side.everybody).values())
    labels = (_("None known"), _("One"), _("Two"), _("Three or more"))
    rows = [Row(str(n), label, [counts[n], share(counts[n], len(side.everybody))])
            for n, label in enumerate(labels)]  # fmt: skip
    rows.append(Row("all", _("All"), [len(side.everybody), None], total=True))
    columns = (Column("n", side.label), Column("share", _("Share"), Unit.SHARE))
    return [
        history.table(side, found, key="facts", caption=by_fact, stub=_("Circumstance"),
                      yes=_("It holds")),
        Table(f"{side.key}-together", together, _("Hold together"), Of.PEOPLE, columns, rows),
    ]  # fmt: skip


def _now(material: Material) -> list[Table]:
    """The steps of the range, and the range."""
    people = material.people
    since = pd.Timestamp(material.plan.end) - pd.DateOffset(months=MONTHS)
    lately = people.involved[people.involved["on"] > since]
    shootings = material.incidents.loc[material.incidents["on"] > since, "id"]
    everybody, gone = numbers(lately["person"]), _died(people)
    counted = held(facts(material, None), everybody - gone)
    by_count = Counter(min(n, STRICT) for n in counted.values())
    suspects = lately[lately["side"] == SUSPECT]
    wide = sum(counted[int(one)] >= 1 for one in suspects["person"].unique() if one not in gone)
    with_suspect = int(shootings.isin(suspects["incident"]).sum())
    without = len(shootings) - with_suspect
    a_shooting = share(wide, with_suspect)
    low, known = by_count[STRICT], by_count[1] + by_count[STRICT]
    high = known + without * (a_shooting or 0)
    return [
        _lately(by_count, len(everybody & gone), len(everybody)),
        _open(with_suspect, without),
        _named(wide, a_shooting),
        _range(_rounded(low, math.floor), _rounded(high, math.ceil)),
    ]


def _died(people: People) -> frozenset[int]:
    of = people.involved
    killed = (of["role"] == Involvement.Role.VICTIM_KILLED) | of["died"].notna()
    return numbers(of.loc[killed, "person"])


def _rounded(n: float, to) -> int:
    step = 10 if n >= 100 else 5
    return int(to(np.round(n, 6) / step) * step)


def _lately(by_count: Counter, died: int, every: int) -> Table:
    rows = [
        Row("died", _("Died"), [died]),
        Row("0", _("None of the circumstances known"), [by_count[0]]),
        Row("1", _("One of them"), [by_count[1]]),
        Row("2", _("Two or more"), [by_count[STRICT]]),
        Row("all", _("All"), [every], total=True),
    ]
    return Table("lately", _("Everybody of shootings of the study's last twelve months, victims "
                             "and suspects together, each once"), _("Circumstances"),
                 Of.PEOPLE, (Column("n", _("People")),), rows)  # fmt: skip


def _open(with_suspect: int, without: int) -> Table:
    rows = [
        Row("with", _("A suspect named"), [with_suspect]),
        Row("without", _("No suspect named"), [without]),
        Row("all", _("All"), [with_suspect + without], total=True),
    ]
    return Table("open", _("Shootings of the last twelve months, by whether a suspect is named"),
                 _("Suspect"), Of.SHOOTINGS, (Column("n", _("Shootings")),), rows)  # fmt: skip


def _named(wide: int, a_shooting: float | None) -> Table:
    columns = (Column("n", _("Suspects")),
               Column("each", _("For each shooting with a suspect"), Unit.RATIO))  # fmt: skip
    row = Row("wide", _("Living, with one circumstance or more"), [wide, a_shooting])
    return Table("named", _("Suspects named in shootings of the last twelve months"), _("Suspects"),
                 Of.PEOPLE, columns, [row], adds_up=False)  # fmt: skip


def _range(low: int, high: int) -> Table:
    columns = (Column("low", _("Low")), Column("high", _("High")))
    return Table("need", _("People who need service now: the range"), _("Estimate"), Of.PEOPLE,
                 columns, [Row("range", _("People, rounded"), [low, high])],
                 adds_up=False)  # fmt: skip


def _notes(material: Material) -> list[Sentence]:
    notes = [Sentence(_("Who is in custody is not taken off the range: the register does not know "
                        "it of everybody, and a programme meets people there too."))]  # fmt: skip
    codes, studied = material.codes, set(material.incidents["id"])
    if codes is not None and codes.given:
        coded = sum(one.incident_id in studied for one in codes.given)
        notes.append(Sentence(
            _("Reviews coded %(coded)s of %(all)s shootings: of the others it is not known whether "
              "a group was involved, so that fewer people are counted than there are."),
            plain={"coded": coded, "all": len(studied)},
        ))  # fmt: skip
    return notes
