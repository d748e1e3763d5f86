"""Areas of a shapefile, from its parts side by side or in one zip archive."""

import io
import struct
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import shapefile

from ceasefire.kit.readers.faults import FileFault
from ceasefire.kit.readers.limits import MB
from ceasefire.kit.readers.source import refuse_unsafe_name

PARTS = (".shp", ".dbf", ".prj", ".cpg")
NEEDED = (".shp", ".dbf")
LARGEST = 256 * MB


def read(path: Path) -> tuple[list[Any], list[dict[str, Any]], str | None]:
    """Geometries, properties and the text of the .prj part, None without one."""
    parts = _zipped(path) if path.suffix.lower() == ".zip" else _beside(path)
    for suffix in NEEDED:
        if suffix not in parts:
            raise FileFault(path.name, f"the part {suffix} is missing", "send all parts in a zip")
    if 2 * int.from_bytes(parts[".shp"][24:28], "big") > len(parts[".shp"]):
        raise FileFault(path.name, "the shapefile is cut short", "send it again")
    shapes, properties = _records(path, parts)
    return shapes, properties, parts.get(".prj", b"").decode("utf-8", "replace").strip() or None


def _beside(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise FileFault(path.name, "there is no such file", "check the path")
    siblings = [p for p in path.parent.iterdir() if p.stem == path.stem and p.is_file()]
    return {
        p.suffix.lower(): _limited(p.open("rb"), path)
        for p in siblings
        if p.suffix.lower() in PARTS
    }


def _zipped(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return _members(archive, path)
    except (zipfile.BadZipFile, OSError) as error:
        raise FileFault(
            path.name, "the archive is cut short or damaged", "send it again"
        ) from error


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for name in archive.namelist():
        refuse_unsafe_name(name, path.name)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in PARTS or name.startswith("__MACOSX"):
            continue
        if suffix in parts:
            raise FileFault(path.name, "it holds more than one layer", "send one layer to a zip")
        parts[suffix] = _limited(archive.open(name), path)
    return parts


def _limited(file, path: Path) -> bytes:
    with file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileFault(
            path.name, f"a part is larger than {LARGEST // MB} MB", "simplify the layer"
        )
    return data


def _records(path: Path, parts: dict[str, bytes]) -> tuple[list[Any], list[dict[str, Any]]]:
    encoding = parts.get(".cpg", b"").decode("ascii", "ignore").strip() or "utf-8"
    for text in (encoding, "cp1252"):
        try:
            return _read(parts, text)
        except (UnicodeDecodeError, LookupError):
            continue
        except (shapefile.ShapefileException, struct.error, ValueError, IndexError) as error:
            raise FileFault(path.name, "the shapefile is damaged", "send it again") from error
    raise FileFault(path.name, "its text cannot be read", "export it in UTF-8")


def _read(parts: dict[str, bytes], encoding: str) -> tuple[list[Any], list[dict[str, Any]]]:
    shapes, properties = [], []
    files = {suffix[1:]: io.BytesIO(parts[suffix]) for suffix in NEEDED}
    with shapefile.Reader(**files, encoding=encoding) as reader:
        for item in reader.iterShapeRecords():
            shape = item.shape
            shapes.append(shape.__geo_interface__ if shape.shapeType else None)
            properties.append(item.record.as_dict())
    return shapes, properties
