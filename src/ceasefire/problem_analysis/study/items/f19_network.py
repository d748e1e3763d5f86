"""F19: people who were arrested or shot together, as counts; no picture of people is drawn."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence
from ceasefire.statistics import networks
from ceasefire.statistics.ties import Ties

ABOUT = About(
    number="F19",
    chapter="groups",
    title=_("People arrested or shot together"),
    definition=_(
        "Two people are tied where one arrest report names both, or where they were victims of one "
        "shooting, or suspects of one; a victim and a suspect of a shooting are not tied by it. "
        "Counts alone: no picture of people is drawn, nobody is listed, and a tie is no membership "
        "and no suspicion."
    ),
    unit=_("people, each once for a side"),
    denominator=_("people of that side whom an agency's file names"),
    method=_(
        "Ties of the three years up to the study's last day, by the number of the event or of the "
        "report, or by the named shooting. "
        "The largest part is the most people who hang together by ties, by whatever number of "
        "steps. Of being tied to somebody shot only arrests speak, since people shot together "
        "would each be tied to a victim by that alone."
    ),
)
CAPTIONS = {VICTIM: _("People shot, by ties to others"), SUSPECT: _("Suspects, by ties to others")}


def network(together: pd.DataFrame) -> Ties:
    """From who stands in which event; everybody has at least one tie."""
    event = together.groupby(["kind", "event"]).ngroup()
    return networks.co_involvement(together["person"], event).ties


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return history.NOBODY
    if people.together.empty:
        return Lacking(Sentence(_(
            "No two people of the register share an arrest report or a side of a shooting. Arrests "
            "with the number of their report, and people in shootings, would tell it."
        )))  # fmt: skip
    every = network(people.together)
    arrests = people.together[people.together["kind"] == "arrest"]
    sides = history.sides(people)
    by_arrest = network(arrests) if len(arrests) else None
    return Found(
        sentences=[
            history.said(one, _("%(who)s: %(n)s hang in the largest part of the network."), "ties",
                         "largest") for one in sides
        ],
        tables=[
            _whole(every),
            *(history.table(one, _facts(material, every, by_arrest), key="ties", stub=_("Tie"),
                            caption=CAPTIONS[one.key], yes=_("With it"), rest=_("Without"))
              for one in sides),
        ],
        notes=[] if by_arrest else [Sentence(_(
            "No two arrests of the register share an event, a report number or a shooting: who was "
            "arrested together is not told, and the ties are of shootings alone."
        ))],
    )  # fmt: skip


def _whole(every: Ties) -> Table:
    ties = every.near.sum(axis=1)
    rows = [
        Row(key, label, [int(of.sum()), float(ties[of].mean())])
        for key, label, of in (
            ("tied", _("With at least one tie"), np.ones(len(ties), bool)),
            ("largest", _("In the largest part"), _largest(every)),
        )
    ]
    columns = (Column("n", _("People")), Column("mean", _("Ties a person (mean)"), Unit.MEAN))
    return Table("network", _("Everybody in the register with a tie, on whatever side"),
                 _("People"), Of.PEOPLE, columns, rows, adds_up=False)  # fmt: skip


def _facts(material: Material, every: Ties, by_arrest: Ties | None) -> list[Fact]:
    shot = numbers(material.people.side(VICTIM)["person"])
    return [
        Fact("tied", _("Tied to anybody"), frozenset(every.people)),
        Fact("largest", _("In the largest part"), _chosen(every, _largest(every))),
        Fact("to_shot", _("Arrested together with somebody who was shot"),
             by_arrest and _near(by_arrest, shot, 1)),
        Fact("to_shot_2", _("Within two such ties of somebody who was shot"),
             by_arrest and _near(by_arrest, shot, 2)),
    ]  # fmt: skip


def _largest(every: Ties) -> np.ndarray:
    return networks.components(every).component == 0


def _near(every: Ties, persons: frozenset[int], steps: int) -> frozenset[int]:
    """Who is within so many ties of one of these persons other than themself."""
    met = networks.exposure(every, persons.intersection(every.people)).shot[:, :steps]
    return _chosen(every, met.any(axis=1))


def _chosen(every: Ties, chosen: np.ndarray) -> frozenset[int]:
    return frozenset(every.named(np.flatnonzero(chosen)))
