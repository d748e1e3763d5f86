"""What the register says of groups and their shootings, by number alone, while its policy stands.

A shooting is a group's by what a conflict links, or by a standing tie of somebody who was part of
it. Which people those are stands nowhere here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pandas as pd

from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM, People
from ceasefire.registry.affiliations import selectors as ties
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.conflicts.models import Conflict, ConflictShooting, GroupParty, State
from ceasefire.registry.groups import selectors
from ceasefire.registry.groups.models import Group, GroupStatement

RIVALRY, ALLIANCE = "rivalry", "alliance"
UNKNOWN_SIDE = ""
About = GroupStatement.About
RELATIONS = {
    About.RIVALRY: RIVALRY, About.ALLIANCE: ALLIANCE,
    Conflict.Kind.FEUD: RIVALRY, Conflict.Kind.SPLIT: RIVALRY, Conflict.Kind.ALLIANCE: ALLIANCE,
}  # fmt: skip


@dataclass(frozen=True)
class GroupFacts:
    """groups: group, low, high (NaN where nobody told the size). sides: incident, group, side
    (victim, suspect, or "" where it is not known who fired). pairs: one, other (one < other),
    relation. All as they stand now; `sides` of the study's shootings alone."""

    groups: pd.DataFrame
    sides: pd.DataFrame
    pairs: pd.DataFrame

    def frames(self) -> Iterator[pd.DataFrame]:
        yield from (self.groups, self.sides, self.pairs)

    @property
    def nth(self) -> dict[int, int]:
        """Group -> its place: by it a group goes where its name is not shown."""
        return {int(group): nth for nth, group in enumerate(self.groups["group"], 1)}

    def label(self, group: int) -> dict:
        return {"group": int(group), "nth": self.nth[int(group)]}


def gather(incidents: list[int], people: People | None) -> GroupFacts | None:
    """None where the reader is shown no group: while no policy stands, there is none."""
    groups = list(Group.objects.order_by("id").values_list("id", flat=True))
    if not groups:
        return None
    standing = list(selectors.standing().order_by("basis_on", "pk"))
    sizes = {one.group_id: (one.low, one.high) for one in standing if one.about == About.SIZE}
    parties = _parties({*groups})
    sized = pd.DataFrame(
        [(one, *sizes.get(one, (None, None))) for one in groups], columns=["group", "low", "high"]
    ).astype({"low": float, "high": float})
    studied = set(incidents)
    sides = [
        *_of_conflicts(studied, parties),
        *(_of_ties(people, {*groups}) if people is not None else ()),
    ]
    return GroupFacts(sized, _sides(sides), _pairs(standing, parties, {*groups}))


def _parties(groups: set[int]) -> dict[int, dict[int, set[int]]]:
    """Conflict -> its side's place -> the groups on it."""
    found: dict[int, dict[int, set[int]]] = {}
    for conflict, place, group in GroupParty.objects.order_by("pk").values_list(
        "side__conflict_id", "side__place", "group_id"
    ):
        if group in groups:
            found.setdefault(conflict, {1: set(), 2: set()})[place].add(group)
    return found


def _of_conflicts(studied: set[int], parties: dict) -> Iterator[tuple[int, int, str]]:
    linked = ConflictShooting.objects.order_by("pk").values_list(
        "conflict_id", "incident_id", "by_side__place"
    )
    for conflict, incident, fired in linked:
        if incident not in studied:
            continue
        for place, groups in parties.get(conflict, {}).items():
            side = UNKNOWN_SIDE if fired is None else SUSPECT if place == fired else VICTIM
            yield from ((incident, group, side) for group in groups)


def _of_ties(people: People, groups: set[int]) -> Iterator[tuple[int, int, str]]:
    """By ties that stand, of members and associates; a tie of the past is none."""
    found = Affiliation.objects.filter(group__isnull=False).exclude(role=Affiliation.Role.PAST)
    tied: dict[int, set[int]] = {}
    for one in found.order_by("pk"):
        if ties.is_live(one) and one.group_id in groups:
            tied.setdefault(one.person_id, set()).add(one.group_id)
    involved = people.involved[people.involved["person"].isin(tied)]
    for one in involved.itertuples():
        yield from ((int(one.incident), group, one.side) for group in tied[one.person])


def _sides(rows: list[tuple]) -> pd.DataFrame:
    """Each once; where a side is known, nothing stands of its not being known."""
    frame = pd.DataFrame(rows, columns=["incident", "group", "side"]).drop_duplicates()
    known = frame[frame["side"] != UNKNOWN_SIDE]
    of_known = frame.merge(known[["incident", "group"]].drop_duplicates(), how="left",
                           on=["incident", "group"], indicator="known")  # fmt: skip
    keep = ((of_known["side"] != UNKNOWN_SIDE) | (of_known["known"] == "left_only")).to_numpy()
    return frame[keep].sort_values(["incident", "group", "side"]).reset_index(drop=True)


def _pairs(standing: list[GroupStatement], parties: dict, groups: set[int]) -> pd.DataFrame:
    """One relation a pair: the newest that was told, be it in an audit or as a conflict."""
    told = [
        (one.basis_on, one.group_id, one.other_id, RELATIONS[one.about])
        for one in standing if one.about in (About.RIVALRY, About.ALLIANCE)
    ]  # fmt: skip
    open_ones = Conflict.objects.exclude(state=State.RESOLVED).order_by("pk")
    for conflict, kind, day in open_ones.values_list("pk", "kind", "basis_on"):
        if kind in RELATIONS:
            sides = parties.get(conflict, {1: set(), 2: set()})
            told += [(day, one, other, RELATIONS[kind]) for one, other in product(*sides.values())]
    newest = {}
    for _day, one, other, relation in sorted(told, key=lambda said: said[0]):
        if one != other and {one, other} <= groups:
            newest[min(one, other), max(one, other)] = relation
    rows = [(*pair, relation) for pair, relation in sorted(newest.items())]
    return pd.DataFrame(rows, columns=["one", "other", "relation"])
