"""Verbs on record keys: make, destroy, wrap again."""

import uuid
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.envelope import SealingError, fresh_secret, seal
from ceasefire.access.sealing.models import RecordKey, SearchToken

BATCH = 500


def record_key_make(*, room: Room) -> RecordKey:
    """A new record's own key. Raises KeyMissing where the room has none to wrap it with."""
    made = record_key_draft(room=room)
    made.save(force_insert=True)
    return made


def record_key_draft(*, room: Room) -> RecordKey:
    """The same, not saved yet: a function of the database writes it. Raises KeyMissing."""
    made = RecordKey(id=uuid.uuid4(), room=room)
    _wrap(made, fresh_secret())
    return made


@transaction.atomic
def record_key_destroy(*, key: RecordKey, reason: str) -> None:
    """Make every value sealed with this key unreadable, in all copies, and forget its tokens.

    Repeating it changes nothing. Raises SealingError without a reason.
    """
    if not reason.strip():
        raise SealingError("Destroying a record's key wants a reason; say which rule or order.")
    for tokens in token_models(key.room):
        tokens._base_manager.filter(record_key=key).delete()
    RecordKey.objects.filter(pk=key.pk, destroyed_at=None).update(
        wrapped=None,
        destroyed_at=timezone.now(),
        destroyed_by=identity.current().name,
        destroyed_because=reason,
    )
    key.__dict__.pop("key", None)
    key.refresh_from_db()


def token_models(room: str) -> list[type[SearchToken]]:
    """The tables of search tokens in a room; no other room's may be touched from there."""
    models = (model for model in SearchToken.__subclasses__() if not model._meta.abstract)
    return [model for model in models if policy_of(model).room == room]


def to_wrap_again(room: Room) -> QuerySet[RecordKey]:
    """Record keys that an older key of the room still wraps."""
    held = RecordKey.objects.filter(room=room, destroyed_at=None)
    return held.exclude(wrapped_by=keyring.current(room).id)


def keys_wrap_again(*, room: Room) -> Iterator[int]:
    """Bring every record key of a room under its newest key; yields how many each batch did.

    Each batch is a transaction of its own, so an interrupted run goes on where it stopped. The
    sealed values themselves do not change, nor does a hash over them.
    """
    while done := _wrap_batch(room):
        yield done


@transaction.atomic
def _wrap_batch(room: Room) -> int:
    batch = list(to_wrap_again(room).select_for_update()[:BATCH])
    for held in batch:
        _wrap(held, held.key.secret)
    RecordKey.objects.bulk_update(batch, ["wrapped", "wrapped_by"])
    return len(batch)


def _wrap(record_key: RecordKey, secret: bytes) -> None:
    room_key = keyring.current(record_key.room)
    record_key.wrapped_by = room_key.id
    record_key.wrapped = seal(secret, key=room_key, about=record_key.about)
