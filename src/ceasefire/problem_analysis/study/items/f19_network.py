"""F19: people who were arrested or shot together, as counts; no picture of people is drawn."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from ceasefire.problem_analysis.study.items import history
from ceasefire.problem_analysis.study.items.history import Fact, numbers
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence

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


@dataclass(frozen=True)
class Network:
    """people: numbers in order. near: sparse (people, people) of ones. part: of each, the number of
    the part that they hang in; largest: that of the largest one."""

    people: np.ndarray
    near: csr_array
    part: np.ndarray
    largest: int

    def within(self, persons: frozenset[int]) -> np.ndarray:
        return np.isin(self.people, list(persons))

    def named(self, chosen: np.ndarray) -> frozenset[int]:
        return numbers(self.people[chosen])


def network(together: pd.DataFrame) -> Network:
    """From who stands in which event; everybody has at least one tie."""
    people, person = np.unique(together["person"].to_numpy(np.int64), return_inverse=True)
    event = together.groupby(["kind", "event"]).ngroup().to_numpy()
    shape = (len(people), int(event.max(initial=-1)) + 1)
    stands = coo_array((np.ones(len(person), np.int32), (person, event)), shape).tocsr()
    near = csr_array(stands @ stands.T)
    near.setdiag(0)
    near.eliminate_zeros()
    near.data[:] = 1
    _count, part = connected_components(near, directed=False)
    largest = int(np.bincount(part).argmax()) if len(part) else -1
    return Network(people, near, part, largest)


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


def _whole(every: Network) -> Table:
    ties = every.near.sum(axis=1)
    largest = every.part == every.largest
    rows = [
        Row(key, label, [int(of.sum()), float(ties[of].mean())])
        for key, label, of in (
            ("tied", _("With at least one tie"), np.ones(len(ties), bool)),
            ("largest", _("In the largest part"), largest),
        )
    ]
    columns = (Column("n", _("People")), Column("mean", _("Ties a person (mean)"), Unit.MEAN))
    return Table("network", _("Everybody in the register with a tie, on whatever side"),
                 _("People"), Of.PEOPLE, columns, rows, adds_up=False)  # fmt: skip


def _facts(material: Material, every: Network, by_arrest: Network | None) -> list[Fact]:
    shot = numbers(material.people.side(VICTIM)["person"])
    return [
        Fact("tied", _("Tied to anybody"), numbers(every.people)),
        Fact("largest", _("In the largest part"), every.named(every.part == every.largest)),
        Fact("to_shot", _("Arrested together with somebody who was shot"),
             by_arrest and _near(by_arrest, shot, 1)),
        Fact("to_shot_2", _("Within two such ties of somebody who was shot"),
             by_arrest and _near(by_arrest, shot, 2)),
    ]  # fmt: skip


def _near(ties: Network, persons: frozenset[int], steps: int) -> frozenset[int]:
    """Who is within so many ties of one of these persons other than themself."""
    marked = ties.within(persons).astype(np.int32)
    one = ties.near @ marked > 0
    if steps == 1:
        return ties.named(one)
    # Of a way of two ties back to oneself there are as many as one has ties.
    ways = ties.near @ (ties.near @ marked) - ties.near.sum(axis=1) * marked
    return ties.named(one | (ways > 0))
