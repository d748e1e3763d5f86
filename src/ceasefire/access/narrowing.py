"""What limits a reader to some rows of a table, in the words of both walls.

Each narrowing gives the rows twice: `rows` as Django's condition for one actor, `condition` as that
of PostgreSQL's row security. In SQL whoever is in `full` is not narrowed, and what the
asker may read is found once a statement, in a scalar subquery, so that an index still serves.

PostgreSQL tests a cheap condition of the asker's own before a dear one of ours where its operator
is leakproof, and from whether ours was reached at all a foreign row could be spelled out letter by
letter. So whatever decides about a row costs no more than one operator, and stands first; a list
that an index needs stands behind it. A condition that an index answers whole is not asked of each
row again (ADR 0014).
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Func, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.roles import Standing

# The greatest number that a row may have.
ENDLESS = 2**63 - 1


class Narrowing(Protocol):
    """What limits some readers: a policy's `by`. words: which rows are left, as a sentence."""

    words: Promise

    def rows(self, actor: Actor) -> Q: ...

    def condition(
        self, model: type[models.Model], full: Iterable[Standing], limited: Iterable[Standing]
    ) -> sql.Composable: ...


class Also(Protocol):
    """What limits every reader besides: one of a policy's `also`. words: as a sentence."""

    words: Promise

    def rows(self, actor: Actor) -> Q: ...

    def condition(self, model: type[models.Model]) -> sql.Composable: ...


class Opening(Protocol):
    """What opens rows beyond a reader's own, to be read and never changed: a policy's `opened`.

    to: the standings that it serves. words: which rows these are, as a sentence.
    """

    to: frozenset[Standing]
    words: Promise

    def rows(self, actor: Actor) -> Q: ...

    def condition(self, model: type[models.Model]) -> sql.Composable: ...

    def first(self, model: type[models.Model]) -> sql.Composable: ...


def names(standings: Iterable[Standing]) -> sql.Composable:
    """Standings as the database writes them: '{captain@police}'::text[]."""
    return sql.SQL("{}::text[]").format(sql.Literal(sorted(map(str, standings))))


class Asked(Func):
    """A condition in PostgreSQL's own words: `{}` stands for a field, `%s` for a value.

    It finds what the asker may read within the same statement, never before it.
    """

    output_field = BooleanField()

    def __init__(self, words: str, *fields: str, values: tuple = ()):
        super().__init__(*fields)
        self.words, self.values = words, values

    def as_sql(self, compiler, connection):
        compiled = [compiler.compile(field) for field in self.get_source_expressions()]
        columns, parameters = zip(*compiled, strict=True)
        return self.words.format(*columns), [*itertools.chain(*parameters), *self.values]


def own_range(
    model: type[models.Model], field: str, whose: str, full: Iterable[Standing],
    limited: Iterable[Standing],
) -> sql.Composable:  # fmt: skip
    """That a column names the reader's own agency or account (`whose`), or, to those in `full`,
    anybody's: two comparisons, which an index answers whole. An array of one counts as half an
    operator, so that nothing of the asker's is cheaper."""
    said = {
        "own": column(model, field), "full": names(full), "limited": names(limited),
        "whose": sql.Literal(whose), "endless": sql.Literal(ENDLESS),
    }  # fmt: skip
    if model._meta.get_field(field).null:
        # A row of nobody's is read by those alone who read everybody's; no index serves it.
        return sql.SQL(
            "((SELECT wall.admits({full}))"
            " OR wall.same({own}, (SELECT wall.own_or('{{}}', {limited}, {whose}, NULL))))"
        ).format(**said)
    return sql.SQL(
        "{own} >= ANY (ARRAY[(SELECT wall.own_or({full}, {limited}, {whose}, 0))])"
        " AND {own} <= ANY (ARRAY[(SELECT wall.own_or({full}, {limited}, {whose}, {endless}))])"
    ).format(**said)


def column(model: type[models.Model], field: str) -> sql.Identifier:
    return sql.Identifier(model._meta.get_field(field).column)


@dataclass(frozen=True)
class OwnAgency:
    """Limits a reader to the rows of the reader's own agency, named by this column."""

    column: str = "agency"
    words = _("These are the rows of the person's own agency.")

    def rows(self, actor: Actor) -> Q:
        return Q(**{f"{self.column}_id": actor.agency_id})

    def condition(self, model, full, limited):
        return own_range(model, self.column, "agency", full, limited)

    def first(self, model, full):
        """The same, at next to no cost: for policies by which consents open rows too."""
        return sql.SQL(
            "(SELECT wall.admits({})) OR wall.same({}, (SELECT wall.own_agency()))"
        ).format(names(full), column(model, self.column))


@dataclass(frozen=True)
class InAudience:
    """Limits a reader to the rows made out to an audience (`access.audiences`) that has them."""

    column: str = "audience"
    words = _("These are the rows that are made out to the person or the person's agency.")

    def rows(self, actor: Actor) -> Q:
        return Q(**{f"{self.column}_id__in": _audiences(actor)})

    def condition(self, model, full, limited):
        return sql.SQL(
            "((SELECT wall.audience_marks({full}, {limited})))[{of}]"
            " AND {of} = ANY ((SELECT wall.audiences({full}, {limited}))::integer[])"
        ).format(of=column(model, self.column), full=names(full), limited=names(limited))


def _audiences(actor: Actor) -> models.QuerySet:
    audience = apps.get_model("access", "Audience")
    having = Q(agencies__contains=[actor.agency_id]) | Q(people__contains=[actor.user_id])
    return audience._base_manager.filter(having, room=identity.room()).values("pk")


@dataclass(frozen=True)
class NotHidden:
    """Keeps a row that its agency has hidden from everybody else: for them it does not exist."""

    hidden: str = "hidden"
    agency: str = "agency"
    words = _("A row that its agency hides is not there for any other.")

    def rows(self, actor: Actor) -> Q:
        return Q(**{self.hidden: False}) | Q(**{f"{self.agency}_id": actor.agency_id})

    def condition(self, model):
        return sql.SQL("(NOT {} OR wall.same({}, (SELECT wall.own_agency())))").format(
            column(model, self.hidden), column(model, self.agency)
        )


@dataclass(frozen=True)
class OwnAccount:
    """Limits a reader to the rows of the reader's own account, named by this column."""

    column: str
    words = _("These are the rows of the person's own account.")

    def rows(self, actor: Actor) -> Q:
        return Q(**{f"{self.column}_id": actor.user_id})

    def condition(self, model, full, limited):
        return own_range(model, self.column, "account", full, limited)


@dataclass(frozen=True)
class TheseFields:
    """Limits a reader to what the table holds: of a class of data, no more than these fields.

    The rest of that class stands in a table of its own, which the reader does not read.
    """

    words: Promise

    def rows(self, actor: Actor) -> Q:
        return Q()

    def condition(self, model, full, limited):
        return sql.SQL("(SELECT wall.admits({}))").format(names({*full, *limited}))
