"""One policy per model answers both questions: which rows, and may this one be changed.

A model without a policy cannot be queried. Lists and single records ask the same object, so they
cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role

Scope = Callable[[Actor], Q]


@dataclass(frozen=True)
class Policy:
    """Who reads and who changes a model's rows.

    full: roles that read every row. limited: role -> function giving the rows it reads.
    change: roles that may add, correct or withdraw.
    """

    room: Room
    full: frozenset[Role] = frozenset()
    limited: dict[Role, Scope] = field(default_factory=dict)
    change: frozenset[Role] = frozenset()

    def scope(self, actor: Actor) -> Q | None:
        """The rows that the actor reads: a condition, or None for no row at all."""
        if actor.is_operator or actor.role in self.full:
            return Q()
        if limited := self.limited.get(actor.role):
            return limited(actor)
        return None

    def rows(self, actor: Actor, queryset: models.QuerySet) -> models.QuerySet:
        scope = self.scope(actor)
        return queryset.none() if scope is None else queryset.filter(scope)

    def may_change(self, actor: Actor) -> bool:
        return actor.is_operator or actor.role in self.change


class NotPermitted(Exception):
    """The record may be seen but not changed by this person; pages answer 403."""


class NoPolicy(Exception):
    """A model was queried for which nobody has written who may read it."""


_policies: dict[type[models.Model], Policy] = {}


def declare(model: type[models.Model], policy: Policy) -> None:
    _policies[model] = policy


def policy_of(model: type[models.Model]) -> Policy:
    try:
        return _policies[model]
    except KeyError:
        raise NoPolicy(f"{model.__name__} has no access policy; declare one in its app.") from None


def require_change(model: type[models.Model]) -> Actor:
    """The person at work, if that person may change rows of this model."""
    actor = identity.current()
    if not policy_of(model).may_change(actor):
        raise NotPermitted(f"{actor.name} may not change {model._meta.verbose_name_plural}.")
    return actor


class PolicyManager(models.Manager):
    """The default manager of every model with content: only the reader's rows exist."""

    def get_queryset(self) -> models.QuerySet:
        actor = identity.current()
        return policy_of(self.model).rows(actor, super().get_queryset())
