"""From degrees to places on the sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ceasefire.kit.maps.things import Highlight, Point, Projection

METRES_PER_DEGREE = 111_320.0
# Ring radii from the highlighted place to the edge of its map.
AROUND = 1.9
TALLEST = 1.25


def local_metres(latitude: float, longitude: float) -> Projection:
    """Metres east and north of one place; true to about 1 in 1,000 across a city."""
    shrink = math.cos(math.radians(latitude))

    def project(lon, lat):
        x = (np.asarray(lon, dtype=float) - longitude) * METRES_PER_DEGREE * shrink
        return x, (np.asarray(lat, dtype=float) - latitude) * METRES_PER_DEGREE

    return project


@dataclass(frozen=True)
class View:
    """The metres west..east and south..north that fill a sheet of width by height units."""

    west: float
    south: float
    east: float
    north: float
    width: float
    top: float

    @property
    def per_metre(self) -> float:
        return self.width / (self.east - self.west)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.per_metre

    def place(self, x, y):
        """Metres to sheet units, y downwards."""
        return (x - self.west) * self.per_metre, self.top + (self.north - y) * self.per_metre

    def holds(self, x, y):
        return (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)


def fitted(bounds: tuple[float, float, float, float], width: float, top: float) -> View:
    """The view that holds west, south, east, north with a small margin, never a tall ribbon."""
    west, south, east, north = bounds
    wide, tall = max(east - west, 200.0), max(north - south, 200.0)
    wide = max(wide, tall / TALLEST) * 1.03
    tall = max(tall * 1.03, wide * 0.4)
    x, y = (west + east) / 2, (south + north) / 2
    return View(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2, width, top)


def middle(bounds_degrees: Sequence[float]) -> tuple[float, float]:
    """Latitude and longitude of the middle of (west, south, east, north)."""
    west, south, east, north = bounds_degrees
    return (south + north) / 2, (west + east) / 2


def around(highlight: Highlight, project: Projection) -> tuple[float, float, float, float]:
    x, y = one(project, highlight.latitude, highlight.longitude)
    reach = highlight.radius_m * AROUND
    return x - reach, y - reach * 0.75, x + reach, y + reach * 0.75


def one(project: Projection, latitude: float, longitude: float) -> tuple[float, float]:
    x, y = project(np.array([longitude]), np.array([latitude]))
    return float(x[0]), float(y[0])


def placed(points: Sequence[Point], project: Projection) -> tuple[np.ndarray, np.ndarray]:
    """x and y in metres of each point; NaN where its place is not known."""
    lon = np.array([np.nan if p.longitude is None else p.longitude for p in points], dtype=float)
    lat = np.array([np.nan if p.latitude is None else p.latitude for p in points], dtype=float)
    return project(lon, lat)
