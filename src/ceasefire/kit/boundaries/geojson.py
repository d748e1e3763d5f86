"""Areas of a GeoJSON file, a feature at a time."""

import re
from pathlib import Path
from typing import Any

import ijson

from ceasefire.kit.readers.faults import FileFault
from ceasefire.kit.readers.guards import OneByOne, deeper_than
from ceasefire.kit.readers.limits import MB, Limits

CRS_NAME = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"')
REMEDY = "export the layer as GeoJSON again"
LARGEST = 256 * MB


def read(path: Path) -> tuple[list[Any], list[dict[str, Any]], str | None]:
    """Geometries, properties and the named system (None = WGS 84 by the standard)."""
    _refuse_unsafe(path, Limits().depth)
    shapes, properties = [], []
    try:
        with path.open("rb") as file:
            named = CRS_NAME.search(file.read(65_536))
            file.seek(0)
            features = OneByOne(file.read, path.name, Limits().row_chars)
            for feature in features.items("features.item", use_float=True):
                shapes.append(feature.get("geometry"))
                properties.append(feature.get("properties") or {})
    except (ijson.JSONError, UnicodeDecodeError, AttributeError) as error:
        raise FileFault(path.name, "this is not a whole GeoJSON file", REMEDY) from error
    if not shapes:
        raise FileFault(path.name, "it holds no features", REMEDY)
    return shapes, properties, named[1].decode() if named else None


def _refuse_unsafe(path: Path, depth: int) -> None:
    if not path.is_file():
        raise FileFault(path.name, "there is no such file", "check the path")
    if path.stat().st_size > LARGEST:
        raise FileFault(path.name, f"it is larger than {LARGEST // MB} MB", "simplify the layer")
    with path.open("rb") as file:
        if deeper_than(depth, file.read):
            raise FileFault(path.name, f"it is nested over {depth} deep", REMEDY)
