"""Openings and an opened record as pages print them."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ceasefire.access.exceptional.models import Opening
from ceasefire.access.exceptional.services import model_of
from ceasefire.access.policies import declared
from ceasefire.kit.tables import Badge, Link


def record_name(opening: Opening) -> str:
    """'Case note 12', whoever reads it: the number says nothing by itself."""
    model = model_of(opening)
    return f"{capfirst(model._meta.verbose_name)} {opening.record}" if model else str(opening)


def minutes(left: timedelta) -> int:
    """Whole minutes left; the last one counts."""
    return int(left.total_seconds() // 60) + 1


def own_rows(openings: list[Opening]) -> list[list]:
    return [
        [Link(record_name(one), reverse("exceptional:opened", args=[one.pk])), one.ends_at]
        for one in openings
    ]


def state(opening: Opening) -> Badge:
    """How its review stands."""
    if opening.reviewed_at:
        kept = opening.justified
        return Badge(_("justified"), "ok") if kept else Badge(_("not justified"), "late")
    if opening.is_late:
        return Badge(_("review overdue"), "late")
    return Badge(_("to review"), "due")


def facts_of(record: models.Model) -> list[tuple[str, object]]:
    """What an opened record says, field by field; what identifies somebody was not read."""
    hidden = record.get_deferred_fields()
    fields = [one for one in record._meta.concrete_fields if one.attname not in hidden]
    return [(capfirst(field.verbose_name), _value(record, field)) for field in fields]


def _value(record: models.Model, field: models.Field):
    if field.is_relation:
        return _related(field.related_model, getattr(record, field.attname))
    if field.choices:
        return getattr(record, f"get_{field.name}_display")()
    return getattr(record, field.attname)


def _related(model: type[models.Model], key):
    """Another record by its name where the reader may read it anyway, else by its number."""
    found = model.objects.filter(pk=key).first() if model in declared() else None
    return str(found) if found else key
