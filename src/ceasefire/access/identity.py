"""Who is reading and in which room, bound to the work at hand and to nothing longer.

Every read of the register asks `current()`. Outside a binding it raises: a query that nobody
asked for is a fault, never an empty or a full list. The database is shown the same binding, with
a proof, by `access.walls.engine`.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role, Standing
from ceasefire.access.walls import proof
from ceasefire.access.walls.names import ROOMS

NO_ROOM = "none"
# The database's role and proof while nobody is bound.
NOBODY = (NO_ROOM, "")


class NobodyIsReading(Exception):
    """A query ran with no identity bound; bind one with `acting`."""


@dataclass(frozen=True)
class Actor:
    """One person in one role for one agency, or the operator of a home that has no accounts yet.

    closing: the agency's agreement is over; its people still read, and change nothing.
    session_secret: of a person at a page; a command or a job shows a pass of this home instead.
    """

    name: str
    role: Role | None
    agency_kind: str = ""
    agency_id: int | None = None
    user_id: int | None = None
    closing: bool = False
    session_secret: str = field(default="", repr=False)

    @property
    def is_operator(self) -> bool:
        return self.role is None

    @property
    def standing(self) -> Standing | None:
        return None if self.is_operator else Standing(self.role, self.agency_kind)

    @property
    def home_room(self) -> Room:
        """Where a command or a job of this person works, unless it says otherwise."""
        return Room.INVESTIGATIVE if self.is_operator else self.role.room

    @property
    def proof(self) -> str:
        if self.session_secret:
            return proof.of_session(self.session_secret)
        # Only the operator acts without an account; anybody else without one proves nothing.
        return proof.of_user(self.user_id) if self.is_operator or self.user_id else ""


OPERATOR = Actor(name="operator", role=None)
_current: ContextVar[Actor | None] = ContextVar("actor", default=None)
_shown: ContextVar[tuple[str, str]] = ContextVar("shown", default=NOBODY)


def current() -> Actor:
    actor = _current.get()
    if actor is None:
        raise NobodyIsReading("No identity is bound to this query. Use access.identity.acting().")
    return actor


def shown() -> tuple[str, str]:
    """The role and the proof that the database is to be shown."""
    return _shown.get()


def room() -> str:
    """The room at hand, as the database is told it; empty outside every room."""
    return next((one.value for one, role in ROOMS.items() if role == shown()[0]), "")


@contextlib.contextmanager
def showing(role: str, shown_proof: str) -> Iterator[None]:
    """Show the database a role and a proof, and to the policies nobody new."""
    token = _shown.set((role, shown_proof))
    try:
        yield
    finally:
        _shown.reset(token)


@contextlib.contextmanager
def acting(actor: Actor, room: Room | None = None) -> Iterator[Actor]:
    """Bind the actor, in the given room or else where such a person works."""
    token = _current.set(actor)
    try:
        with showing(_role(room or actor.home_room), actor.proof):
            yield actor
    finally:
        _current.reset(token)


@contextlib.contextmanager
def outside_rooms() -> Iterator[None]:
    """Show the same person outside every room, where sign-in keeps its own tables."""
    with showing(NO_ROOM, shown()[1]):
        yield


def enter(room: Room) -> None:
    """Go on in another room, until the binding at hand ends: one page is in one room."""
    _shown.set((_role(room), current().proof))


def _role(room: Room) -> str:
    return ROOMS.get(room, NO_ROOM)
