"""The only door to a person's identifying fields; closed unless somebody asks.

    class Client(NamedRow):
        name = SealedNameField(room=Room.SERVICES)      # or NameField, NameDateField

    declare(Client, Policy(..., named={"name": WORKERS}))

    names.read(clients)[client.pk].name

Reading the field itself raises, in Python; selecting its column is refused, in the database. One
call of `read` is one row of the audit log, which names every person shown.
"""

import time
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.db import connection, models
from django.db.models.query_utils import DeferredAttribute

from ceasefire.access import identity, purposes
from ceasefire.access.audit import recording
from ceasefire.access.criminal_history.selectors import is_certified
from ceasefire.access.policies import NotPermitted, policy_of
from ceasefire.access.sealing.fields import SealedTextField
from ceasefire.access.walls import door, proof

# How long the database takes a signed question, and how many rows are in hand at once.
COMPARING_SECONDS = 60
COMPARED_AT_ONCE = 10_000


class NamesClosed(Exception):
    """A name was read from a row; `access.names.read` gives names, and records it."""


class _Closed(DeferredAttribute):
    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        raise NamesClosed(f"{self.field} is behind the names door: ask access.names.read().")

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class BehindTheDoor(models.Field):
    descriptor_class = _Closed

    def pre_save(self, model_instance, add):
        return model_instance.__dict__.get(self.attname)

    def value_to_string(self, obj):
        raise NamesClosed(f"{self} is not written to fixtures; use a backup of the database.")


class NameField(BehindTheDoor, models.TextField):
    """A name in the open, for a room that must match names. Its table lies behind the wall."""


class NameDateField(BehindTheDoor, models.DateField):
    """A date by which a person can be known, such as a birth date."""


class CriminalHistoryField(NameField):
    """A fact from the state's or the FBI's criminal-history files, or a number by which it is kept
    there. Whoever lacks a certificate that stands is told None, and the log says so."""

    criminal_history = True


class SealedNameField(SealedTextField, BehindTheDoor):
    """A name that is sealed too, under the key of its record."""

    descriptor_class = _Closed


class NamedRow(models.Model):
    """A row with fields behind the door. It prints as its kind and number."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}".capitalize()

    def save(self, *args, **options):
        """What was written is behind the door from now on, for its writer too."""
        super().save(*args, **options)
        for one in closed(type(self)):
            self.__dict__.pop(one.attname, None)

    def clean_fields(self, exclude=None):
        here = closed(type(self))
        super().clean_fields({*(exclude or ()), *(one.name for one in here)})
        for one in here:
            if one.attname in self.__dict__ and one.name not in (exclude or ()):
                one.clean(self.__dict__[one.attname], self)


def closed(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model that are behind the door."""
    return [one for one in model._meta.concrete_fields if isinstance(one, BehindTheDoor)]


def given(model: type[models.Model]) -> frozenset[str]:
    """The names that the person at work would be given by `read`, row security besides."""
    policy = policy_of(model)
    fields = policy.readable(identity.current(), model) & set(policy.named)
    tagged = {one.name for one in closed(model) if door.is_criminal_history(one)}
    return fields - tagged if tagged and not is_certified() else fields


def read(rows: Iterable[NamedRow], *, purpose: str = "") -> dict[int, SimpleNamespace]:
    """Row number -> the names in it, each an attribute; None where this person may not have it,
    as with criminal-history data where no certificate stands.

    rows: of one model. Writes one row of the log, with every person shown. A row that the asker
    may not read is left out, as one that does not exist. purpose: left out, the one stated.
    Raises NotPermitted for somebody who reads no names here at all.
    """
    rows = list(rows)
    if not rows:
        return {}
    model, policy = type(rows[0]), policy_of(type(rows[0]))
    actor = identity.current()
    if not policy.asks(actor):
        raise NotPermitted(f"{actor.name} may not read names of {model._meta.verbose_name_plural}.")
    fields = door.fields_of(model, policy)
    by_number = {row.pk: row for row in rows}
    return {
        number: SimpleNamespace(
            **{
                one.name: _opened(one, by_number[number], value)
                for one, value in zip(fields, values, strict=True)
            }
        )
        for number, *values in _asked(model, policy, list(by_number), purpose)
    }


def compared(model: type[NamedRow], *, purpose: str = "") -> Iterator[tuple]:
    """(row number, name, name ...) of every row that the asker reads, in the order of `_meta`.

    For the machine's own comparing: whoever calls this shows nobody what it gives. Writes one row
    of the log, with the number of rows. Sealed names come as they are stored. Raises NotPermitted.
    """
    policy, actor = policy_of(model), identity.current()
    if not (actor.is_operator or actor.standing in policy.compared):
        raise NotPermitted(f"{actor.name} may not compare {model._meta.verbose_name_plural}.")
    function = door.comparing_of(model, policy).as_string(None)
    until = int(time.time()) + COMPARING_SECONDS
    shown = proof.hash_of(identity.shown()[1])
    signed = proof.mac(f"compared:{shown}:{model._meta.label_lower}:{until}")
    with connection.cursor() as cursor, recording.writing() as route:
        purpose = purpose or str(purposes.current() or "")
        cursor.execute(f"SELECT * FROM {function}(%s, %s, %s, %s)", [purpose, route, until, signed])
        while rows := cursor.fetchmany(COMPARED_AT_ONCE):
            yield from rows


def _opened(field: models.Field, row: NamedRow, value):
    if value is None or not isinstance(field, SealedNameField):
        return value
    return field.open(row, field.from_db_value(value, None, connection))


def _asked(model, policy, numbers: list[int], purpose: str) -> list[tuple]:
    function = door.function_of(model, policy).as_string(None)
    with connection.cursor() as cursor, recording.writing() as route:
        purpose = purpose or str(purposes.current() or "")
        cursor.execute(f"SELECT * FROM {function}(%s, %s, %s)", [numbers, purpose, route])
        return cursor.fetchall()
