"""The ties of something by one and two steps, as far as the reader may see either end.

Every row comes through the policies of its own table: a tie of which one end is hidden is not
there, nor is whatever could only be reached over it, and nothing counts them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.conflicts.models import Conflict, ConflictShooting, GroupParty
from ceasefire.registry.groups.models import Group, GroupStatement
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import BallisticLead, Involvement, Person

PERSON, GROUP, SHOOTING, CONFLICT = "person", "group", "shooting", "conflict"
MOST_NODES, MOST_TIES = 500, 2_000
Frontier = dict[str, set[int]]


@dataclass(frozen=True, order=True)
class Node:
    kind: str
    pk: int


@dataclass(frozen=True)
class Tie:
    """kind: of KINDS; row: what says so, from which words, source and page are made."""

    kind: str
    one: Node
    other: Node
    on: date | None
    row: object = field(compare=False)


@dataclass(frozen=True)
class Asked:
    """What a reader wants drawn. kinds: of ties; since, until: days of ties that have one."""

    steps: int = 2
    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass
class Surroundings:
    """step: node -> how far from the middle. crowded: that only a part of it is drawn."""

    middle: Node
    step: dict[Node, int]
    ties: list[Tie]
    crowded: bool = False


def surroundings(middle: Node, asked: Asked) -> Surroundings:
    """At most 500 nodes and 2,000 ties: the nearest, the newest ties first."""
    found = Surroundings(middle, {middle: 0}, [])
    drawn: set[tuple] = set()
    for step in range(1, asked.steps + 1):
        _grow(found, _ties_of(found, step - 1, asked), step, drawn)
    # Ties among those who are drawn already, besides those by which they were found.
    last = _ties_of(found, asked.steps, asked)
    known = found.step.keys()
    _grow(found, [tie for tie in last if {tie.one, tie.other} <= known], asked.steps, drawn)
    return found


def _ties_of(found: Surroundings, step: int, asked: Asked) -> list[Tie]:
    """Ties of those so far out whose both ends the reader may see, the newest first."""
    frontier = _by_kind(one for one, far in found.step.items() if far == step)
    ties = [
        tie
        for kind, ties_of in KINDS.items()
        if not asked.kinds or kind in asked.kinds
        for tie in ties_of(frontier)
        if _within(tie.on, asked)
    ]
    seen = visible(_by_kind(end for tie in ties for end in (tie.one, tie.other)))
    kept = [tie for tie in ties if tie.one in seen and tie.other in seen]
    return sorted(kept, key=lambda tie: (tie.on or date.min, tie.one, tie.other), reverse=True)


def _grow(found: Surroundings, ties: list[Tie], step: int, drawn: set[tuple]) -> None:
    for tie in ties:
        key = (type(tie.row), tie.row.pk)
        if key in drawn:
            continue
        new = {end for end in (tie.one, tie.other) if end not in found.step}
        if len(found.step) + len(new) > MOST_NODES or len(found.ties) >= MOST_TIES:
            found.crowded = True
            return
        drawn.add(key)
        found.step |= dict.fromkeys(new, step)
        found.ties.append(tie)


def visible(ends: Frontier) -> set[Node]:
    """Those of them that the reader may see at all."""
    models = {PERSON: Person, GROUP: Group, SHOOTING: Incident, CONFLICT: Conflict}
    return {
        Node(kind, pk)
        for kind, numbers in ends.items()
        if numbers
        for pk in models[kind].objects.filter(pk__in=numbers).values_list("pk", flat=True)
    }


def _by_kind(nodes: Iterable[Node]) -> Frontier:
    found: Frontier = {PERSON: set(), GROUP: set(), SHOOTING: set(), CONFLICT: set()}
    for one in nodes:
        found[one.kind].add(one.pk)
    return found


def kept(found: Surroundings, ends: Collection[Node]) -> Surroundings:
    """What is left where only those ends are drawn: without whatever hung on the others."""
    ties = [tie for tie in found.ties if tie.one in ends and tie.other in ends]
    beside: dict[Node, set[Node]] = {}
    for tie in ties:
        beside.setdefault(tie.one, set()).add(tie.other)
        beside.setdefault(tie.other, set()).add(tie.one)
    reached, last = {found.middle}, {found.middle}
    while last:
        last = {end for node in last for end in beside.get(node, ())} - reached
        reached |= last
    return Surroundings(
        found.middle, {node: far for node, far in found.step.items() if node in reached},
        [tie for tie in ties if tie.one in reached], found.crowded,
    )  # fmt: skip


def _within(on: date | None, asked: Asked) -> bool:
    if on is None:
        return asked.since is None and asked.until is None
    return (asked.since is None or on >= asked.since) and (asked.until is None or on <= asked.until)


def _either(rows: QuerySet, **ends: set[int]) -> Iterator:
    """Rows with one of their ends among those: a query an end, so that each uses its index."""
    seen = set()
    for end, numbers in ends.items():
        if numbers:
            for row in rows.filter(**{f"{end}__in": numbers}):
                if row.pk not in seen:
                    seen.add(row.pk)
                    yield row


def _parts(frontier: Frontier) -> Iterator[Tie]:
    rows = Involvement.objects.filter(known_to=None, withheld_at=None)
    # Many parts are of few shootings: each of those is read once.
    rows = rows.prefetch_related("incident", "agency")
    merged = _merged_into(frontier[PERSON])
    found = list(
        _either(rows, person=frontier[PERSON] | merged.keys(), incident=frontier[SHOOTING])
    )
    stands = _standing({one.person_id for one in found})
    for one in found:
        if one.person_id in stands:
            yield Tie(
                "part", Node(PERSON, stands[one.person_id]), Node(SHOOTING, one.incident_id),
                one.incident.occurred_on, one,
            )  # fmt: skip


def _affiliations(frontier: Frontier) -> Iterator[Tie]:
    rows = Affiliation.objects.select_related("side", "agency")
    merged = _merged_into(frontier[PERSON])
    sides = {"side__conflict": frontier[CONFLICT]} if frontier[CONFLICT] else {}
    found = list(
        _either(rows, person=frontier[PERSON] | merged.keys(), group=frontier[GROUP], **sides)
    )
    stands = _standing({one.person_id for one in found})
    for one in found:
        end = Node(GROUP, one.group_id) if one.group_id else Node(CONFLICT, one.side.conflict_id)
        if one.person_id in stands:
            yield Tie("tie", Node(PERSON, stands[one.person_id]), end, one.basis_on, one)


def _between_groups(frontier: Frontier) -> Iterator[Tie]:
    rows = GroupStatement.objects.filter(other__isnull=False, withdrawn_at=None)
    rows = rows.select_related("source", "agency")
    for one in _either(rows, group=frontier[GROUP], other=frontier[GROUP]):
        ends = sorted((Node(GROUP, one.group_id), Node(GROUP, one.other_id)))
        yield Tie("groups", *ends, one.basis_on, one)


def _parties(frontier: Frontier) -> Iterator[Tie]:
    rows = GroupParty.objects.select_related("side__conflict", "source")
    for one in _either(rows, group=frontier[GROUP], side__conflict=frontier[CONFLICT]):
        conflict = one.side.conflict
        yield Tie(
            "conflict",
            Node(GROUP, one.group_id),
            Node(CONFLICT, conflict.pk),
            conflict.began_on,
            one,
        )


def _shots(frontier: Frontier) -> Iterator[Tie]:
    rows = ConflictShooting.objects.select_related("incident", "by_side", "conflict")
    for one in _either(rows, incident=frontier[SHOOTING], conflict=frontier[CONFLICT]):
        yield Tie(
            "conflict", Node(SHOOTING, one.incident_id), Node(CONFLICT, one.conflict_id),
            one.incident.occurred_on, one,
        )  # fmt: skip


def _weapons(frontier: Frontier) -> Iterator[Tie]:
    rows = BallisticLead.objects.all()
    for one in _either(rows, first=frontier[SHOOTING], second=frontier[SHOOTING]):
        yield Tie(
            "weapon", Node(SHOOTING, one.first_id), Node(SHOOTING, one.second_id), one.on, one
        )


def _conflicts(frontier: Frontier) -> Iterator[Tie]:
    yield from _parties(frontier)
    yield from _shots(frontier)


KINDS: dict[str, Callable[[Frontier], Iterator[Tie]]] = {
    "part": _parts,
    "tie": _affiliations,
    "groups": _between_groups,
    "conflict": _conflicts,
    "weapon": _weapons,
}


def _standing(people: set[int]) -> dict[int, int]:
    """Person -> the person who stands for them now; without those whom the reader may not see."""
    found: dict[int, int] = {}
    rows = {row.pk: row for row in Person.objects.filter(pk__in=people)}
    while (
        ahead := {one.merged_into_id for one in rows.values() if one.merged_into_id} - rows.keys()
    ):
        more = {row.pk: row for row in Person.objects.filter(pk__in=ahead)}
        if not more:
            break
        rows |= more
    for pk in people & rows.keys():
        last = rows[pk]
        while last and last.merged_into_id:
            last = rows.get(last.merged_into_id)
        if last:
            found[pk] = last.pk
    return found


def _merged_into(people: set[int]) -> dict[int, int]:
    """Whoever was merged into one of these -> that one."""
    found: dict[int, int] = {}
    last = people
    while last:
        rows = Person.objects.filter(merged_into__in=last).values_list("pk", "merged_into")
        new = {pk: into for pk, into in rows if pk not in found}
        found |= new
        last = set(new)
    return found
