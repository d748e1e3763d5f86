"""Where a row lies: the columns that hold degrees, projected metres or feet, or a whole point.

This is the only place where intake asks which projection a file uses.
"""

from collections.abc import Sequence

import numpy as np

from ceasefire.kit.readers import RowFault
from ceasefire.kit.values import parse_number, parse_point

from .columns import Column, coordinate

PAIRS = 400
DEGREES = 4326
FARTHEST_KM = 2_500
FAR_KM = 300
Found = list[tuple[int, RowFault, bool]]


def pairs(first: Sequence[str | None], second: Sequence[str | None]) -> list[tuple[float, float]]:
    """Number pairs of two columns, up to 400, without blanks and zeros."""
    found = []
    for a, b in zip(first, second, strict=True):
        x, y = parse_number(a), parse_number(b)
        if x and y:
            found.append((x, y))
        if len(found) == PAIRS:
            break
    return found


def detect_projection(x, y, lon_lat, *, layer=None) -> list:
    """Candidate systems for projected columns, best first; `lon_lat` pairs of the same rows."""
    from ceasefire.kit import projection

    pairs_ = tuple(np.array(lon_lat).T) if lon_lat else None
    return list(projection.detect(np.array(x), np.array(y), lon_lat_pairs=pairs_, layer=layer))


def to_degrees(x: np.ndarray, y: np.ndarray, epsg: int) -> tuple[np.ndarray, np.ndarray]:
    """WGS 84 longitude and latitude of projected coordinates; infinite where outside."""
    from ceasefire.kit import projection

    return projection.to_lon_lat(x, y, epsg)


def point_order(texts: Sequence[str]) -> str:
    """Whether bare pairs in a column are "lat lon" or "lon lat", by what the numbers can be."""
    points = [p for text in texts if (p := parse_point(text)) and not p.ordered and (p.x or p.y)]
    # Read as (lat, lon): x holds the second number and y the first.
    wrong = sum(1 for p in points if abs(p.y) > 90 or (p.y < -60 and 0 < p.x < 75))
    return "lon lat" if points and wrong > len(points) / 2 else "lat lon"


def point_rows(texts, swap: bool) -> list[tuple[float, float]]:
    """Longitudes and latitudes of point texts that are places."""
    pairs_ = (_point(text, swap) for text in texts)
    return [pair for pair in pairs_ if pair and pair[0] and pair[1]]


def middle_degrees(x: list[float], y: list[float], epsg: int) -> list[float] | None:
    """Longitude and latitude of the median of sorted projected coordinates."""
    x, y = [value for value in x if value], [value for value in y if value]
    if not x or not y:
        return None
    lon, lat = to_degrees(np.array([x[len(x) // 2]]), np.array([y[len(y) // 2]]), epsg)
    return [round(float(lon[0]), 4), round(float(lat[0]), 4)] if np.isfinite(lon[0]) else None


class Place:
    """Reads the place of each row: degrees, else a point, else projected coordinates."""

    def __init__(self, mapping) -> None:
        self._fields = mapping.fields
        self._crs = mapping.crs
        self._centre = mapping.centre
        self._columns = {
            name: Column(entry["column"], coordinate(_factor(entry)))
            for name, entry in mapping.fields.items()
            if name in ("latitude", "longitude", "x", "y")
        }
        if "point" in mapping.fields:
            entry = mapping.fields["point"]
            swap = entry.get("order") == "lon lat"
            self._columns["point"] = Column(entry["column"], lambda text: _point(text, swap))

    def columns(self, raw: dict[str, list], numbers: list[int], found: Found) -> dict[str, list]:
        """latitude, longitude and place_from; faults are added to `found`."""
        size = len(numbers)
        lat, lon = self._read("latitude", raw, size), self._read("longitude", raw, size)
        for name in ("latitude", "longitude"):
            if name in self._columns:
                found += self._columns[name].faults(raw[name], numbers)
        source = np.where(_forget_zeros(lat, lon), "", "degrees").astype(object)
        self._fill_from_points(lat, lon, source, raw)
        self._fill_from_projected(lat, lon, source, raw, size)
        self._judge(lat, lon, numbers, found)
        return {
            "latitude": _listed(lat),
            "longitude": _listed(lon),
            "place_from": [text or None for text in source.tolist()],
        }

    def _read(self, name: str, raw: dict[str, list], size: int) -> np.ndarray:
        if name not in self._columns:
            return np.full(size, np.nan)
        entry, texts = self._fields[name], raw[name]
        try:
            plain = np.array([float(text) if text else np.nan for text in texts])
        except ValueError:
            return np.array(self._columns[name].read(texts), dtype=float)
        plain[np.isinf(plain)] = np.nan
        return plain * _factor(entry)

    def _fill_from_points(self, lat, lon, source, raw) -> None:
        if "point" not in self._columns:
            return
        cache, texts = self._columns["point"], raw["point"]
        for position in np.flatnonzero(np.isnan(lat)).tolist():
            pair = cache[texts[position]]
            if pair:
                lon[position], lat[position] = pair
                source[position] = "point"
        source[_forget_zeros(lat, lon)] = ""

    def _fill_from_projected(self, lat, lon, source, raw, size: int) -> None:
        if "x" not in self._columns or "y" not in self._columns:
            return
        need = np.flatnonzero(np.isnan(lat))
        if not len(need):
            return
        x, y = self._read("x", raw, size)[need], self._read("y", raw, size)[need]
        degrees = (np.abs(x) <= 180) & (np.abs(y) <= 90)
        projected = ~degrees & np.isfinite(x) & np.isfinite(y) & (x != 0) & (y != 0)
        if projected.any() and self._crs:
            x[projected], y[projected] = to_degrees(x[projected], y[projected], self._crs)
        usable = (degrees | projected & bool(self._crs)) & np.isfinite(x) & ~((x == 0) & (y == 0))
        lon[need[usable]], lat[need[usable]] = x[usable], y[usable]
        source[need[usable]] = "x y"

    def _judge(self, lat, lon, numbers: list[int], found: Found) -> None:
        """Refuse rows off the globe or a continent away; tell of those far from the rest."""
        off = (np.abs(lat) > 90) | (np.abs(lon) > 180)
        away = np.where(off, np.nan, _km(lat, lon, self._centre))
        for position in np.flatnonzero(off | (away > FAR_KM)).tolist():
            found.append(self._verdict(position, numbers, off[position], away[position]))

    def _verdict(self, position: int, numbers, off: bool, away: float):
        column = self._fields.get("latitude", self._fields.get("point", self._fields.get("x")))
        refuse = bool(off or away > FARTHEST_KM)
        reason = (
            "the coordinates are not on the globe"
            if off
            else f"the place is {away:,.0f} km from the middle of the file"
        )
        remedy = "correct the place or leave it blank" if refuse else "kept as stated"
        return position, RowFault(numbers[position], column["column"], reason, remedy), refuse


def _factor(entry: dict) -> float:
    return entry.get("scale", 1.0) * (-1 if entry.get("negate") else 1)


def _point(text: str, swap: bool) -> tuple[float, float] | None:
    """Longitude and latitude of a point text."""
    point = parse_point(text)
    if point is None:
        return None
    if point.srid not in (None, DEGREES):
        x, y = to_degrees(np.array([point.x]), np.array([point.y]), point.srid)
        return float(x[0]), float(y[0])
    return (point.y, point.x) if swap and not point.ordered else (point.x, point.y)


def _forget_zeros(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Make rows without both coordinates, or at 0, None; True for them."""
    missing = np.isnan(lat) | np.isnan(lon) | (lat == 0) | (lon == 0)
    lat[missing] = lon[missing] = np.nan
    return missing


def _listed(values: np.ndarray) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _km(lat: np.ndarray, lon: np.ndarray, centre) -> np.ndarray:
    """Kilometres from the centre (longitude, latitude), near enough to tell cities apart."""
    if centre is None:
        return np.zeros(len(lat))
    with np.errstate(invalid="ignore"):
        a, b = np.radians(lat), np.radians(centre[1])
        across = np.radians((lon - centre[0] + 180) % 360 - 180)
        half = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
        return 2 * 6371 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
