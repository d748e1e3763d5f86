"""How a room tells what it holds of one person. Each part registers what it keeps.

A room that has registered nothing answers from its own files, by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from ceasefire.access import identity
from ceasefire.access.partitions import Room


@dataclass(frozen=True)
class Entry:
    """One statement: its key ('registry.contact:7'), its words, who wrote it.

    agency: which wrote it; its words are `by`. entered_by: whose account entered or attested it.
    contestable: whether the database can hide it while it is contested.
    """

    key: str
    says: str
    agency_id: int
    by: str
    entered_by: int | None = None
    contestable: bool = True


@dataclass(frozen=True)
class Held:
    """All that a room holds of one person. subjects: the keys under which readers were shown it."""

    key: str
    subjects: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def entry(self, key: str) -> Entry | None:
        return next((one for one in self.entries if one.key == key), None)


@dataclass(frozen=True)
class Holding:
    """room: where it lies. held: by the number on its page; None where the asker sees nobody.

    search: the name of the address where somebody is looked for.
    """

    room: Room
    held: Callable[[int], Held | None]
    search: str


_holdings: dict[Room, Holding] = {}


def holding(one: Holding) -> None:
    _holdings[one.room] = one


def here() -> Holding | None:
    """What the room at hand has registered."""
    return next((one for room, one in _holdings.items() if room == identity.room()), None)
