"""Naming the projected system in which a file's x and y columns are written.

Candidates are the United States state plane zones (NAD27, NAD83 and its later realisations, in
metres, US survey feet and international feet), UTM and Web Mercator of the EPSG registry, by
way of pyproj. Angles are degrees of WGS 84, longitude first.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from pyproj import CRS, Proj, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.database import CRSInfo, query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import ProjError

GEOGRAPHIC = "EPSG:4326"
SAMPLE = 2_000
METRES_PER_DEGREE = 111_195.0
# A first look without datum shifts: NAD27 lies within this of NAD83 once its own origin is used.
COARSE_M = 1_000.0
SAME_M = 5.0
NEAR_M = 80_000.0
INSIDE_SHARE = 0.5
# The realisations of NAD83 differ by under two metres, which is also what separates one city's
# geocoder from another; within that the plain datum, the usual one, is taken.
DATUM_M = 2.0
DATUMS = ("NAD83 /", "NAD83(HARN) /", "NAD83(2011) /", "NAD83(NSRS2007) /", "NAD27 /", "WGS 84 /")
PLAIN = ("NAD83 / ", "NAD27 / ")
OTHER_NAMES = re.compile(
    r"BLM|MTM|[36]TM|10-TM|Albers|Lambert|LCC|Equal|Statistics|New Brunswick|Cuba"
)
LonLat = tuple[np.ndarray, np.ndarray]


class Areas(Protocol):
    """A layer of areas: what detection needs of `boundaries.Layer`."""

    centre: tuple[float, float]

    def find(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Candidate:
    """A system that explains the values.

    `median_error_m` is the median distance to the longitudes and latitudes of the same rows;
    `share_inside` the share (0 to 1) of points inside the layer, or near the hint. `ambiguous`
    is set when nothing but the range of the values was known.
    """

    epsg: int
    name: str
    unit: str
    median_error_m: float | None = None
    share_inside: float | None = None
    ambiguous: bool = False


def detect(
    x: np.ndarray,
    y: np.ndarray,
    *,
    lon_lat_pairs: LonLat | None = None,
    hint: tuple[float, float] | None = None,
    layer: Areas | None = None,
) -> list[Candidate]:
    """Candidates for arrays x and y (one entry per row; NaN and 0 = missing), best first.

    With `lon_lat_pairs` (arrays of the same rows) those within 5 m in the median; with `layer`
    those that put over half of the points inside; with `hint` (lon, lat) over half within 80 km;
    else all whose area of use holds the values, marked ambiguous. Empty when none fits.
    """
    columns = [x, y, *(lon_lat_pairs or ())]
    x, y, *pair = _sample([np.asarray(column, dtype=float) for column in columns])
    if not len(x):
        return []
    if lon_lat_pairs is not None:
        return _by_pairs(x, y, *pair)
    if layer is not None:
        return _by_share(x, y, layer.centre, lambda lon, lat: _inside(layer, lon, lat))
    if hint is not None:
        return _by_share(x, y, hint, lambda lon, lat: _metres(lon, lat, *hint) < NEAR_M)
    return _by_range(x, y)


def to_lon_lat(x: np.ndarray, y: np.ndarray, crs: int | str | CRS) -> LonLat:
    """Longitudes and latitudes (WGS 84) of points in a system; not finite where impossible."""
    return _transformer(CRS.from_user_input(crs).to_wkt()).transform(x, y)


@lru_cache(maxsize=256)
def _transformer(wkt: str) -> Transformer:
    return Transformer.from_crs(CRS.from_wkt(wkt), GEOGRAPHIC, always_xy=True)


def _sample(columns: list[np.ndarray]) -> list[np.ndarray]:
    """At most 2,000 rows, evenly spread, of those in which no value is missing."""
    known = np.logical_and.reduce([np.isfinite(column) & (column != 0) for column in columns])
    rows = np.flatnonzero(known)
    rows = rows[:: max(1, -(-len(rows) // SAMPLE))]
    return [column[rows] for column in columns]


def _by_pairs(x, y, lon, lat) -> list[Candidate]:
    centre = float(np.median(lon)), float(np.median(lat))
    found = []
    for info in _coarse(x, y, centre, COARSE_M):
        error = float(np.median(_metres(*to_lon_lat(x, y, _code(info)), lon, lat)))
        if error < SAME_M:
            found.append(_candidate(info, median_error_m=round(error, 3)))
    best = min((c.median_error_m for c in found), default=0.0)
    return sorted(found, key=lambda c: (c.median_error_m > best + DATUM_M, _usual(c.name)))


def _by_share(x, y, centre: tuple[float, float], inside) -> list[Candidate]:
    found = []
    for info in _coarse(x, y, centre, NEAR_M):
        share = float(np.mean(inside(*to_lon_lat(x, y, _code(info)))))
        if share > INSIDE_SHARE:
            found.append(_candidate(info, share_inside=round(share, 4)))
    return sorted(found, key=lambda c: (-round(c.share_inside, 2), _usual(c.name)))


def _by_range(x, y) -> list[Candidate]:
    middle = float(np.median(x)), float(np.median(y))
    fitting = [
        info for info in _systems_for(*middle) if _in_use(info, _roughly(_code(info), *middle))
    ]
    found = [replace(_candidate(info), ambiguous=True) for info in fitting]
    return sorted(found, key=lambda c: (_usual(c.name), c.name))


def _coarse(x, y, centre: tuple[float, float], within_m: float) -> list[CRSInfo]:
    """Systems used at the centre which put the middle of the points about there."""
    middle = float(np.median(x)), float(np.median(y))
    reach = max(within_m, _spread(x, y))
    return [
        info
        for info in _systems_for(*middle)
        if _in_use(info, centre) and _metres(*_roughly(_code(info), *middle), *centre) < reach
    ]


def _spread(x, y) -> float:
    """Room for a centre that is not the same point: a twentieth of the extent, as metres."""
    return float(max(np.ptp(x), np.ptp(y))) / 20


def _inside(layer: Areas, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    return np.array([name is not None for name in layer.find(lon, lat)])


def _metres(lon, lat, to_lon, to_lat) -> np.ndarray:
    """Distance in metres over a short stretch (under 1 degree, error below 0.5%)."""
    east = (lon - to_lon) * np.cos(np.radians(to_lat))
    with np.errstate(invalid="ignore", over="ignore"):
        return np.hypot(east, np.asarray(lat) - to_lat) * METRES_PER_DEGREE


@lru_cache(maxsize=1)
def _systems() -> tuple[CRSInfo, ...]:
    states = AreaOfInterest(-180, 13, -64, 72)
    infos = query_crs_info("EPSG", PJType.PROJECTED_CRS, area_of_interest=states)
    zones = {_zone(info) for info in infos if info.name.startswith(PLAIN)}
    return tuple(info for info in infos if _is_candidate(info, zones))


@lru_cache(maxsize=1)
def _degrees() -> tuple[CRSInfo, ...]:
    infos = query_crs_info("EPSG", PJType.GEOGRAPHIC_2D_CRS)
    return tuple(info for info in infos if _code(info) == GEOGRAPHIC)


def _systems_for(x: float, y: float) -> tuple[CRSInfo, ...]:
    """Values that can be degrees are degrees: no city lies that near a projected origin."""
    return _degrees() if abs(x) <= 180 and abs(y) <= 90 else _systems()


def _is_candidate(info: CRSInfo, zones: set[str]) -> bool:
    """State plane, UTM, Web Mercator; not a county's own grid or a map of a continent."""
    if info.name.startswith("WGS 84 /"):
        return "UTM" in info.name or "Pseudo-Mercator" in info.name
    in_use = info.name.startswith(DATUMS) and _zone(info) in zones
    return in_use and not OTHER_NAMES.search(info.name)


def _zone(info: CRSInfo) -> str:
    return info.name.partition(" / ")[2]


def _usual(name: str) -> int:
    """Position of the datum in the order of use; UTM and Mercator after the state's own zones."""
    datum = next((i for i, start in enumerate(DATUMS) if name.startswith(start)), -1)
    return datum + 10 * ("UTM" in name)


def _in_use(info: CRSInfo, point: tuple[float, float]) -> bool:
    area, (lon, lat) = info.area_of_use, point
    return area.west - 1 <= lon <= area.east + 1 and area.south - 1 <= lat <= area.north + 1


@lru_cache(maxsize=2_048)
def _projection(code: str) -> Proj:
    return Proj(code)


def _roughly(code: str, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude on the system's own datum: a hundred times quicker to set up."""
    if code == GEOGRAPHIC:
        return (x, y)
    try:
        return _projection(code)(x, y, inverse=True)
    except ProjError:
        return (np.inf, np.inf)


def _code(info: CRSInfo) -> str:
    return f"EPSG:{info.code}"


def _candidate(info: CRSInfo, **measure: float) -> Candidate:
    return Candidate(int(info.code), info.name, _unit(_code(info)), **measure)


@lru_cache(maxsize=2_048)
def _unit(code: str) -> str:
    return CRS.from_user_input(code).axis_info[0].unit_name
