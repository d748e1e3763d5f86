"""The counted shootings of the bounded window that a packet reads, ready for arithmetic."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.packet.model import Count


@dataclass(frozen=True, eq=False)
class History:
    """Shootings in the order of their days."""

    rows: list[Shooting]

    @cached_property
    def days(self) -> list[date]:
        return [row.occurred_on for row in self.rows]

    def within(self, window: Window) -> "History":
        first, last = bisect_left(self.days, window.start), bisect_right(self.days, window.end)
        return History(self.rows[first:last])

    def __len__(self):
        return len(self.rows)

    @cached_property
    def placed(self) -> "History":
        return History([row for row in self.rows if row.placed])

    @cached_property
    def unplaced(self) -> int:
        return len(self) - len(self.placed)

    @cached_property
    def xy(self) -> np.ndarray:
        """Metres of rows that all have a place: (rows, 2)."""
        return np.array([(row.x_m, row.y_m) for row in self.rows]).reshape(-1, 2)

    @cached_property
    def day_numbers(self) -> np.ndarray:
        return np.array([day.toordinal() for day in self.days], dtype=float)

    def count(self) -> Count:
        return Count(
            incidents=len(self),
            victims=total(row.people_hit for row in self.rows),
            killed=total(row.people_killed for row in self.rows),
            at_least=sum(row.people_hit or 0 for row in self.rows),
            killed_at_least=sum(row.people_killed or 0 for row in self.rows),
            silent=sum(row.people_hit is None for row in self.rows),
        )


def total(values: Iterable[int | None]) -> int | None:
    """The sum, or None where any value is not known."""
    listed = list(values)
    return None if None in listed else sum(listed)
