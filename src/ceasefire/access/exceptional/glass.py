"""What a policy says for a model of which a hidden record may be opened in an emergency."""

from dataclasses import dataclass

from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.roles import Standing


@dataclass(frozen=True)
class Glass:
    """by: standings that may open one. owner: the column of the agency that is told at once.

    A model that says nothing (mediation notes) is never opened, by anybody.
    """

    by: frozenset[Standing]
    owner: str = "agency"

    def check(self, room: Room) -> None:
        """Raises ValueError where an opening would reach from one room into another."""
        if room not in CLOSED_ROOMS or any(one.role.room is not room for one in self.by):
            raise ValueError("A hidden record is opened by people of its own room alone.")
