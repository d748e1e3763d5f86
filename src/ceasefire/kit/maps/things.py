"""What a map shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Mark = Literal["diamond", "circle", "cross", "square", "triangle"]
# Longitudes and latitudes in degrees (WGS 84) -> x and y in metres, east and north.
Projection = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Kind:
    """One kind of place: its key on the points, its words, its shape. Colour follows the order."""

    key: str
    label: str
    mark: Mark


@dataclass(frozen=True)
class Point:
    """A place in degrees (WGS 84); None where no place is known."""

    latitude: float | None
    longitude: float | None
    kind: str
    name: str = ""
    href: str | None = None


@dataclass(frozen=True)
class Highlight:
    """One place in the middle of the map with a ring around it, radius in metres."""

    latitude: float
    longitude: float
    radius_m: float
    label: str


@dataclass(frozen=True)
class Density:
    """A grid of values, rows from south to north, drawn as at most four bands.

    x_m, y_m: the grid's south-west corner in metres of the map's projection; cell_m: a cell's
    side; bands: (lowest value, words) from the lowest band up; a cell under the first is bare.
    """

    x_m: float
    y_m: float
    cell_m: float
    values: np.ndarray
    bands: Sequence[tuple[float, str]]
