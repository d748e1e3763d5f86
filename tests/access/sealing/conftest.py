"""A home with keys, and a table with sealed fields that exists for one test alone."""

import contextlib

import pytest
from django.apps import apps
from django.db import connection

from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.fields import SealedJSONField, SealedTextField
from ceasefire.access.sealing.models import SealedRow, SearchToken


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


@contextlib.contextmanager
def _tables(*made):
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    try:
        yield
    finally:
        if not connection.in_atomic_block:  # elsewhere the test's rollback takes them away
            with connection.schema_editor() as editor:
                for model in reversed(made):
                    editor.delete_model(model)
        for model in made:
            del apps.all_models["access"][model._meta.model_name]
        apps.clear_cache()


@pytest.fixture
def note(db, keys):
    """Note(text, also, facts, shared) of the room of services, and its search tokens."""

    class Note(SealedRow):
        text = SealedTextField(room=Room.SERVICES)
        also = SealedTextField(room=Room.SERVICES, null=True)
        facts = SealedJSONField(room=Room.SERVICES, null=True)
        shared = SealedTextField(room=Room.SHARED, null=True)

        class Meta:
            app_label = "access"

    class NoteToken(SearchToken):
        class Meta:
            app_label = "access"

    Note.tokens = NoteToken
    with _tables(Note, NoteToken):
        yield Note
