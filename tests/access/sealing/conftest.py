"""A table with sealed fields."""

import pytest

from ceasefire.access import identity
from ceasefire.access.partitions import Room


@pytest.fixture
def note(db, keys):
    """SealedNote(text, also, facts, shared) in the room of services, and its search tokens."""
    from tests.house import SealedNote, SealedNoteToken

    SealedNote.tokens = SealedNoteToken
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        yield SealedNote


@pytest.fixture
def operator():
    """The operator in the room of the notes."""
    with identity.acting(identity.OPERATOR, Room.SERVICES) as actor:
        yield actor
