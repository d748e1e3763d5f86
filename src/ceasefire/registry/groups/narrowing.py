"""While no published policy stands, there is no row of any group, for anybody."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import DateField, Exists, Func, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.identity import Actor

# The database's own day, as row security asks for it.
TODAY = Func(template="CURRENT_DATE", output_field=DateField())


@dataclass(frozen=True)
class WhilePolicyStands:
    """Gives no row to anybody, the operator too, unless the city's policy is recorded (C31)."""

    words: ClassVar[Promise] = _("Only while the city's published policy on groups is in force.")

    def rows(self, actor: Actor) -> Q:
        from ceasefire.registry.groups.models import GroupPolicy

        standing = GroupPolicy._base_manager.filter(ended_at=None, effective_from__lte=TODAY)
        return Q(Exists(standing))

    def condition(self, model):
        return sql.SQL("(SELECT wall.groups_open())")
