"""A first code is its coder's alone until the second is in; an audit is there while groups are."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import DateField, Exists, Func, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import column

TODAY = Func(template="CURRENT_DATE", output_field=DateField())


@dataclass(frozen=True)
class BlindToOthers:
    """The database itself says of each code whether it is blind (migration 0002)."""

    words: ClassVar[Promise] = _(
        "A first code is its coder's alone, until the second coder's is in or the session closes."
    )

    def rows(self, actor: Actor) -> Q:
        own = Q(coder_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return Q(blind=False) | own

    def condition(self, model):
        return sql.SQL("(NOT {} OR wall.same({}, (SELECT wall.own_account())))").format(
            column(model, "blind"), column(model, "coder")
        )


@dataclass(frozen=True)
class AuditWhilePolicyStands:
    """Group audits are there for nobody while no published policy on groups stands (C31)."""

    words: ClassVar[Promise] = _("A group audit, only while the city's policy on groups stands.")

    def rows(self, actor: Actor) -> Q:
        from ceasefire.registry.groups.models import GroupPolicy

        standing = GroupPolicy._base_manager.filter(ended_at=None, effective_from__lte=TODAY)
        return ~Q(kind="group_audit") | Q(Exists(standing))

    def condition(self, model):
        # An audit alone has no window of shootings; whether it has one is asked at no cost, before
        # anything of the reader's own.
        return sql.SQL("({} IS NOT NULL OR (SELECT wall.groups_open()))").format(
            column(model, "window_start")
        )
