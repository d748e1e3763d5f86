"""Leaves out the records that a reader may not open because of a declared interest."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import Asked, column


@dataclass(frozen=True)
class NotOwnInterest:
    """For a table's `also`. kind: what its records' keys begin with ("registry.person").

    of: the column that holds the person's number, where the row is not the person itself.
    """

    kind: str
    of: str = "id"
    words = _("A record of somebody whom the person declared is not there for that person.")

    def rows(self, actor: Actor) -> Q:
        told = "({} = ANY ((SELECT wall.closed_records(%s))::bigint[])) IS NOT TRUE"
        return Q(Asked(told, self.of, values=(self.kind,)))

    def condition(self, model: type[models.Model]) -> sql.Composable:
        # At next to no cost, so that it is asked before anything of the reader's own.
        return sql.SQL("NOT wall.among({}, (SELECT wall.closed_records({})))").format(
            column(model, self.of), sql.Literal(self.kind)
        )
