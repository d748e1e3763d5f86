"""Named areas in WGS 84, and which of them a point lies in."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

# Overlaps below this share of the smaller area are the slack of drawn borders.
OVERLAP_SHARE = 0.01
DECIMALS = 6


class Feature(NamedTuple):
    """One area: its name and its polygon or polygons, longitude and latitude of WGS 84."""

    name: str
    geometry: BaseGeometry


class Finding(NamedTuple):
    """Something wrong with an area: what it was, and what was done about it."""

    name: str
    wrong: str
    done: str


@dataclass(frozen=True)
class Layer:
    """The areas of one boundary file, in the order of the file."""

    features: tuple[Feature, ...]
    name_property: str | None
    report: tuple[Finding, ...] = ()

    def find(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Name of the area each point lies in, as an object array; None outside all of them.

        `lon`, `lat`: degrees, same length; NaN is outside. A border belongs to the area. Where
        areas overlap the smallest has the point; of two of one size, the first in the file.
        """
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        names = np.full(len(lon), None, dtype=object)
        order = np.argsort(lon)
        x, y = lon[order], lat[order]
        for feature in self._largest_first:
            names[order[_rows_inside(feature.geometry, x, y)]] = feature.name
        return names

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle of the layer's extent."""
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return tuple(map(float, shapely.total_bounds(self._geometries)))

    def simplified(self, tolerance_m: float, epsg: int) -> "Layer":
        """The areas with fewer corners, for drawing; neighbours keep their common border.

        `tolerance_m`: metres in the projected system `epsg` (its unit is allowed for).
        """
        there = Transformer.from_crs(4326, epsg, always_xy=True)
        back = Transformer.from_crs(epsg, 4326, always_xy=True)
        tolerance = tolerance_m / there.target_crs.axis_info[0].unit_conversion_factor
        projected = [transformed(geometry, there) for geometry in self._geometries]
        simple = shapely.coverage_simplify(projected, tolerance)
        features = [
            Feature(feature.name, transformed(geometry, back))
            for feature, geometry in zip(self.features, simple, strict=True)
        ]
        return Layer(tuple(features), self.name_property, self.report)

    def to_geojson(self) -> dict[str, Any]:
        """A FeatureCollection with the property "name"; degrees to 6 decimals (0.1 m)."""
        return {
            "type": "FeatureCollection",
            "features": [_as_geojson(feature) for feature in self.features],
        }

    def overlaps(self) -> list[Finding]:
        """Pairs of areas that share over a hundredth of the smaller, as findings."""
        tree = shapely.STRtree(self._geometries)
        pairs = tree.query(self._geometries, predicate="overlaps").T
        nested = tree.query(self._geometries, predicate="contains_properly").T
        pairs = sorted({(min(p), max(p)) for p in np.vstack([pairs, nested]).tolist()})
        found = [self._overlap(*pair) for pair in pairs]
        return [finding for finding in found if finding]

    def _overlap(self, a: int, b: int) -> Finding | None:
        smaller, larger = sorted((self.features[a], self.features[b]), key=_area)
        common = smaller.geometry.intersection(larger.geometry).area / smaller.geometry.area
        if common < OVERLAP_SHARE:
            return None
        return Finding(
            smaller.name,
            f"{common:.0%} of it is shared with {larger.name}",
            f"a point in both counts in {smaller.name}, the smaller",
        )

    @property
    def _geometries(self) -> list[BaseGeometry]:
        return [feature.geometry for feature in self.features]

    @cached_property
    def _largest_first(self) -> list[Feature]:
        ordered = sorted(self.features, key=_area)[::-1]
        shapely.prepare([feature.geometry for feature in ordered])
        return ordered


def transformed(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    """The geometry in another system; corners are moved, edges stay straight between them."""
    return shapely.transform(shapely.force_2d(geometry), transformer.transform, interleaved=False)


def _rows_inside(geometry: BaseGeometry, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Positions of the points (x in ascending order, NaN last) that the area holds."""
    west, south, east, north = geometry.bounds
    start, stop = np.searchsorted(x, west, "left"), np.searchsorted(x, east, "right")
    near = start + np.flatnonzero((y[start:stop] >= south) & (y[start:stop] <= north))
    return near[shapely.intersects_xy(geometry, x[near], y[near])]


def _area(feature: Feature) -> float:
    return feature.geometry.area


def _as_geojson(feature: Feature) -> dict[str, Any]:
    rounded = shapely.transform(feature.geometry, lambda corners: np.round(corners, DECIMALS))
    return {
        "type": "Feature",
        "properties": {"name": feature.name},
        "geometry": shapely.geometry.mapping(rounded),
    }
