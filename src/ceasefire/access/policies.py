"""One policy per model answers every question about it, for both walls.

From one declaration come the rows that a reader gets, whether this one may be changed, and the row
security of the database (`access.walls.blueprint`). A model without a policy cannot be queried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from ceasefire.access import identity
from ceasefire.access.exceptional.glass import Glass
from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import Also, Narrowing, Opening
from ceasefire.access.partitions import Room
from ceasefire.access.roles import STANDINGS, Standing

NOBODY: frozenset[Standing] = frozenset()


@dataclass(frozen=True)
class Policy:
    """Who reads and who changes a model's rows.

    full: standings that read every row. limited: standings that read the rows which `by` gives
    them. change: standings that may add, correct or withdraw what they read. also: what narrows
    every reader besides, the operator too. opened: what opens further rows to be read, never to be
    changed. named: of each field behind the names door (`access.names`), the standings that may ask
    for it. whose: the field that says whose names they are, where that is another row: the log then
    names that one. compared: standings in whose name the machine may compare the names of all rows
    that they read, which nobody is shown. fixed: fields that stay as they were added. stamped:
    accounts and times that the database fills in when a row is added, by what it knows of the
    asker. glass: who may open one hidden record in an emergency (`access.exceptional`); None is
    nobody.
    """

    room: Room
    full: frozenset[Standing] = NOBODY
    limited: frozenset[Standing] = NOBODY
    by: Narrowing | None = None
    change: frozenset[Standing] = field(default=NOBODY)
    also: tuple[Also, ...] = ()
    opened: tuple[Opening, ...] = ()
    named: Mapping[str, frozenset[Standing]] = field(default_factory=dict)
    whose: str = ""
    compared: frozenset[Standing] = NOBODY
    fixed: tuple[str, ...] = ()
    stamped: tuple[str, ...] = ()
    glass: Glass | None = None
    # May also be written by an agency whose agreement is closing: exports, and what keeps order.
    while_closing: bool = False
    # What was added stays: it may be ended or answered, and no room takes it away.
    stays: bool = False
    # No secret at all: the database shows it also before somebody has signed in.
    open: bool = False

    def __post_init__(self):
        if bool(self.limited) != (self.by is not None):
            raise ValueError("A policy that limits says by what, and one that says it limits.")
        if not self.change <= self.full | self.limited:
            raise ValueError("Nobody changes what they may not read.")
        if self.glass:
            self.glass.check(self.room)
        if self.opened and not hasattr(self.by, "first"):
            raise ValueError("Where consents open rows, `by` says `first` which are one's own.")
        if any(not asking <= self.full | self.limited for asking in self.named.values()):
            raise ValueError("Nobody reads a name in a row that they may not read.")

    @property
    def readers(self) -> frozenset[Standing]:
        """Whoever may find any row at all."""
        return (self.full | self.limited).union(*(one.to for one in self.opened))

    def scope(self, actor: Actor, *, opened: bool = True) -> Q | None:
        """The rows that the actor reads: a condition, or None for no row at all.

        opened: also those that are opened to be read alone.
        """
        reached = self._reached(actor, self.opened if opened else ())
        if not reached:
            return None
        return Q(reduce(or_, reached), *(narrowing.rows(actor) for narrowing in self.also))

    def _reached(self, actor: Actor, opened: tuple[Opening, ...]) -> list[Q]:
        """What opens rows to the actor: everything, or each of several ways."""
        if actor.is_operator or actor.standing in self.full:
            return [Q()]
        own = [self.by.rows(actor)] if actor.standing in self.limited else []
        return own + [one.rows(actor) for one in opened if actor.standing in one.to]

    def rows(self, actor: Actor, queryset: models.QuerySet) -> models.QuerySet:
        scope = self.scope(actor)
        return queryset.none() if scope is None else queryset.filter(scope).defer(*self.named)

    def may_change(self, actor: Actor) -> bool:
        if actor.closing and not self.while_closing:
            return False
        return actor.is_operator or actor.standing in self.change

    def readable(self, actor: Actor, model: type[models.Model]) -> frozenset[str]:
        """The fields that the actor may be shown in the rows that the actor reads."""
        if not (actor.is_operator or actor.standing in self.readers):
            return frozenset()
        fields = {one.name for one in model._meta.concrete_fields}
        return frozenset(name for name in fields if self._shown(actor, name))

    def writable(self, actor: Actor, model: type[models.Model]) -> frozenset[str]:
        """The fields that the actor may change once a row is there."""
        if not self.may_change(actor):
            return frozenset()
        return frozenset(one.name for one in model._meta.concrete_fields) - set(self.fixed)

    def asks(self, actor: Actor) -> bool:
        """Whether the actor may ask the names door for anything of these rows."""
        return any(self._shown(actor, name) for name in self.named)

    def _shown(self, actor: Actor, name: str) -> bool:
        return actor.is_operator or name not in self.named or actor.standing in self.named[name]


class NotPermitted(Exception):
    """The record may be seen but not changed by this person; pages answer 403."""


class NoPolicy(Exception):
    """A model was queried for which nobody has written who may read it."""


_policies: dict[type[models.Model], Policy] = {}


def declare(model: type[models.Model], policy: Policy) -> None:
    """Say who reads and changes a model.

    What narrows its every reader by itself is added, and what is stamped stays as it was stamped.
    """
    always = getattr(model, "narrowed_by", ())
    kept = tuple(dict.fromkeys((*policy.fixed, *policy.stamped)))
    _policies[model] = replace(policy, also=(*always, *policy.also), fixed=kept)


def declared() -> dict[type[models.Model], Policy]:
    return dict(_policies)


def readers_in(room: Room) -> frozenset[Standing]:
    """Everybody who works in a room, or for whom some table of it may hold a row."""
    here = [policy for policy in _policies.values() if policy.room is room]
    at_home = {standing for standing in STANDINGS if standing.role.room is room}
    return frozenset(at_home).union(*(policy.readers for policy in here))


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
