"""A home with keys, and a table with sealed fields."""

import pytest

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring


@pytest.fixture
def keys(settings, tmp_path, monkeypatch):
    """Every room has one key, in a home of this test's own."""
    from ceasefire.config.home import Home

    for room in keyring.ROOMS:
        monkeypatch.delenv(keyring.variable(room), raising=False)
    settings.HOME = Home(tmp_path / "home")
    for room in keyring.ROOMS:
        keyring.make(room)
    return keyring


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
