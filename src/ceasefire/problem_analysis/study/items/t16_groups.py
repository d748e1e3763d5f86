"""T16: the groups, their sizes as ranges, and the shootings in which they stand on either side."""

from collections import Counter

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.group_facts import UNKNOWN_SIDE, GroupFacts
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence

ABOUT = About(
    number="T16",
    chapter="groups",
    title=_("The groups"),
    definition=_(
        "Groups of the register, the size that the newest audit or source gave as a range, and the "
        "study's shootings in which they stand: as the side that was shot at, the side that fired, "
        "or both. It lists groups and no member."
    ),
    unit=_("shootings; a shooting counts for each group that stands in it"),
    denominator=_("none; the share of residents is of the residents that were loaded"),
    method=_(
        "A shooting is a group's where a conflict links it, or where somebody shot or suspected in "
        "it has a standing tie: drafted, attested, told, on two independent sources, and not of "
        "the past. Everything as it stands now. Most shootings of a group may be known to no file."
    ),
)
OFF = Lacking(Sentence(_(
    "The register holds no group: the city's published policy on groups is not in force, or "
    "whoever built this may not read groups, or none is entered. An administrator records the "
    "policy; analysts then enter groups, each with its source, or hold a group audit."
)))  # fmt: skip


def build(material: Material) -> Found | Lacking:
    facts = material.groups
    if facts is None:
        return OFF
    tables = [_whole(material, facts), _each(facts)]
    sized = int(facts.groups["high"].notna().sum())
    notes = [
        Sentence(_("The size of %(sized)s of %(all)s groups is told. Sizes are ranges that "
                   "detectives gave, and somebody in two groups is in both."),
                 plain={"sized": sized, "all": len(facts.groups)})
    ]  # fmt: skip
    return Found(sentences=[_sentence(tables[0])], tables=tables, notes=notes)


def counts(facts: GroupFacts) -> pd.DataFrame:
    """Of each group: shootings as victim alone, suspect alone, both, side not known, all."""
    told = facts.sides.groupby(["group", "incident"])["side"].agg(frozenset)
    kinds = {
        "victim": frozenset({VICTIM}), "suspect": frozenset({SUSPECT}),
        "both": frozenset({VICTIM, SUSPECT}), "unknown": frozenset({UNKNOWN_SIDE}),
    }  # fmt: skip
    found = {key: (told == kind).groupby(level="group").sum() for key, kind in kinds.items()}
    frame = pd.DataFrame(found).reindex(facts.groups["group"], fill_value=0).astype(int)
    return frame.assign(n=frame.sum(axis=1))


def _each(facts: GroupFacts) -> Table:
    found = counts(facts)
    found["low"], found["high"] = facts.groups.set_index("group")[["low", "high"]].T.to_numpy()
    order = found.assign(nth=facts.nth).sort_values(["n", "nth"], ascending=[False, True])
    rows = [
        Row(f"g{group}", facts.label(group),
            [_told(one.low), _told(one.high), one.victim, one.suspect, one.both, one.unknown,
             one.n])
        for group, one in zip(order.index, order.itertuples(), strict=True)
    ]  # fmt: skip
    columns = (
        Column("low", _("Members, from")), Column("high", _("to")),
        Column("victim", _("Shot at")), Column("suspect", _("Fired")), Column("both", _("Both")),
        Column("unknown", _("Side not known")), Column("n", _("Shootings")),
    )  # fmt: skip
    return Table("groups", _("Groups, by shootings of the study"), _("Group"), Of.GROUPS, columns,
                 rows, adds_up=False)  # fmt: skip


def _told(size: float) -> int | None:
    return None if size != size else int(size)


def _whole(material: Material, facts: GroupFacts) -> Table:
    low, high = facts.groups["low"].sum(), facts.groups["high"].sum()
    people = _residents(material)
    n = facts.sides["incident"].nunique()
    rows = [Row("all", _("All groups"), [
        len(facts.groups), int(low), int(high), n, share(n, len(material.incidents)),
        *([low / people, high / people] if people else []),
    ])]  # fmt: skip
    columns = [
        Column("groups", _("Groups")), Column("low", _("Members, from")), Column("high", _("to")),
        Column("n", _("Shootings with any of them")),
        Column("share", _("Share of all shootings"), Unit.SHARE),
    ]  # fmt: skip
    if people:
        columns += [Column("low_share", _("Share of residents, from"), Unit.SHARE),
                    Column("high_share", _("to"), Unit.SHARE)]  # fmt: skip
    return Table("whole", _("All groups together"), _("Groups"), Of.GROUPS, columns, rows,
                 adds_up=False)  # fmt: skip


def _residents(material: Material) -> float:
    """The whole city's, of the dimension that counts the most of them; 0 where none is loaded."""
    counted = Counter()
    for row in material.referred.population:
        counted[row["dimension"]] += row["people"]
    return max(counted.values(), default=0)


def _sentence(table: Table) -> Sentence:
    return Sentence(
        _("%(groups)s groups with %(low)s to %(high)s members stand in %(n)s shootings: %(share)s "
          "of all."),
        cells={name: Cell("whole", "all", name)
               for name in ("groups", "low", "high", "n", "share")},
    )  # fmt: skip
