"""Who keeps rules, reviews, holds and orders, and who reads certificates.

No role is for this alone, so those who keep a room's records do it, and two of them for each hold
and each order. *Clerks* keep the records: they search, ask and carry out. *Heads* answer for them:
they approve, review and certify, always somebody else than who asked. Both only for their own
agency and in the room at hand: nobody outside may learn that a record is under an order. An
auditor reads every clock and count, and opens none of the sealed words.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access import identity
from ceasefire.access.narrowing import names, own_range
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.retention.models import (
    CourtCopy,
    Frozen,
    Hold,
    LogRemoval,
    Order,
    PurgeRun,
    PurgeTally,
    RetentionReview,
    RetentionRule,
)
from ceasefire.access.roles import STANDINGS, Role, standings

AUDITORS = standings(Role.AUDITOR)
ADMINISTRATORS = standings(Role.ADMINISTRATOR)
HEAD_ROLES = frozenset(
    {
        *(Role.CAPTAIN, Role.PROSECUTOR, Role.PROBATION, Role.DIRECTOR, Role.OVP_COORDINATOR),
        *(Role.CASE_MANAGER, Role.VICTIM_SERVICES),
    }
)
CLERK_ROLES = HEAD_ROLES | {Role.ANALYST, Role.LIAISON}
HEADS, HANDLERS = standings(*HEAD_ROLES), standings(*CLERK_ROLES)


@dataclass(frozen=True)
class OwnRecords:
    """Limits a reader to what the own agency keeps in the room that the page is in."""

    words = _("These are the own agency's, in the room that the page is in.")

    def rows(self, actor) -> Q:
        return Q(agency_id=actor.agency_id, room=identity.room())

    def condition(self, model, full, limited):
        here = sql.SQL("((SELECT wall.admits({})) OR room = ANY (ARRAY[(SELECT wall.room())]))")
        own = own_range(model, "agency", "agency", full, limited)
        return sql.SQL("{} AND {}").format(own, here.format(names(full)))


declare(
    RetentionRule,
    Policy(Room.AGGREGATE, full=frozenset(STANDINGS), change=ADMINISTRATORS, open=True),
)
# Also while an agreement is closing: the law's clocks run on.
OWN = {
    "room": Room.AGGREGATE, "full": AUDITORS, "limited": HANDLERS, "by": OwnRecords(),
    "change": HANDLERS, "while_closing": True,
}  # fmt: skip
for model in (RetentionReview, Hold, Order, Frozen):
    declare(model, Policy(**OWN))
declare(CourtCopy, Policy(**OWN, stamped=("kept_by", "kept_at")))
for model in (PurgeRun, PurgeTally):
    declare(model, Policy(Room.AGGREGATE, full=AUDITORS))
declare(LogRemoval, Policy(Room.AGGREGATE, full=AUDITORS | ADMINISTRATORS))
