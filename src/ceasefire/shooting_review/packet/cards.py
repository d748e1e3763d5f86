"""One card per shooting: its facts, what happened near it, and where the facts come from."""

from datetime import datetime

import numpy as np

from ceasefire.registry.shootings import known
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.shooting_review import selectors
from ceasefire.shooting_review.packet import near_repeats
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Bands, Card, Link, VictimFact
from ceasefire.statistics.bands import SAME_PLACE_M

NEAR_M, NEAR_DAYS = 400.0, 14
LOOK_BACK_DAYS = 365


def cards(
    rows: list[Shooting], history: History, bands: Bands, *, before: datetime | None = None
) -> list[Card]:
    """`rows`: the shootings to show. `history`: the counted ones among which links are sought.

    `before`: the moment up to which victims, sources and corrections are known; None for now.
    """
    ids = [row.id for row in rows]
    victims, sources, corrected = _known(ids, before) if before else _standing(ids)
    neighbours = _Neighbours(history)
    return [
        Card(
            shooting=row,
            victims=tuple(_victim(victim) for victim in victims.get(row.id, ())),
            nearby=neighbours.before(row),
            links=neighbours.links(row),
            windows=near_repeats.opened(bands, row),
            sources=tuple(sources.get(row.id, ())),
            corrected=tuple(corrected.get(row.id, ())),
        )
        for row in rows
    ]


def _standing(ids: list[int]):
    return selectors.victims(ids), selectors.sources(ids), selectors.corrected(ids)


def _known(ids: list[int], before: datetime):
    return (
        known.victims(ids, before),
        selectors.sources(ids, known.records_known(before)),
        selectors.corrected(ids, known.corrections_made(before)),
    )


def _victim(victim) -> VictimFact:
    return VictimFact(victim.fatal, victim.age, victim.age_low, victim.age_high, victim.sex)


class _Neighbours:
    """Shootings near one another, among those with a place. Limits are included."""

    def __init__(self, history: History):
        self.rows = history.placed.rows
        self.xy = history.placed.xy
        self.days = history.placed.day_numbers

    def _near(self, row: Shooting) -> list[Link]:
        """Every other shooting within reach, over a year before and after."""
        if not row.placed:
            return []
        metres = np.hypot(*(self.xy - (row.x_m, row.y_m)).T)
        days = self.days - row.occurred_on.toordinal()
        near = np.flatnonzero((metres <= NEAR_M) & (np.abs(days) <= LOOK_BACK_DAYS))
        found = (
            Link(self.rows[i], float(metres[i]), int(days[i]), bool(metres[i] < SAME_PLACE_M))
            for i in near
        )
        return [link for link in found if link.shooting.id != row.id]

    def before(self, row: Shooting) -> tuple[Link, ...]:
        earlier = [link for link in self._near(row) if link.days <= 0]
        return tuple(sorted(earlier, key=lambda link: (-link.days, link.metres)))

    def links(self, row: Shooting) -> tuple[Link, ...]:
        """Within 400 m and 14 days, or at the same place within a year; the nearest day first."""
        near = self._near(row)
        linked = [link for link in near if link.same_place or abs(link.days) <= NEAR_DAYS]
        return tuple(sorted(linked, key=lambda link: (abs(link.days), link.metres)))
