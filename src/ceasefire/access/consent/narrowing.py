"""Rows that a person's consent opens to another organisation."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.consent import scopes
from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import Asked, column, names
from ceasefire.access.roles import Standing


@dataclass(frozen=True)
class Consented:
    """Opens, to be read, the rows of people who let the reader's agency know just this.

    to: the standings that it serves, in the table's own room. kind: what the person's key begins
    with ("outreach.client"); person, agency: the columns that name the person and the organisation
    whose row it is. A consent given to another organisation opens nothing of this one.

    Raises UnknownScope for what nobody has declared.
    """

    scope: str
    to: frozenset[Standing]
    kind: str
    person: str
    agency: str = "agency"
    words = _("It opens also, to be read, the rows of people who let this agency know just this.")

    def __post_init__(self):
        scopes.named(self.scope)

    def rows(self, actor: Actor) -> Q:
        told = "({}, {}) IN (SELECT discloser_id, person_id FROM wall.consented(%s, %s))"
        return Q(Asked(told, self.agency, self.person, values=(self.kind, self.scope)))

    def condition(self, model: type[models.Model]) -> sql.Composable:
        # The array finds the people by index; whose row it must be, `first` has said.
        return sql.SQL(
            "{person} = ANY ((SELECT array_agg(person_id) FROM {told})::bigint[])"
            " AND (SELECT wall.admits({to}))"
        ).format(person=column(model, self.person), told=self._told(), to=names(self.to))

    def first(self, model: type[models.Model]) -> sql.Composable:
        """Whose rows, at next to no cost: it is asked before anything of the reader's own."""
        pairs = sql.SQL("(SELECT array_agg(discloser_id || ':' || person_id) FROM {})")
        return sql.SQL("wall.paired({}, {}, {})").format(
            column(model, self.agency), column(model, self.person), pairs.format(self._told())
        )

    def _told(self) -> sql.Composable:
        return sql.SQL("wall.consented({}, {})").format(
            sql.Literal(self.kind), sql.Literal(self.scope)
        )
