"""What hangs on a row about a person, and what becomes of it when the row goes.

Each app says it beside its policies: `hangs(Sighting, "suspect", Falls.WITH)`. A column that names
any record by its key ('outreach.client:12') is a link too. A link to such a
row that nobody declared fails the suite, and stops the purge of that row in the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

from ceasefire.access.policies import declared, policy_of
from ceasefire.access.retention.kept import Kept
from ceasefire.access.sealing.models import SealedRow, SearchToken


class Falls(StrEnum):
    WITH = "with"  # the row that hangs goes too
    LOOSE = "loose"  # it stays, and its link is emptied


@dataclass(frozen=True)
class Hangs:
    child: type[models.Model]
    link: str
    # A row about a person, or one that goes with such a row; None: whichever record the key names.
    parent: type[models.Model] | None
    falls: Falls

    @property
    def column(self) -> str:
        return self.child._meta.get_field(self.link).column


_hangs: dict[tuple[type[models.Model], str], Hangs] = {}


def hangs(child: type[models.Model], link: str, falls: Falls) -> None:
    """Declare a link. Raises ValueError where it points neither to a row about a person nor to one
    that goes with such a row."""
    field = child._meta.get_field(link)
    if isinstance(field, models.CharField) and falls is Falls.WITH:
        _hangs[child, link] = Hangs(child, link, None, falls)
        return
    if not (_points_to_kept(field) or _points_to_what_goes(field)):
        raise ValueError(f"{child.__name__}.{link} points to no row about a person.")
    if falls is Falls.LOOSE and not field.null:
        raise ValueError(f"{child.__name__}.{link} cannot be emptied: it is required.")
    _hangs[child, link] = Hangs(child, link, field.related_model, falls)


def all_hangs() -> list[Hangs]:
    return sorted(_hangs.values(), key=lambda one: (one.child._meta.label_lower, one.link))


def kept_models() -> list[type[Kept]]:
    return _declared(Kept)


def sealed_models() -> list[type[SealedRow]]:
    return _declared(SealedRow)


def token_models() -> list[type[SearchToken]]:
    return _declared(SearchToken)


def _declared(base: type) -> list:
    found = (model for model in declared() if issubclass(model, base))
    return sorted(found, key=lambda model: model._meta.label_lower)


def model_labelled(label: str) -> type[models.Model]:
    """Raises KeyError."""
    return {model._meta.label_lower: model for model in declared()}[label]


def telling(model: type[models.Model]) -> list[models.Field]:
    """The fields that name the person: those behind the names door, and `told_by`."""
    named = policy_of(model).named if model in declared() else ()
    names = {*getattr(model, "told_by", ()), *named}
    return [field for field in model._meta.concrete_fields if field.name in names]


def undeclared_links() -> Iterator[str]:
    """Links to rows about people of which nobody said what becomes of them."""
    for model in {*declared(), *apps.get_models(include_auto_created=True)}:
        for field in model._meta.concrete_fields:
            if _points_to_kept(field) and (model, field.name) not in _hangs:
                yield f"{model._meta.label}.{field.name}"


def _points_to_what_goes(field: models.Field) -> bool:
    goes = {one.child for one in _hangs.values() if one.falls is Falls.WITH}
    return field.is_relation and field.related_model in goes


def _points_to_kept(field: models.Field) -> bool:
    target = field.related_model if field.is_relation else None
    return isinstance(target, type) and issubclass(target, Kept)
