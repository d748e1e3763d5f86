"""Record keys, and what a table with sealed values or search tokens must have."""

import uuid
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.quiet import Quiet
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.envelope import Key, unseal


class RecordKey(models.Model):
    """The data key of one record, wrapped by its room's key; once destroyed, nothing opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.CharField(max_length=13, choices=Room.choices)
    wrapped = models.BinaryField(null=True, help_text=_("Empty once it has been destroyed."))
    wrapped_by = models.PositiveIntegerField(help_text=_("The number of the room's key."))
    made_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.CharField(max_length=120, default="")
    destroyed_because = models.TextField(default="")

    objects = PolicyManager()

    class Meta:
        indexes = [models.Index(fields=["room", "wrapped_by"], name="record_keys_to_wrap_again")]
        constraints = [
            models.CheckConstraint(
                name="record_key_is_held_or_destroyed",
                condition=Q(wrapped__isnull=False, destroyed_at=None)
                | Q(wrapped=None, destroyed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="destroyed_record_key_says_why",
                condition=Q(destroyed_at=None) | ~Q(destroyed_because=""),
            ),
        ]

    @property
    def is_destroyed(self) -> bool:
        return self.wrapped is None

    @property
    def about(self) -> str:
        """What the wrapped key is bound to: it opens in this room, as this record's key, alone."""
        return f"{self.room}/record key/{self.id}"

    @cached_property
    def key(self) -> Key:
        """The data key itself, unwrapped once for each loaded record. Raises SealingError."""
        room_key = keyring.named(self.room, self.wrapped_by)
        return Key(self.id.int, unseal(bytes(self.wrapped), key=room_key, about=self.about))


class SealedRow(models.Model):
    """A row with sealed fields. One record key may serve all rows of one person's record.

    Lists read it with `select_related("record_key")`.
    """

    sealed_with = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Binds each sealed value to this row."),
    )
    record_key = models.ForeignKey(
        RecordKey, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class SearchToken(Quiet):
    """A keyed hash by which a record is found. It goes when the record's key is destroyed."""

    record_key = models.ForeignKey(
        RecordKey, on_delete=models.PROTECT, related_name="+", editable=False
    )
    token = models.UUIDField(db_index=True)

    class Meta:
        abstract = True
