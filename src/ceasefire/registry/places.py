"""Where a coordinate lies: in the city's metres, its limits, its districts and neighbourhoods."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from shapely.geometry import shape

from ceasefire.kit.boundaries import Feature, Layer
from ceasefire.registry.models import BoundaryLayer, City

WGS84 = 4326
Kind = BoundaryLayer.Kind
# The layer that says where the city ends: its limits, else whatever divides it.
_OUTLINE = (Kind.CITY, Kind.DISTRICT, Kind.NEIGHBOURHOOD)


@dataclass(frozen=True)
class Found:
    """One entry per row. x_m and y_m are NaN and names None where the place is not known."""

    x_m: np.ndarray
    y_m: np.ndarray
    district: np.ndarray
    neighbourhood: np.ndarray
    in_city: np.ndarray  # True, False or None


@dataclass(frozen=True)
class Gazetteer:
    """The city's projection and boundary files, read once for a load or a page."""

    projected_system: int
    layers: dict[str, Layer] = field(default_factory=dict)

    @cached_property
    def _transformer(self):
        from pyproj import Transformer

        return Transformer.from_crs(WGS84, self.projected_system, always_xy=True)

    @cached_property
    def _metres_per_unit(self) -> float:
        return self._transformer.target_crs.axis_info[0].unit_conversion_factor

    def metres(self, longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Project degrees to the city's system, in metres whatever its own unit is."""
        x, y = self._transformer.transform(longitude, latitude)
        x, y = np.asarray(x) * self._metres_per_unit, np.asarray(y) * self._metres_per_unit
        # A point that the projection cannot hold comes back infinite.
        bad = ~np.isfinite(x) | ~np.isfinite(y)
        return np.where(bad, np.nan, x), np.where(bad, np.nan, y)

    def find(self, longitude: np.ndarray, latitude: np.ndarray) -> Found:
        """longitude, latitude: float arrays in degrees, NaN where the place is not known."""
        x_m, y_m = self.metres(longitude, latitude)
        return Found(
            x_m,
            y_m,
            self._names(Kind.DISTRICT, longitude, latitude),
            self._names(Kind.NEIGHBOURHOOD, longitude, latitude),
            self._inside(longitude, latitude),
        )

    def _names(self, kind: str, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        names = np.full(len(longitude), None, dtype=object)
        known = ~np.isnan(longitude)
        if (layer := self.layers.get(kind)) and known.any():
            names[known] = layer.find(longitude[known], latitude[known])
        return names

    def _inside(self, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        """Inside the city limits; without that layer, inside any of the districts."""
        inside = np.full(len(longitude), None, dtype=object)
        kind = next((kind for kind in _OUTLINE if kind in self.layers), None)
        if kind is None:
            return inside
        known = ~np.isnan(longitude)
        names = self._names(kind, longitude, latitude)
        inside[known] = [name is not None for name in names[known]]
        return inside


def gazetteer(city: City) -> Gazetteer:
    """The city's newest layer of each kind."""
    newest = BoundaryLayer.objects.order_by("kind", "-effective_from").distinct("kind")
    return Gazetteer(city.projected_system, {layer.kind: _drawn(layer) for layer in newest})


def _drawn(layer: BoundaryLayer) -> Layer:
    areas = layer.boundaries.order_by("id")
    return Layer(
        tuple(Feature(area.name, shape(area.geometry)) for area in areas), layer.name_property
    )


def projected_system_near(longitude: float, latitude: float) -> int:
    """EPSG code of the UTM zone (WGS 84, metres) that holds a point."""
    zone = int((longitude + 180) // 6) + 1
    return (32600 if latitude >= 0 else 32700) + zone
