"""The same places as data, for the map that can be moved."""

from collections.abc import Iterable, Sequence

from ceasefire.kit.maps.marks import mark
from ceasefire.kit.maps.things import Kind, Point


def points_geojson(points: Sequence[Point], kinds: Sequence[Kind]) -> dict:
    """A FeatureCollection of the points that have a place, each with its shape and words."""
    slots = {kind.key: (slot, kind) for slot, kind in enumerate(kinds)}
    known = (point for point in points if point.latitude is not None)
    features = [_point(point, *slots[point.kind]) for point in known]
    return {"type": "FeatureCollection", "features": features}


def _point(point: Point, slot: int, kind: Kind) -> dict:
    place = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    words = {"name": point.name, "label": str(kind.label), "href": point.href}
    shape = {"slot": slot, "path": mark(kind.mark, 0, 0, 5)}
    return {"type": "Feature", "geometry": place, "properties": words | shape}


def boundaries_geojson(boundaries: Iterable[tuple[str, dict]]) -> dict:
    """A FeatureCollection of named areas."""
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"name": name}}
        for name, geometry in boundaries
    ]
    return {"type": "FeatureCollection", "features": features}
