"""Reading a boundary file into a layer: its system, its names, and repairs to its rings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from ceasefire.kit.projection import detect
from ceasefire.kit.readers.faults import FileFault

from . import geojson, shapefiles
from .layer import Feature, Finding, Layer, transformed
from .naming import name_property_of, name_text

WGS84 = CRS.from_epsg(4326)
SHAPEFILE_SUFFIXES = (".shp", ".zip")


class Drawing(NamedTuple):
    """What a file holds: a geometry (GeoJSON-like) and properties per area, and its system."""

    shapes: list[dict[str, Any] | None]
    properties: list[dict[str, Any]]
    crs: str | None


def load_layer(
    path: str | Path,
    *,
    name_property: str | None = None,
    crs: int | str | None = None,
    hint: tuple[float, float] | None = None,
) -> Layer:
    """The areas of a GeoJSON file or a shapefile (.shp beside its parts, or a .zip of them).

    `crs` (an EPSG code) overrides what the file says; `hint` (lon, lat), a point in the city,
    lets a file that says nothing be recognised. Raises FileFault, naming the remedy.
    """
    path = Path(path)
    read = shapefiles.read if path.suffix.lower() in SHAPEFILE_SUFFIXES else geojson.read
    drawing = Drawing(*read(path))
    report: list[Finding] = []
    key = _name_key(drawing.properties, name_property, path)
    names = _names(drawing.properties, key, report, path)
    areas = _areas(drawing.shapes, names, report)
    if not areas:
        raise FileFault(path.name, "it holds no areas", "send a layer of polygons")
    layer = Layer(_in_degrees(areas, _system(drawing, areas, crs, hint, path)), key)
    return Layer(layer.features, key, (*report, *layer.overlaps()))


def _name_key(properties: Sequence[dict[str, Any]], wanted: str | None, path: Path) -> str | None:
    keys = dict.fromkeys(key for row in properties for key in row)
    if wanted and wanted not in keys:
        choices = ", ".join(keys) or "(it has none)"
        raise FileFault(path.name, f"it has no property {wanted}", f"name one of: {choices}")
    return wanted or name_property_of(properties)


def _names(properties: Sequence[dict[str, Any]], key: str | None, report, path: Path) -> list[str]:
    if key is None and len(properties) == 1:
        return [name_text(path.stem.replace("_", " "))]
    names = []
    for number, row in enumerate(properties, 1):
        name = name_text(row.get(key)) if key else ""
        if not name:
            name = f"Area {number}"
            report.append(Finding(name, "it has no name", "named by its position in the file"))
        names.append(name)
    return names


def _areas(shapes, names: list[str], report: list[Finding]) -> list[Feature]:
    areas = []
    for name, shape in zip(names, shapes, strict=True):
        area = _area(shape, name, report)
        if area is not None:
            areas.append(Feature(name, area))
    return areas


def _area(shape: dict[str, Any] | None, name: str, report: list[Finding]) -> BaseGeometry | None:
    try:
        geometry = shapely.geometry.shape(shape) if shape else None
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError):
        geometry = None
    if geometry is None or geometry.is_empty:
        report.append(Finding(name, "it has no readable shape", "left out"))
        return None
    if not geometry.is_valid:
        geometry = _repaired(geometry, name, report)
    polygons = _polygons(geometry)
    if polygons is None:
        report.append(Finding(name, f"it is a {geometry.geom_type}, not an area", "left out"))
    return polygons


def _repaired(geometry: BaseGeometry, name: str, report: list[Finding]) -> BaseGeometry:
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    change = abs(repaired.area - geometry.area) / max(geometry.area, 1e-12)
    wrong = shapely.is_valid_reason(geometry)
    report.append(Finding(name, wrong, f"ring repaired, area changed by {change:.4%}"))
    return repaired


def _polygons(geometry: BaseGeometry) -> BaseGeometry | None:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in ("Polygon", "MultiPolygon")]
    if not parts:
        return None
    return (
        geometry if len(parts) == shapely.get_num_geometries(geometry) else shapely.union_all(parts)
    )


def _system(drawing: Drawing, areas: list[Feature], crs, hint, path: Path) -> CRS:
    if crs or drawing.crs:
        try:
            return CRS.from_user_input(crs or drawing.crs)
        except CRSError as error:
            raise FileFault(path.name, "its projection is not known", _pass_crs([])) from error
    corners = shapely.get_coordinates([area.geometry for area in areas])
    if np.abs(corners).max(axis=0)[0] <= 180 and np.abs(corners).max(axis=0)[1] <= 90:
        return WGS84
    found = detect(corners[:, 0], corners[:, 1], hint=hint)
    if not found or found[0].ambiguous:
        reason = "it does not say in which projection it is drawn"
        raise FileFault(path.name, reason, _pass_crs(found))
    return CRS.from_epsg(found[0].epsg)


def _pass_crs(found) -> str:
    if not found:
        return "pass crs, the EPSG code of its projection"
    examples = ", ".join(f"{c.epsg} ({c.name})" for c in found[:5])
    return f"pass crs, the EPSG code, or hint, a point in the city; it could be {examples}"


def _in_degrees(areas: list[Feature], system: CRS) -> tuple[Feature, ...]:
    if system == WGS84:
        return tuple(Feature(a.name, shapely.force_2d(a.geometry)) for a in areas)
    transformer = Transformer.from_crs(system, WGS84, always_xy=True)
    return tuple(Feature(a.name, transformed(a.geometry, transformer)) for a in areas)
