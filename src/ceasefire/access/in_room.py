"""What limits every reader to one room's rows of a table that all rooms share."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import column, names
from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.policies import readers_in


@dataclass(frozen=True)
class InRoom:
    """Limits every reader to the rows of the room that the page is in, named by this column."""

    column: str = "room"
    words = _("These are the rows of the room that the page is in.")

    def rows(self, actor: Actor) -> Q:
        return Q(**{self.column: identity.room()})

    def condition(self, model, full, limited):
        return sql.SQL(
            "{} = ANY (ARRAY[(SELECT wall.room())]) AND (SELECT wall.admits({}))"
            " AND (SELECT wall.room() NOT IN ({}) OR {})"
        ).format(
            column(model, self.column),
            names({*full, *limited}),
            sql.SQL(", ").join(sql.Literal(room.value) for room in CLOSED_ROOMS),
            sql.SQL(" OR ").join(_works_in(room) for room in CLOSED_ROOMS),
        )


def _works_in(room: Room) -> sql.Composable:
    """Whether the asker is one of those for whom anything at all lies in a closed room."""
    return sql.SQL("wall.room() = {} AND wall.admits({})").format(
        sql.Literal(room.value), names(readers_in(room))
    )
