"""Who keeps the record of a breach: auditors; a privacy officer reads that of the own agency."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.breach.models import Breach, BreachRule, BreachStep
from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import OwnAgency, names
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings

AUDITOR, PRIVACY = standings(Role.AUDITOR), standings(Role.PRIVACY_OFFICER)
declare(BreachRule, Policy(Room.AGGREGATE, full=AUDITOR | PRIVACY, change=AUDITOR))
declare(
    Breach,
    Policy(
        Room.AGGREGATE, full=AUDITOR, limited=PRIVACY, by=OwnAgency(), change=AUDITOR,
        fixed=(
            *("id", "account", "agency", "since", "found_on", "found_by", "reported_on"),
            "suspicion",
        ),
        stamped=("opened_by", "opened_at"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class OfOwnAgency:
    """Limits a reader to the steps of the breaches that concern the reader's own agency."""

    words: ClassVar[Promise] = _("These are the steps of their own agency's breaches.")

    def rows(self, actor: Actor) -> Q:
        return Q(breach__agency_id=actor.agency_id)

    def condition(self, model, full, limited):
        # The breach's own row security gives a reader no other.
        return sql.SQL(
            "((SELECT wall.admits({})) OR ((SELECT wall.admits({}))"
            " AND wall.among(breach_id, (SELECT array_agg(id) FROM access_breach))))"
        ).format(names(full), names(limited))


declare(
    BreachStep,
    Policy(
        Room.AGGREGATE, full=AUDITOR, limited=PRIVACY, by=OfOwnAgency(), change=AUDITOR,
        stamped=("at",),
    ),
)  # fmt: skip
