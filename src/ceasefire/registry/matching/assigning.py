"""From alike records to people: which records are one person's, and what a person must decide.

Nothing here knows names or a database. People who are in the register are never joined by this:
where two of them look like one, somebody decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Record = int
Group = int
# Above every weight that records can have.
CERTAIN = 1_000.0


@dataclass(frozen=True)
class Alike:
    """Two records, the weight of evidence that they are one person's, and whether that joins."""

    one: Record
    other: Record
    weight: float
    joins: bool


@dataclass
class Assigned:
    """group: each fresh record's group; records of one group are one person's.

    person: group -> the person of the register that it belongs to. ask: what somebody decides,
    at most one question about the same two groups, the strongest.
    """

    group: dict[Record, Group] = field(default_factory=dict)
    person: dict[Group, int] = field(default_factory=dict)
    ask: list[Alike] = field(default_factory=list)


def assign(
    fresh: Iterable[Record], *, people: Mapping[Record, int], alike: Iterable[Alike],
    certain: Iterable[tuple[Record, Record]] = (), apart: Iterable[tuple[Record, Record]] = (),
) -> Assigned:  # fmt: skip
    """Group fresh records with each other and with the register's people.

    people: record -> person, for records that have one. certain: pairs that are one person's
    whatever their weight (the agency's own number, somebody's decision); where they contradict
    what is known, the contradiction is left for somebody to decide. apart: pairs that somebody
    has decided are two people; they never come into one group.
    """
    groups, left = _Groups([*fresh], people, apart), []
    sure = (Alike(one, other, CERTAIN, joins=True) for one, other in certain)
    for pair in sorted([*sure, *alike], key=lambda pair: (-pair.weight, pair.one, pair.other)):
        if not (pair.joins and groups.join(pair.one, pair.other)):
            left.append(pair)
    return Assigned(groups.of_fresh(), groups.person_of(), list(_questions(left, groups)))


def _questions(pairs: Iterable[Alike], groups: "_Groups") -> Iterable[Alike]:
    asked = set()
    for pair in pairs:
        between = frozenset((groups.of(pair.one), groups.of(pair.other)))
        if len(between) == 2 and between not in asked and not groups.are_apart(*between):
            asked.add(between)
            yield pair


class _Groups:
    """Records and people in groups that grow together, as far as they may."""

    def __init__(self, fresh: list[Record], people: Mapping[Record, int], apart) -> None:
        self._fresh, self._people = fresh, people
        self._parent: dict = {}
        self._person: dict = {("person", one): one for one in people.values()}
        self._apart: dict = defaultdict(set)
        for one, other in apart:
            a, b = self.of(one), self.of(other)
            if a != b:
                self._apart[a].add(b)
                self._apart[b].add(a)

    def _node(self, record: Record):
        """A record that has a person stands for that person."""
        person = self._people.get(record)
        return ("record", record) if person is None else ("person", person)

    def of(self, record: Record):
        node = self._node(record)
        while (above := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(above, above)
            node = above
        return node

    def are_apart(self, one, other) -> bool:
        return other in self._apart.get(one, ())

    def join(self, one: Record, other: Record) -> bool:
        """Make two groups one; False where they are two people, or two decided apart."""
        a, b = self.of(one), self.of(other)
        if a == b:
            return True
        if self.are_apart(a, b) or {a, b} <= self._person.keys():
            return False
        self._merge(*((a, b) if a in self._person else (b, a)))
        return True

    def _merge(self, stays, goes) -> None:
        self._parent[goes] = stays
        for other in self._apart.pop(goes, ()):
            self._apart[other].discard(goes)
            self._apart[other].add(stays)
            self._apart[stays].add(other)

    def of_fresh(self) -> dict[Record, Group]:
        numbers: dict = {}
        return {one: numbers.setdefault(self.of(one), len(numbers)) for one in self._fresh}

    def person_of(self) -> dict[Group, int]:
        grouped = {group: self.of(record) for record, group in self.of_fresh().items()}
        return {
            group: self._person[root] for group, root in grouped.items() if root in self._person
        }
