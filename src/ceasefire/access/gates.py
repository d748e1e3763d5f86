"""Every page says here which room it is in and which roles may enter; silence means nobody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.views.decorators.http import require_http_methods

from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role, Standing

LAW_ENFORCEMENT_REVIEW = frozenset(
    {Role.ANALYST, Role.CAPTAIN, Role.OFFICER, Role.PROSECUTOR, Role.PROBATION}
)
REGISTER_READERS = frozenset({Role.ANALYST, Role.CAPTAIN, Role.OFFICER})
# The register's own pages; federal agents and neighbours read the review's packet instead.
CITY_POLICE = ("police",)


@dataclass(frozen=True)
class Gate:
    room: Room
    full: frozenset[Role]
    limited: frozenset[Role]
    public: bool = False
    # The kinds of agency at which those roles enter; empty for every kind.
    at: frozenset[str] = frozenset()
    # A page that is for everyone and shows each what the reader's own room holds.
    readers_room: bool = False
    # A page that opens only to somebody who has said what for (`access.purposes`).
    purpose: bool = False
    # A page of a part that may be off: while this says no, it is there for nobody.
    while_on: Callable[[], bool] | None = None

    def room_for(self, actor: Actor | None) -> Room:
        own = self.readers_room and actor is not None and actor.home_room is not Room.ACCOUNT
        return actor.home_room if own else self.room

    def admits(self, actor: Actor | None) -> bool:
        if self.public:
            return True
        return actor is not None and (actor.is_operator or self._admits(actor.standing))

    def _admits(self, standing: Standing) -> bool:
        here = not self.at or standing.agency_kind in self.at
        return here and standing.role in self.full | self.limited

    @property
    def is_on(self) -> bool:
        """Asked with the reader bound."""
        return self.while_on is None or self.while_on()

    def grants(self) -> dict[str, str]:
        """Role -> full, limited or none, as `./ceasefire routes` prints it; at some agency."""
        return {role.value: self._grant(role) for role in Role}

    def _grant(self, role: Role) -> str:
        if self.public or role in self.full:
            return "full"
        return "limited" if role in self.limited else "none"


# Signing in and keeping one's own account: anyone may try, and only the own account is shown.
OWN_ACCOUNT = Gate(Room.ACCOUNT, frozenset(), frozenset(), public=True)
_LIBRARY_PREFIXES = ("account_", "mfa_", "usersessions_", "socialaccount_")


def gate(
    room: Room,
    *,
    full: Iterable[Role] = (),
    limited: Iterable[Role] = (),
    methods: tuple[str, ...] = ("GET",),
    readers_room: bool = False,
    purpose: bool = False,
    at: Iterable[str] = (),
    while_on: Callable[[], bool] | None = None,
) -> Callable:
    """Declare a view's room, the roles that enter it, and the HTTP methods that it answers.

    readers_room: shown in the room of whoever reads. purpose: a sensitive page, which answers
    with a question until its reader has stated a purpose. at: the kinds of agency at which those
    roles enter; empty for every kind. while_on: whether the part that it belongs to is on.
    """

    def declare(view: Callable) -> Callable:
        answered = require_http_methods([*methods, "HEAD"])(view)
        answered.gate = Gate(
            room, frozenset(full), frozenset(limited), at=frozenset(at),
            readers_room=readers_room, purpose=purpose, while_on=while_on,
        )  # fmt: skip
        answered.methods = methods
        return answered

    return declare


def everyone(room: Room, *, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """A page that every signed-in person has, whatever the role."""
    return gate(room, full=Role, methods=methods)


def in_own_room(*, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """A page that every signed-in person has, in the room where that person works."""
    return gate(Room.AGGREGATE, full=Role, methods=methods, readers_room=True)


first_page = in_own_room()


def gate_of(view: Callable, name: str | None) -> Gate | None:
    """The gate of a view, or None where nobody has declared one (and so nobody may enter)."""
    declared = getattr(view, "gate", None)
    if declared is None and name and name.startswith(_LIBRARY_PREFIXES):
        return OWN_ACCOUNT
    return declared
