"""Who is reading, bound to the work at hand and to nothing longer.

Every read of the register asks `current()`. Outside a binding it raises: a query that nobody
asked for is a fault, never an empty or a full list.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from ceasefire.access.roles import Role


class NobodyIsReading(Exception):
    """A query ran with no identity bound; bind one with `acting`."""


@dataclass(frozen=True)
class Actor:
    """One person in one role for one agency, or the operator of a home that has no accounts yet."""

    name: str
    role: Role | None
    agency_id: int | None = None
    user_id: int | None = None

    @property
    def is_operator(self) -> bool:
        return self.role is None


OPERATOR = Actor(name="operator", role=None)
_current: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current() -> Actor:
    actor = _current.get()
    if actor is None:
        raise NobodyIsReading("No identity is bound to this query. Use access.identity.acting().")
    return actor


@contextlib.contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    token = _current.set(actor)
    try:
        yield actor
    finally:
        _current.reset(token)
