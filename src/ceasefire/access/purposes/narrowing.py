"""A sensitive model: one of a policy's `also`."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access import purposes
from ceasefire.access.identity import Actor

NO_ROW = Q(pk__in=[])


@dataclass(frozen=True)
class WithPurpose:
    """Gives no row to anybody, the operator too, who has not said what for in this room."""

    words: ClassVar[Promise] = _("Only for somebody who has stated what for, in this session.")

    def rows(self, actor: Actor) -> Q:
        return Q() if purposes.current() else NO_ROW

    def condition(self, model):
        return sql.SQL("(SELECT wall.purpose()) IS NOT NULL")
