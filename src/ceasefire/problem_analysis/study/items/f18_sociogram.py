"""F18: groups as places, at odds or allied as lines between them."""

import math

import numpy as np
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.group_facts import ALLIANCE, RIVALRY, GroupFacts
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.items.t16_groups import OFF, counts
from ceasefire.problem_analysis.study.items.t17_conflicts import pairs
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table
from ceasefire.problem_analysis.study.words import Cell, Sentence

ABOUT = About(
    number="F18",
    chapter="groups",
    title=_("Rivalries and alliances"),
    definition=_(
        "Every group of the register that is told to be at odds with another, or allied. A line is "
        "a pair; it is thicker with more shootings of the study between the two. A place is "
        "larger with more shootings of the study in which its group stands."
    ),
    unit=_("groups, and pairs of them"),
    denominator=_("none"),
    method=_(
        "Pairs as in T17. Groups with common ties are laid out near each other: lines pull, places "
        "push one another away, from a circle in the order of the register, always in the same "
        "way. Where a place lies says nothing of where a group is."
    ),
)
ROUNDS = 400
PULL_IN = 0.35


def build(material: Material) -> Found | Lacking:
    facts = material.groups
    if facts is None:
        return OFF
    told = pairs(facts)
    told = told[told["relation"].isin([RIVALRY, ALLIANCE])]
    if told.empty:
        return Lacking(Sentence(_(
            "No pair of groups is told to be at odds or allied. A group audit would tell it."
        )))  # fmt: skip
    tied = sorted({*told["one"], *told["other"]})
    return Found(
        sentences=[Sentence(_("%(odds)s pairs are at odds and %(allied)s allied, among %(tied)s "
                              "groups."),
                            cells={"odds": Cell("ties", "pairs", "odds"),
                                   "allied": Cell("ties", "pairs", "allied"),
                                   "tied": Cell("ties", "pairs", "tied")})],
        tables=[_table(told, len(tied), len(facts.groups))],
        figures=[_figure(facts, told, tied)],
    )  # fmt: skip


def _table(told, tied: int, every: int) -> Table:
    odds = int((told["relation"] == RIVALRY).sum())
    columns = (
        Column("odds", _("At odds")), Column("allied", _("Allied")),
        Column("tied", _("Groups with either")), Column("alone", _("Groups with neither")),
    )  # fmt: skip
    row = Row("pairs", _("All"), [odds, len(told) - odds, tied, every - tied])
    return Table("ties", _("Pairs at odds and allied"), _("Pairs"), Of.GROUPS, columns, [row],
                 adds_up=False)  # fmt: skip


def _figure(facts: GroupFacts, told, tied: list[int]) -> Figure:
    at = {group: nth for nth, group in enumerate(tied)}
    lines = [(at[one.one], at[one.other]) for one in told.itertuples()]
    places, n = layout(len(tied), lines), counts(facts)["n"]
    return Figure(
        "sociogram", "sociogram", _("Rivalries and alliances between groups"),
        Sentence(_("A solid red line: at odds. A dashed green line: allied. Thicker: more "
                   "shootings of the study between the two.")),
        data={
            "nodes": [
                {"label": facts.label(group), "x": float(x), "y": float(y),
                 "shootings": int(n[group])}
                for group, (x, y) in zip(tied, places, strict=True)
            ],
            "lines": [
                {"one": ends[0], "other": ends[1], "relation": one.relation,
                 "shootings": int(one.n)}
                for ends, one in zip(lines, told.itertuples(), strict=True)
            ],
        },
        public=False,
    )  # fmt: skip


def layout(nodes: int, lines: list[tuple[int, int]]) -> np.ndarray:
    """Places (nodes, 2) from 0 to 1, by forces on a circle (Fruchterman and Reingold 1991).

    The same nodes and lines, the same places; to three decimals, whatever the machine.
    """
    angle = np.arange(nodes) * math.tau / max(nodes, 1)
    at = np.column_stack([np.cos(angle), np.sin(angle)]) / 2
    ends = np.array(lines, int).reshape(-1, 2)
    ideal = 1 / math.sqrt(max(nodes, 1))
    for nth in range(ROUNDS):
        apart = at[:, None] - at[None]
        far = np.maximum(np.hypot(*apart.transpose(2, 0, 1)), 1e-3)
        move = (apart * (ideal / far)[..., None] ** 2).sum(axis=1) - PULL_IN * at / ideal
        along = at[ends[:, 0]] - at[ends[:, 1]]
        pull = along * (np.hypot(*along.T) / ideal)[:, None]
        np.add.at(move, ends[:, 0], -pull)
        np.add.at(move, ends[:, 1], pull)
        step = np.maximum(np.hypot(*move.T), 1e-9)[:, None]
        at = at + move / step * np.minimum(step, 0.1 * (1 - nth / ROUNDS))
    low, high = at.min(axis=0, initial=0), at.max(axis=0, initial=0)
    return np.round((at - low) / np.maximum(high - low, 1e-9), 3)
