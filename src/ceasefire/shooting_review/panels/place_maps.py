"""The packet's maps: the week over the city, the surroundings of one shooting, and density."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import box, mapping, shape

from ceasefire.kit import maps
from ceasefire.kit.charts import Chart
from ceasefire.kit.charts.canvas import Palette
from ceasefire.registry.models import Incident
from ceasefire.registry.places import Gazetteer
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.shooting_review.packet.cards import NEAR_M
from ceasefire.shooting_review.packet.model import Card, HotSpots, Packet
from ceasefire.shooting_review.panels import words

# Degrees around a shooting whose outlines its map can need: over a kilometre anywhere.
AROUND_DEGREES = 0.02
# About 10 metres: less than the width of a line on a map of the city.
UNSEEN_DEGREES = 0.0001
MOST_POINTS = 100
BANDS = (0.2, 0.4, 0.6, 0.8)
KINDS = (
    (Incident.Kind.FATAL, "diamond"),
    (Incident.Kind.INJURY, "circle"),
    (Incident.Kind.NO_INJURY, "cross"),
    (Incident.Kind.UNKNOWN, "square"),
)


@dataclass(frozen=True)
class Atlas:
    """The city's outlines and projection, read once for a report."""

    outlines: list[tuple[str, dict]]
    projected_system: int
    palette: Palette

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.projected_system)

    @cached_property
    def _shapes(self) -> np.ndarray:
        return shapely.make_valid(np.array([shape(geometry) for _name, geometry in self.outlines]))

    @cached_property
    def _whole(self) -> list[tuple[str, dict]]:
        """Every outline, without corners that a map of the whole city cannot show."""
        plain = shapely.simplify(self._shapes, UNSEEN_DEGREES)
        return [(name, mapping(area)) for (name, _), area in zip(self.outlines, plain, strict=True)]

    def week(self, packet: Packet) -> Chart | None:
        """Every shooting of the week over the city."""
        rows = [card.shooting for card in packet.cards]
        if not (self.outlines or any(row.placed for row in rows)):
            return None
        return self._draw(
            boundaries=self._whole,
            points=[_point(row) for row in rows],
            title=_("This week's shootings"),
            sentence=_("%(n)s by kind.") % {"n": words.shootings(len(rows))},
        )

    def around(self, card: Card) -> Chart | None:
        """The surroundings of one shooting, with those near it; None without a place."""
        row = card.shooting
        if not row.placed:
            return None
        near = {link.shooting.id: link.shooting for link in (*card.nearby, *card.links)}
        told = {"n": words.shootings(len(near)), "reach": words.metres(NEAR_M)}
        return self._draw(
            boundaries=self._near(row),
            points=[_point(other) for other in near.values()],
            title=_("Around %(number)s") % {"number": row},
            sentence=_(
                "The ring is %(reach)s around this shooting; %(n)s in it in the year before "
                "or linked to this one."
            )
            % told,
            highlight=maps.Highlight(row.latitude, row.longitude, NEAR_M, _("this shooting")),
        )

    def density(self, found: HotSpots) -> Chart:
        """Where the shootings of a window are densest."""
        peak = float(found.density.max())
        bands = [(peak * part, _band(peak * part)) for part in BANDS]
        half = found.cell_m / 2
        grid = maps.Density(
            found.x_grid[0] - half, found.y_grid[0] - half, found.cell_m, found.density, bands
        )
        name = words.window_name(found.window)
        told = {"n": words.shootings(found.incidents), "peak": words.number(peak, 1)}
        return self._draw(
            boundaries=self._whole,
            points=self._bearable(found),
            title=_("Density of shootings, %(window)s") % {"window": name},
            sentence=_("%(n)s with a known place; at the densest %(peak)s a square kilometre.")
            % told,
            density=grid,
        )

    def _bearable(self, found: HotSpots) -> list[maps.Point]:
        """No points where they would hide the density; without outlines they are the map."""
        crowded = self.outlines and len(found.shootings) > MOST_POINTS
        return [] if crowded else [_point(row) for row in found.shootings]

    def _draw(self, **what) -> Chart:
        kinds = [maps.Kind(key, str(key.label), mark) for key, mark in KINDS]
        project = self._gazetteer.metres
        return maps.draw(kinds=kinds, project=project, palette=self.palette, **what)

    def _near(self, row: Shooting) -> Iterable[tuple[str, dict]]:
        window = box(
            row.longitude - AROUND_DEGREES,
            row.latitude - AROUND_DEGREES,
            row.longitude + AROUND_DEGREES,
            row.latitude + AROUND_DEGREES,
        )
        close = np.flatnonzero(shapely.intersects(self._shapes, window))
        parts = shapely.clip_by_rect(self._shapes[close], *window.bounds)
        return [(self.outlines[i][0], mapping(p)) for i, p in zip(close, parts, strict=True)]


def _point(row: Shooting) -> maps.Point:
    name = f"{row}, {words.day(row.occurred_on)}"
    return maps.Point(row.latitude, row.longitude, row.kind, name)


def _band(lowest: float) -> str:
    return _("from %(n)s a km²") % {"n": words.number(lowest, 1)}
