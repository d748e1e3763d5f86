"""Boundaries and bands of density as paths, no finer than the eye can see."""

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from ceasefire.kit.maps.things import Density, Projection
from ceasefire.kit.maps.view import View

# Sheet units, about the width of a pixel.
TOLERANCE = 0.8


def in_metres(geometry: dict, project: Projection) -> BaseGeometry:
    """A GeoJSON geometry in degrees as a shape in metres."""
    flat = shapely.force_2d(shape(geometry))
    return shapely.transform(flat, lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1])))


def on_sheet(geometry: BaseGeometry, view: View) -> BaseGeometry:
    """The part inside the view, in sheet units, simplified to what can be seen."""
    margin = 2 / view.per_metre
    window = (view.west - margin, view.south - margin, view.east + margin, view.north + margin)
    part = shapely.clip_by_rect(shapely.make_valid(geometry), *window)
    moved = shapely.transform(part, lambda xy: np.column_stack(view.place(xy[:, 0], xy[:, 1])))
    return shapely.simplify(moved, TOLERANCE)


def path(geometry: BaseGeometry) -> str:
    """The `d` of a path for every polygon of a geometry; empty for none."""
    return "".join(_ring(ring) for polygon in _polygons(geometry) for ring in _rings(polygon))


def _polygons(geometry: BaseGeometry) -> Iterable[Polygon]:
    parts = getattr(geometry, "geoms", [geometry])
    for part in parts:
        if isinstance(part, MultiPolygon):
            yield from part.geoms
        elif isinstance(part, Polygon) and not part.is_empty:
            yield part


def _rings(polygon: Polygon):
    return [polygon.exterior, *polygon.interiors]


def _ring(ring) -> str:
    places = [f"{x:.1f} {y:.1f}".replace(".0", "") for x, y in ring.coords[:-1]]
    return "M" + "L".join(places) + "Z"


def bands(density: Density) -> list[BaseGeometry]:
    """For each band, lowest first, the area of the cells that reach it and not the next."""
    lowest = [value for value, _words in density.bands]
    level = np.digitize(np.asarray(density.values, dtype=float), lowest)
    return [_area(density, level == step) for step in range(1, len(lowest) + 1)]


def _area(density: Density, chosen: np.ndarray) -> BaseGeometry:
    row, column = np.nonzero(chosen)
    west = density.x_m + column * density.cell_m
    south = density.y_m + row * density.cell_m
    east, north = west + density.cell_m, south + density.cell_m
    return shapely.union_all(shapely.box(west, south, east, north))
