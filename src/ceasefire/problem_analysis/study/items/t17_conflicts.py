"""T17: which group fired at which, and the pairs that are at odds or allied."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.group_facts import (
    ALLIANCE,
    RIVALRY,
    UNKNOWN_SIDE,
    GroupFacts,
)
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.items.t16_groups import OFF
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence, told
from ceasefire.statistics import retaliation

ABOUT = About(
    number="T17",
    chapter="groups",
    title=_("Shootings between groups"),
    definition=_(
        "Shootings of the study with a group on either side, by which group fired and which was "
        "shot at; and what audits and conflicts tell of the pair: at odds, or allied."
    ),
    unit=_("shootings; one with two groups on a side counts for each pair"),
    denominator=_("none"),
    method=_(
        "Sides as in T16. Of a pair of which both are told, the newest word stands. A resolved "
        "conflict makes no pair at odds. A shooting of a conflict of which nobody knows who fired "
        "stands in a column of its own. Answers: shootings by a group at one that had fired at it "
        "not more than so many days before. Expected: the same, with the days shuffled within each "
        "two groups, so that a long feud does not look like haste; p: share of 999 shuffles (seed "
        "0) with as many, never 0."
    ),
)
MATRIX = 12
WITHIN_DAYS, FEWEST, PERMUTATIONS, SEED = (3, 7, 14, 30, 90), 50, 999, 0
NOTHING_TOLD = "none"
RELATIONS = {RIVALRY: _("at odds"), ALLIANCE: _("allied"), NOTHING_TOLD: _("nothing told")}


def build(material: Material) -> Found | Lacking:
    facts = material.groups
    if facts is None:
        return OFF
    found = pairs(facts)
    if found.empty:
        return Lacking(Sentence(_(
            "No pair of groups is told to be at odds or allied, and no shooting of the study has a "
            "group on either side. A group audit, or conflicts with their shootings, would tell it."
        )))  # fmt: skip
    tables = [_relations(found), _shootings(found, facts)]
    figures = [_matrix(found, facts)] if found["n"].any() else []
    answered = _answers(material, facts)
    if answered:
        tables.append(answered)
        figures.append(_answer_bars())
    return Found(tables=tables, figures=figures, notes=_quiet(found))


def directed(facts: GroupFacts) -> pd.DataFrame:
    """incident, by, at: each pair of groups between which a shooting was."""
    by, at = (facts.sides[facts.sides["side"] == side] for side in (SUSPECT, VICTIM))
    both = by.merge(at, on="incident", suffixes=("_by", "_at"))
    both = both.rename(columns={"group_by": "by", "group_at": "at"})
    return both.loc[both["by"] != both["at"], ["incident", "by", "at"]]


def pairs(facts: GroupFacts) -> pd.DataFrame:
    """one, other (one < other), relation, and shootings: by `one`, by `other`, unknown, n."""
    shots = directed(facts)
    one, other = shots[["by", "at"]].min(axis=1), shots[["by", "at"]].max(axis=1)
    told = pd.DataFrame({
        "one": one, "other": other, "by_one": shots["by"] == one, "by_other": shots["by"] == other,
    }).groupby(["one", "other"]).sum()  # fmt: skip
    unknown = _unknown(facts).groupby(["one", "other"]).size().rename("unknown")
    related = facts.pairs.set_index(["one", "other"])["relation"]
    found = pd.concat([related, told, unknown], axis=1)
    counted = found[["by_one", "by_other", "unknown"]].fillna(0).astype(int)
    found = counted.assign(relation=found["relation"].fillna(NOTHING_TOLD), n=counted.sum(axis=1))
    found.index.names = ["one", "other"]
    return found.reset_index().sort_values(
        ["n", "one", "other"], ascending=[False, True, True]
    ).reset_index(drop=True)  # fmt: skip


def _unknown(facts: GroupFacts) -> pd.DataFrame:
    """Pairs at odds of which a shooting is told and not who fired."""
    silent = facts.sides.loc[facts.sides["side"] == UNKNOWN_SIDE, ["incident", "group"]]
    both = silent.merge(silent, on="incident")
    both = both[both["group_x"] < both["group_y"]]
    both = both.rename(columns={"group_x": "one", "group_y": "other"})
    return both.merge(facts.pairs[["one", "other"]], on=["one", "other"])


def _relations(found: pd.DataFrame) -> Table:
    rows = []
    for key, label in RELATIONS.items():
        of = found[found["relation"] == key]
        rows.append(Row(key, label, [len(of), int((of["n"] > 0).sum()), int(of["n"].sum())]))
    columns = (Column("pairs", _("Pairs")), Column("shot", _("Pairs with a shooting")),
               Column("n", _("Shootings between them")))  # fmt: skip
    return Table("relations", _("Pairs of groups, by what is told of them"), _("Pair"), Of.GROUPS,
                 columns, rows, adds_up=False)  # fmt: skip


def _shootings(found: pd.DataFrame, facts: GroupFacts) -> Table:
    rows = [
        Row(f"g{one.one}-g{one.other}",
            {"groups": [facts.label(one.one), facts.label(one.other)]},
            [one.by_one, one.by_other, one.unknown, one.n], note=RELATIONS[one.relation])
        for one in found[found["n"] > 0].itertuples()
    ]  # fmt: skip
    columns = (
        Column("by_one", _("The first fired")), Column("by_other", _("The second fired")),
        Column("unknown", _("Not known who")), Column("n", _("Shootings")),
    )  # fmt: skip
    return Table("pairs", _("Pairs of groups with a shooting between them"), _("Pair"), Of.GROUPS,
                 columns, rows, adds_up=False)  # fmt: skip


def _matrix(found: pd.DataFrame, facts: GroupFacts) -> Figure:
    """Of the pairs with the most shootings, as far as so many groups go."""
    chosen: set[int] = set()
    for one in found[found["n"] > 0].itertuples():
        if len(chosen | {one.one, one.other}) <= MATRIX:
            chosen |= {one.one, one.other}
    order, counts = sorted(chosen), directed(facts).groupby(["by", "at"]).size()
    return Figure(
        "matrix", "matrix", _("Who fired at whom"),
        Sentence(_("Rows fired, columns were shot at: shootings of the study among the groups of "
                   "the pairs with the most.")),
        data={"labels": [facts.label(one) for one in order], "of": _("Fired"),
              "counts": [[int(counts.get((by, at), 0)) for at in order] for by in order]},
        public=False,
    )  # fmt: skip


def _answers(material: Material, facts: GroupFacts) -> Table | None:
    """How often a group fired back, by the days since; none of few shootings between groups."""
    shots = directed(facts)
    day = material.incidents.set_index("id")["on"].map(lambda on: on.toordinal())
    shots = shots[shots["incident"].isin(day.index)]
    if shots["incident"].nunique() < FEWEST:
        return None
    sides = shots.melt("incident", ["by", "at"], "role", "group").drop_duplicates()
    curve = retaliation.lag_curve(
        sides["incident"], sides["group"], sides["role"].map({"by": "suspect", "at": "victim"}),
        sides["incident"].map(day), within_days=WITHIN_DAYS, toward="attackers",
        permutations=PERMUTATIONS, seed=SEED,
    )  # fmt: skip
    cells_of = zip(curve.observed, curve.expected, curve.ratio, curve.p_value, strict=True)
    rows = [
        Row(f"d{days}", told(_("within %(n)s days"), n=days), [*cells])
        for days, cells in zip(WITHIN_DAYS, cells_of, strict=True)
    ]
    columns = (
        Column("n", _("Answers")), Column("expected", _("expected"), Unit.MEAN),
        Column("ratio", _("Times as many"), Unit.RATIO), Column("p", "p", Unit.P),
    )  # fmt: skip
    return Table("answers", _("How soon a group fired back"), _("Since it was fired at"),
                 Of.SHOOTINGS, columns, rows, adds_up=False)  # fmt: skip


def _answer_bars() -> Figure:
    return Figure("answers", "named", _("Answers beside what chance would bring"),
                  Sentence(_("1 is as many as chance would bring. Where it comes down to 1, "
                             "answering has ended.")),
                  table="answers", columns=["ratio"])  # fmt: skip


def _quiet(found: pd.DataFrame) -> list[Sentence]:
    quiet = int(((found["n"] == 0) & (found["relation"] == RIVALRY)).sum())
    return [Sentence(_("%(n)s pairs that are told to be at odds had no shooting between them that "
                       "the register knows."), plain={"n": quiet})]  # fmt: skip
