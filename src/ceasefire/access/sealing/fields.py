"""Model fields whose values are sealed before they reach the database.

    class CaseNote(SealedRow):
        text = SealedTextField(room=Room.SERVICES)

A value is opened when it is read from an instance. A list of values, a filter, an update in the
database and a fixture never see it: they raise, or show `(sealed)`.
"""

import json
from typing import Any

from django import forms
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy

from ceasefire.access.partitions import Room
from ceasefire.access.sealing.envelope import SealingError, seal, unseal
from ceasefire.access.sealing.models import RecordKey, SealedRow

# What a value reads as once its record's key is destroyed.
DESTROYED = gettext_lazy("(destroyed)")


class Ciphertext:
    """A sealed value that nobody has opened; it prints as `(sealed)`."""

    def __init__(self, held: bytes) -> None:
        self.held = held

    def __repr__(self) -> str:
        return "(sealed)"


class _Opening(DeferredAttribute):
    """Opens the value at each reading, so that what is kept in memory stays sealed."""

    def __get__(self, instance, cls=None):
        held = super().__get__(instance, cls)
        return self.field.open(instance, held) if isinstance(held, Ciphertext) else held

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    descriptor_class = _Opening

    def __init__(self, *args, room: Room, **kwargs) -> None:
        self.room = Room(room)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"room": self.room.value}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_row(), *self._check_index()]

    def _check_row(self):
        if not issubclass(self.model, SealedRow):
            yield checks.Error(
                "A sealed field belongs to a row that has a record key.",
                hint=f"Let {self.model.__name__} inherit SealedRow.",
                obj=self,
                id="access.E521",
            )

    def _check_index(self):
        if self.db_index or self.unique:
            yield checks.Error(
                "An index on a sealed field finds nothing: equal texts are sealed differently.",
                hint="Search by tokens (access.sealing.tokens).",
                obj=self,
                id="access.E522",
            )

    def open(self, instance: SealedRow, sealed: Ciphertext) -> Any:
        """The value, or DESTROYED. Raises SealingError (KeyMissing where a key is missing)."""
        record_key = self._record_key(instance)
        if record_key.is_destroyed:
            return DESTROYED
        return self.read(unseal(sealed.held, key=record_key.key, about=self._about(instance)))

    def pre_save(self, model_instance, add):
        held = model_instance.__dict__.get(self.attname)
        if held is None or isinstance(held, Ciphertext) or hasattr(held, "resolve_expression"):
            return held
        if held is DESTROYED or self._record_key(model_instance).is_destroyed:
            raise SealingError(f"{self} cannot be saved: its record was destroyed.")
        key = self._record_key(model_instance).key
        return Ciphertext(seal(self.write(held), key=key, about=self._about(model_instance)))

    def _record_key(self, instance: SealedRow) -> RecordKey:
        if instance.record_key_id is None:
            raise SealingError(f"{self} has no record key yet: set one by record_key_make().")
        if instance.record_key.room != self.room:
            raise SealingError(
                f"{self} belongs to the room '{self.room.value}', its record key to "
                f"'{instance.record_key.room}'. Make a key for the right room."
            )
        return instance.record_key

    def _about(self, instance: SealedRow) -> str:
        table = instance._meta.db_table
        return f"{self.room.value}/{table}/{self.column}/{instance.sealed_with}"

    def from_db_value(self, value, expression, connection) -> Ciphertext | None:
        return None if value is None else Ciphertext(bytes(value))

    def get_prep_value(self, value):
        if value is None or isinstance(value, Ciphertext):
            return value
        raise SealingError(
            f"{self} is sealed row by row: save the row itself, and search by tokens; an update "
            "or a filter in the database would need the text in the open."
        )

    def get_db_prep_value(self, value, connection, prepared=False):
        held = self.get_prep_value(value)
        return None if held is None else connection.Database.Binary(held.held)

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj):
        raise SealingError(f"{self} is not written to fixtures; use a backup of the database.")


class SealedTextField(SealedField):
    def write(self, value: str) -> bytes:
        return str(value).encode("utf-8", "surrogatepass")

    def read(self, plain: bytes) -> str:
        return plain.decode("utf-8", "surrogatepass")

    def formfield(self, **kwargs):
        defaults = {"form_class": forms.CharField, "widget": forms.Textarea}
        return super().formfield(**defaults | kwargs)


class SealedJSONField(SealedField):
    def write(self, value: Any) -> bytes:
        return json.dumps(value).encode()

    def read(self, plain: bytes) -> Any:
        return json.loads(plain)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.JSONField} | kwargs)
