"""Where a record reaches beyond its rows: each part registers what it keeps of one elsewhere.

    reach("case files", lambda gone: sum(remove(row.columns["file"]) for row in gone ...))

A reach gets the rows that are about to go and returns how much it removed. It runs while the rows
are locked, before they are deleted, and again if that was interrupted: removing what is gone
already must be no error.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db import models

from ceasefire.access.retention.dependencies import model_labelled, telling
from ceasefire.access.retention.kept import Kept
from ceasefire.access.sealing.fields import Ciphertext, SealedField


@dataclass(frozen=True)
class Gone:
    """A row that is about to go. columns: its model's `reached_by`, and those that name."""

    label: str
    number: int
    columns: dict

    @property
    def key(self) -> str:
        return f"{self.label}:{self.number}"

    @cached_property
    def model(self) -> type[models.Model]:
        return model_labelled(self.label)

    @property
    def is_kept(self) -> bool:
        return issubclass(self.model, Kept)

    def value(self, name: str):
        """A column's value, opened where it is sealed; for those columns alone."""
        field = self.model._meta.get_field(name)
        raw = self.columns[field.column]
        if raw is None or not isinstance(field, SealedField):
            return raw
        return field.open(self._row(), Ciphertext(bytes.fromhex(raw.removeprefix("\\x"))))

    def names(self) -> list[str]:
        """What names the person in this row."""
        told = (self.value(field.name) for field in telling(self.model))
        return [str(one) for value in told for one in _each(value) if one]

    def _row(self) -> models.Model:
        known = {name: self.columns[name] for name in ("sealed_with", "record_key_id")}
        return self.model(id=self.number, **known)


Reach = Callable[[list[Gone]], int]
Sweep = Callable[[re.Pattern], int]
_reaches: dict[str, Reach] = {}
_sweeps: dict[str, Sweep] = {}


def reach(name: str, function: Reach) -> None:
    """Register what must go with a record. name: as the certificate says it, in the plural."""
    _reaches[name] = function


def sweep(name: str, function: Sweep) -> None:
    """Register a place where copies of a name may lie: it is given a pattern that finds them."""
    _sweeps[name] = function


def reach_all(gone: list[Gone]) -> dict[str, int]:
    return {name: function(gone) for name, function in sorted(_reaches.items())}


def sweep_all(pattern: re.Pattern) -> dict[str, int]:
    return {name: function(pattern) for name, function in sorted(_sweeps.items())}


def _each(value) -> list:
    return value if isinstance(value, list) else [value]
