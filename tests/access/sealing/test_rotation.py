"""A new room key takes over the record keys, batch by batch, and no value changes."""

import pytest

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.sealing import services
from ceasefire.access.sealing.checking import room_states
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.models import RecordKey

pytestmark = pytest.mark.django_db


def state():
    return next(state for state in room_states() if state.room == Room.SERVICES)


def drop(keys, number):
    file = keys.path(Room.SERVICES)
    lines = file.read_text().splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(f"{number}:")))


def test_c52_after_a_rotation_the_old_key_is_not_needed(note, keys):
    key = services.record_key_make(room=Room.SERVICES)
    row = note.objects.create(record_key=key, text="kept")
    with_old = note.objects.values("text").get()["text"].held
    keys.make(Room.SERVICES)
    assert list(services.keys_wrap_again(room=Room.SERVICES)) == [1]
    drop(keys, 1)
    assert note.objects.get(pk=row.pk).text == "kept"
    assert note.objects.values("text").get()["text"].held == with_old


def test_a_rotation_may_stop_anywhere_and_be_run_again(note, keys, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    for n in range(5):
        key = services.record_key_make(room=Room.SERVICES)
        note.objects.create(record_key=key, text=f"line {n}")
    keys.make(Room.SERVICES)
    running = services.keys_wrap_again(room=Room.SERVICES)
    next(running)
    running.close()
    assert state().wraps == {1: 3, 2: 2}
    assert [row.text for row in note.objects.order_by("id")] == [f"line {n}" for n in range(5)]
    assert list(services.keys_wrap_again(room=Room.SERVICES)) == [2, 1]
    assert list(services.keys_wrap_again(room=Room.SERVICES)) == []
    assert (state().wraps, state().unused) == ({2: 5}, [1])


def test_a_rotation_leaves_destroyed_keys_and_other_rooms_alone(note, keys, operator):
    gone = services.record_key_make(room=Room.SERVICES)
    with identity.acting(identity.OPERATOR, Room.SHARED):
        other = services.record_key_make(room=Room.SHARED)
    services.record_key_destroy(key=gone, reason="order")
    keys.make(Room.SERVICES)
    assert list(services.keys_wrap_again(room=Room.SERVICES)) == []
    gone.refresh_from_db()
    assert gone.is_destroyed
    with identity.acting(identity.OPERATOR, Room.SHARED):
        assert RecordKey.objects.get(pk=other.pk).wrapped_by == 1


def test_a_key_that_is_missing_is_counted_and_stops_the_rotation(note, keys):
    services.record_key_make(room=Room.SERVICES)
    keys.make(Room.SERVICES)
    drop(keys, 1)
    assert state().missing == [1]
    assert "MISSING [1]" in state().words
    with pytest.raises(KeyMissing, match="no key number 1"):
        list(services.keys_wrap_again(room=Room.SERVICES))
