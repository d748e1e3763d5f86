"""The kinds of thing that a purpose may name. Each part registers its own: meetings, cases."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.partitions import Room

KEY = re.compile(r"([a-z_]+\.[a-z_]+):([A-Za-z0-9_.-]{1,60})", re.ASCII)


class NoSuchReference(Exception):
    """What was named does not exist, or the asker may not see it: nobody is told which."""

    def __init__(self):
        super().__init__(
            _("There is no such meeting, case or referral of yours. Choose one that is listed.")
        )


@dataclass(frozen=True)
class Reference:
    """One meeting, case or referral: its number within its kind, and how people call it."""

    number: str
    label: str


@dataclass(frozen=True)
class Kind:
    """A kind of reference, in the rooms where it may be stated.

    offered: what the asker has now, as the picker lists it. find: one of them by its number, as
    long as the asker may see it; None where there is none or it is hidden. Both are asked with the
    asker bound (`identity.current()`). wants_words: a reference that does not say enough by itself.
    """

    name: str
    label: Promise
    rooms: frozenset[Room]
    offered: Callable[[], Iterable[Reference]]
    find: Callable[[str], Reference | None]
    wants_words: bool = False


_kinds: dict[str, Kind] = {}


def kind(one: Kind) -> None:
    """Register a kind of reference ("coordination.meeting")."""
    _kinds[one.name] = one


def here() -> list[Kind]:
    """The kinds of the room at hand."""
    return [one for one in _kinds.values() if identity.room() in one.rooms]


def found(key: str) -> tuple[Kind, Reference]:
    """What a key names ('kind:number'). Raises NoSuchReference."""
    match = KEY.fullmatch(key)
    one = _kinds.get(match[1]) if match else None
    reference = one.find(match[2]) if one in here() else None
    if reference is None:
        raise NoSuchReference
    return one, reference
