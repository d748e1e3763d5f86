"""Boundary files: GeoJSON in degrees, and the districts as a shapefile in state-plane feet."""

import struct

from .land import Area
from .plane import Point, degrees, feet
from .workbook import stored_zip

NEIGHBOURHOOD_NAME, DISTRICT_NAME = "NBHD_NAME", "DIST_NAME"
_POLYGON = 5
# A shapefile says what system it is in by this text (EPSG:3453, as ESRI writes it).
_PROJECTION = (
    'PROJCS["NAD_1983_StatePlane_Louisiana_Offshore_FIPS_1703_Feet",'
    'GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",'
    'SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],'
    'PARAMETER["False_Easting",3280833.3333],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",-91.3333333333333],'
    'PARAMETER["Standard_Parallel_1",27.8333333333333],'
    'PARAMETER["Standard_Parallel_2",26.1666666666667],'
    'PARAMETER["Latitude_Of_Origin",25.5],UNIT["US survey foot",0.304800609601219]]'
)


def limits_geojson(area: Area) -> dict:
    return _collection("city_limits", [_feature(area, {"CITY": area.name})])


def districts_geojson(areas: list[Area]) -> dict:
    return _collection(
        "districts",
        [_feature(a, {"DIST_NO": i, DISTRICT_NAME: a.name}) for i, a in _numbered(areas)],
    )


def neighbourhoods_geojson(areas: list[Area], spoilt: int) -> dict:
    """The neighbourhoods; the outer ring of number `spoilt` crosses itself, as real files' do."""
    features = [
        _feature(a, {"OBJECTID": i, NEIGHBOURHOOD_NAME: a.name, DISTRICT_NAME: a.district})
        for i, a in _numbered(areas)
    ]
    ring = features[spoilt]["geometry"]["coordinates"][0]
    ring[6:6] = _figure_eight(*ring[5])
    return _collection("neighbourhoods", features)


def _figure_eight(longitude: float, latitude: float) -> list[list[float]]:
    """Three corners that follow one, so that the ring crosses itself whatever its shape."""
    east, north = round(longitude + 0.0004, 6), round(latitude + 0.0004, 6)
    return [[east, north], [east, latitude], [longitude, north]]


def _numbered(areas: list[Area]) -> list[tuple[int, Area]]:
    return list(enumerate(areas, 1))


def _collection(name: str, features: list[dict]) -> dict:
    return {"type": "FeatureCollection", "name": name, "features": features}


def _feature(area: Area, properties: dict) -> dict:
    rings = [[list(degrees(p)) for p in [*ring, ring[0]]] for ring in area.rings]
    geometry = {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def shapefile_zip(areas: list[Area], stem: str) -> bytes:
    """The areas as a zipped shapefile (.shp, .shx, .dbf, .prj, .cpg)."""
    records = [_polygon(area) for area in areas]
    box = struct.pack("<4d", *_bounds([p for area in areas for p in _all_feet(area)]))
    shp, shx, offset = b"", b"", 50
    for i, content in enumerate(records):
        words = len(content) // 2
        shp += struct.pack(">2i", i + 1, words) + content
        shx += struct.pack(">2i", offset, words)
        offset += words + 4
    return stored_zip(
        [
            (f"{stem}.shp", _shape_header(len(shp), box) + shp),
            (f"{stem}.shx", _shape_header(len(shx), box) + shx),
            (f"{stem}.dbf", _table(areas)),
            (f"{stem}.prj", _PROJECTION.encode()),
            (f"{stem}.cpg", b"UTF-8"),
        ]
    )


def _shape_header(size: int, box: bytes) -> bytes:
    """100 bytes; lengths are counted in 16-bit words."""
    return (
        struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, (100 + size) // 2)
        + struct.pack("<2i", 1000, _POLYGON)
        + box
        + bytes(32)
    )


def _polygon(area: Area) -> bytes:
    """One polygon record; a shapefile's outer rings run clockwise, so every ring is reversed."""
    rings = [[feet(p) for p in [*ring, ring[0]]][::-1] for ring in area.rings]
    starts = [sum(map(len, rings[:i])) for i in range(len(rings))]
    points = [p for ring in rings for p in ring]
    return (
        struct.pack("<i4d2i", _POLYGON, *_bounds(points), len(rings), len(points))
        + struct.pack(f"<{len(starts)}i", *starts)
        + b"".join(struct.pack("<2d", *p) for p in points)
    )


def _all_feet(area: Area) -> list[Point]:
    return [feet(p) for ring in area.rings for p in ring]


def _bounds(points: list[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _table(areas: list[Area]) -> bytes:
    """A dBASE III table of DIST_NO and DIST_NAME, dated 1 January 2026."""
    columns = [(b"DIST_NO", b"N", 4), (b"DIST_NAME", b"C", 32)]
    described = b"".join(
        name.ljust(11, b"\0") + kind + bytes(4) + bytes([width, 0]) + bytes(14)
        for name, kind, width in columns
    )
    header = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(areas), 32 + len(described) + 1, 37)
    rows = b"".join(
        b" " + f"{i:>4}".encode() + a.name.encode().ljust(32) for i, a in _numbered(areas)
    )
    return header + described + b"\r" + rows + b"\x1a"
