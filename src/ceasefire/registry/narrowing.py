"""A row that is seen with the row that it hangs on, and not without it."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import Asked, column


@dataclass(frozen=True)
class SeenWith:
    """Gives a row to whoever is given the record that this column names: one of `label`."""

    of: str
    label: str
    words = _("A row is there for whoever may read the record that it belongs to.")

    def rows(self, actor: Actor) -> Q:
        return Q(Asked("wall.goes_with(%s, {})", self.of, values=(self.label,)))

    def condition(self, model: type[models.Model]) -> sql.Composable:
        return sql.SQL("wall.goes_with({}, {})").format(
            sql.Literal(self.label), column(model, self.of)
        )
