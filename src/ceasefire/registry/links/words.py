"""How the link chart names what it draws, and what it says of each tie."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.registry.conflicts.models import Conflict
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.links.surroundings import (
    CONFLICT,
    GROUP,
    PERSON,
    SHOOTING,
    Node,
    Surroundings,
    Tie,
)
from ceasefire.registry.models import Incident
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.models import BallisticLead, Involvement, Person
from ceasefire.registry.people.views.common import may_open

# So many people of one chart are named, the nearest first: each name that is read is a person
# whom the reader was shown. The others go by their number.
MOST_NAMED = 40
TIES = {
    "part": gettext_lazy("Part in a shooting"),
    "tie": gettext_lazy("Tie of a person to a group or a side"),
    "groups": gettext_lazy("Between groups"),
    "conflict": gettext_lazy("Of a conflict"),
    "weapon": gettext_lazy("The same weapon"),
}
THINGS = {
    PERSON: gettext_lazy("Person"),
    SHOOTING: gettext_lazy("Shooting"),
    GROUP: gettext_lazy("Group"),
    CONFLICT: gettext_lazy("Conflict"),
}
PAGES = {
    PERSON: "people:person", SHOOTING: "registry:shooting", GROUP: "groups:group",
    CONFLICT: "conflicts:conflict",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One tie in words. words: what it is; said: by whom or on what; url: where that stands."""

    words: str
    said: str
    url: str = ""
    certain: bool = True


def named(found: Surroundings) -> dict[Node, str]:
    """What each thing of a chart is called; without people whom the reader may not look up."""
    by_kind: dict[str, list[int]] = {kind: [] for kind in THINGS}
    for node in found.step:
        by_kind[node.kind].append(node.pk)
    told = _people(by_kind[PERSON])
    shootings = Incident.objects.in_bulk(by_kind[SHOOTING])
    conflicts = Conflict.objects.in_bulk(by_kind[CONFLICT])
    group_names = groups.names() if by_kind[GROUP] else {}
    for node in found.step:
        if node.kind == SHOOTING:
            told[node] = str(shootings[node.pk])
        elif node.kind == CONFLICT:
            told[node] = str(conflicts[node.pk])
        elif node.kind == GROUP:
            told[node] = group_names.get(node.pk) or _("Group %(number)s") % {"number": node.pk}
    return told


def _people(numbers: list[int]) -> dict[Node, str]:
    """The numbers come the nearest first."""
    rows = Person.objects.in_bulk(numbers)
    nearest = [rows[pk] for pk in numbers[:MOST_NAMED]]
    told = {Node(PERSON, pk): str(rows[pk]) for pk in numbers[MOST_NAMED:]}
    for known in people.known_of(nearest):
        if known.records and may_open(known):
            told[Node(PERSON, known.person.pk)] = known.name
    return told


def page(node: Node) -> str:
    return reverse(PAGES[node.kind], args=[node.pk])


def chart(node: Node) -> str:
    return reverse("links:chart", args=[node.kind, node.pk])


def tie(one: Tie) -> Told:
    return WORDS[one.kind](one.row)


def _part(row) -> Told:
    # Of the thousands of lines that a chart may have, most are these.
    return Told(str(Involvement.Role(row.role).label), str(row.agency))


def _affiliation(row) -> Told:
    return Told(
        row.get_role_display(), _("%(count)s sources") % {"count": row.grounds},
        reverse("ties:tie", args=[row.pk]), certain=row.attested_at is not None,
    )  # fmt: skip


def _statement(row) -> Told:
    return Told(row.get_about_display(), str(row.source))


def _conflict(row) -> Told:
    if hasattr(row, "incident_id"):
        side = row.by_side and _("fired by %(side)s") % {"side": row.by_side}
        return Told(side or _("belongs to it"), row.reason)
    return Told(_("on the side of %(side)s") % {"side": row.side}, str(row.source))


def _weapon(row) -> Told:
    sure = row.strength == BallisticLead.Strength.HIT
    return Told(row.get_strength_display(), row.number, certain=sure)


WORDS = {
    "part": _part, "tie": _affiliation, "groups": _statement, "conflict": _conflict,
    "weapon": _weapon,
}  # fmt: skip
