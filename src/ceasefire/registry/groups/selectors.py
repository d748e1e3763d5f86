"""What is said of groups: the newest statement of each sort stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet

from ceasefire.registry.groups.models import Group, GroupPolicy, GroupStatement
from ceasefire.registry.groups.narrowing import TODAY

About = GroupStatement.About
# Of these several stand beside each other.
SEVERAL = (About.ALIAS, About.ALLIANCE, About.RIVALRY)


def policy_in_force() -> GroupPolicy | None:
    standing = GroupPolicy.objects.filter(ended_at=None, effective_from__lte=TODAY)
    return standing.order_by("-effective_from", "-pk").first()


def are_on() -> bool:
    """Whether the city's policy stands: without it groups and ties are there for nobody."""
    return policy_in_force() is not None


def policies() -> QuerySet[GroupPolicy]:
    return GroupPolicy.objects.annotate(
        recorder=F("recorded_by__display_name"), ender=F("ended_by__display_name")
    )


@dataclass
class Picture:
    """A group as its standing statements have it."""

    group: Group
    newest: dict[str, GroupStatement] = field(default_factory=dict)
    several: dict[str, list[GroupStatement]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        told = self.newest.get(About.NAME)
        return told.name if told else str(self.group)

    @property
    def aliases(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.several[About.ALIAS]))

    @property
    def area(self) -> dict | None:
        told = self.newest.get(About.TERRITORY)
        return told and told.area

    @property
    def said_last(self) -> date | None:
        told = [*self.newest.values(), *(one for many in self.several.values() for one in many)]
        return max((one.basis_on for one in told), default=None)

    def others(self, about: str) -> list[Group]:
        """Groups with which this one is allied, or at odds, whichever of the two was told of."""
        found = {}
        for one in self.several[about]:
            other = one.other if one.group_id == self.group.pk else one.group
            found[other.pk] = other
        return list(found.values())


def standing() -> QuerySet[GroupStatement]:
    found = GroupStatement.objects.filter(withdrawn_at=None)
    return found.select_related("agency", "source", "group", "other")


def statements(group: Group) -> QuerySet[GroupStatement]:
    """Every statement of a group, those that were taken back too."""
    found = GroupStatement.objects.filter(group=group).select_related("agency", "source", "other")
    return found.annotate(maker=F("made_by__display_name"))


def pictures(groups: Iterable[Group] | None = None) -> list[Picture]:
    """The groups, each with what is said of it, by name."""
    chosen = list(Group.objects.all() if groups is None else groups)
    found = {one.pk: Picture(one) for one in chosen}
    for said in standing().order_by("basis_on", "pk"):
        ends = {said.group_id, said.other_id} if said.other_id else {said.group_id}
        for picture in (found[pk] for pk in ends & found.keys()):
            if said.about in SEVERAL:
                picture.several[said.about].append(said)
            else:
                picture.newest[said.about] = said
    return sorted(found.values(), key=lambda one: one.name.casefold())


def picture_of(group: Group) -> Picture:
    return pictures([group])[0]


def names() -> dict[int, str]:
    """Group -> the name that stands."""
    told = standing().filter(about=About.NAME).order_by("basis_on", "pk")
    return {one.group_id: one.name for one in told}
