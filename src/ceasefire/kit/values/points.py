"""Points written in one cell: "(lat, lon)", "POINT (lon lat)", GeoJSON, and hexadecimal WKB."""

import json
import math
import re
import struct
from typing import NamedTuple

from .numbers import parse_number

_NUMBER = r"([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)"
_WKT = re.compile(
    rf"(?:SRID=(\d+);)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*{_NUMBER}\s+{_NUMBER}[^)]*\)", re.I
)
_PAIR = re.compile(rf"\(?\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*\)?")
_TAIL = re.compile(rf"\(\s*{_NUMBER}\s*,\s*{_NUMBER}\s*\)\s*$")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){21,}")
_HAS_SRID = 0x20000000


class Point(NamedTuple):
    """`x` and `y` as the axis east and north; `srid` where the text names it.

    `ordered` is False for a bare pair, where the text does not say which number is north: it is
    then read as (latitude, longitude), the usual way on open portals.
    """

    x: float
    y: float
    srid: int | None = None
    ordered: bool = True


def parse_point(text: str | None) -> Point | None:
    """The point in a text, or None (also for an empty or undefined point)."""
    if not text:
        return None
    for read in (_from_pair, _from_wkt, _from_hex, _from_json, _from_tail):
        point = read(text.strip())
        if point is not None:
            return point if math.isfinite(point.x) and math.isfinite(point.y) else None
    return None


def _from_pair(text: str) -> Point | None:
    match = _PAIR.fullmatch(text)
    return Point(float(match[2]), float(match[1]), None, False) if match else None


def _from_wkt(text: str) -> Point | None:
    match = _WKT.match(text)
    return Point(float(match[2]), float(match[3]), _srid(match[1])) if match else None


def _srid(text: str | None) -> int | None:
    return int(text) if text else None


def _from_hex(text: str) -> Point | None:
    if not _HEX.fullmatch(text):
        return None
    raw = bytes.fromhex(text)
    order = "<" if raw[0] == 1 else ">"
    kind = struct.unpack_from(order + "I", raw, 1)[0]
    start = 9 if kind & _HAS_SRID else 5
    if kind & 0xFF != 1 or len(raw) < start + 16:
        return None
    srid = struct.unpack_from(order + "I", raw, 5)[0] if start == 9 else None
    return Point(*struct.unpack_from(order + "dd", raw, start), srid)


def _from_json(text: str) -> Point | None:
    if not text.startswith("{"):
        return None
    try:
        held = json.loads(text.replace("'", '"'))
    except ValueError:
        return None
    return _from_coordinates(held) or _from_named(held)


def _from_coordinates(held: dict) -> Point | None:
    pair = held.get("coordinates") or (held.get("geometry") or {}).get("coordinates")
    if isinstance(pair, list) and len(pair) >= 2 and all(isinstance(v, int | float) for v in pair):
        return Point(float(pair[0]), float(pair[1]))
    return None


def _from_named(held: dict) -> Point | None:
    named = {str(key).casefold(): parse_number(str(value)) for key, value in held.items()}
    y = next((named[key] for key in ("latitude", "lat", "y") if named.get(key) is not None), None)
    names = ("longitude", "lon", "lng", "long", "x")
    x = next((named[key] for key in names if named.get(key) is not None), None)
    return Point(x, y) if x is not None and y is not None else None


def _from_tail(text: str) -> Point | None:
    match = _TAIL.search(text)
    return Point(float(match[2]), float(match[1]), None, False) if match else None
