"""Who reads openings: who opened, the owner's people in the record's room, and auditors."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.exceptional.models import Holiday, Opening
from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import names
from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings

AUDITORS = standings(Role.AUDITOR)


@dataclass(frozen=True)
class Concerned:
    """Limits a reader to what the reader opened, and what was opened of the reader's agency.

    Of the agency those are told who work in the record's room: its administrator is not.
    """

    words: ClassVar[Promise] = _(
        "What they opened themselves, and what was opened of their agency."
    )

    def rows(self, actor: Actor) -> Q:
        own = Q(opened_by=actor.user_id)
        return own | Q(owner=actor.agency_id, room=actor.home_room)

    def condition(self, model, full, limited):
        rooms = sql.SQL(" ").join(_at_home(room, limited) for room in CLOSED_ROOMS)
        return sql.SQL(
            "((SELECT wall.admits({})) OR wall.concerned(opened_by_id, owner_id, room,"
            " (SELECT wall.own_account()), (SELECT wall.own_agency()), (SELECT CASE {} END)))"
        ).format(names(full), rooms)


def _at_home(room: Room, limited) -> sql.Composable:
    there = [one for one in limited if one.role.room is room]
    return sql.SQL("WHEN wall.admits({}) THEN {}").format(names(there), sql.Literal(room.value))


EVERYBODY = frozenset(STANDINGS)
declare(
    Opening,
    Policy(Room.AGGREGATE, full=AUDITORS, limited=EVERYBODY - AUDITORS, by=Concerned()),
)
# Holidays move the day by which an opening is reviewed; they are no secret.
declare(
    Holiday,
    Policy(Room.AGGREGATE, full=EVERYBODY, change=standings(Role.ADMINISTRATOR)),
)
