"""The purpose of the work at hand, bound to one asker in one room as the identity is."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ceasefire.access import identity


@dataclass(frozen=True)
class Purpose:
    """What somebody stated: `key` names the reference, as 'shooting_review.week:2026-W07'."""

    id: int
    key: str
    words: str
    ends: datetime

    def __str__(self):
        return self.key


_bound: ContextVar[tuple[tuple[str, str], Purpose] | None] = ContextVar("purpose", default=None)


def current() -> Purpose | None:
    """The live purpose of whoever asks, in the room at hand; None outside a sensitive page."""
    asker, purpose = _bound.get() or (None, None)
    if asker != identity.shown() or purpose.ends <= timezone.now():
        return None
    return purpose


def bind(purpose: Purpose | None) -> None:
    """Go on with a purpose, or with none, until the binding around ends."""
    _bound.set(purpose and (identity.shown(), purpose))


@contextlib.contextmanager
def none() -> Iterator[None]:
    """Whatever is bound inside ends here."""
    token = _bound.set(None)
    try:
        yield
    finally:
        _bound.reset(token)
