"""What kind of file it is, by its content; the name is not trusted."""

import re
import zipfile
from pathlib import Path

from .faults import FileFault
from .source import GZIP, ZIP, Source

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FOREIGN = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\0\0\x27\x0a": "a shapefile",
}
MARKUP = re.compile(rb"\s*<(!doctype|html|table|head|\?xml|kml|gpx)", re.IGNORECASE)
FEATURES = re.compile(rb'"type"\s*:\s*"FeatureCollection"|"features"\s*:\s*\[')
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
REMEDY = "send the table as CSV, Excel, JSON, GeoJSON or Parquet"
# Text has next to no control characters but tab, line ends and, rarely, a form feed.
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))
START = 65_536


def container_kind(path: Path) -> str | None:
    """Kinds that are not a stream of text: "excel", "parquet"; None for all others."""
    with path.open("rb") as file:
        start = file.read(START)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(COMPOUND):
        return _compound_kind(path)
    return _workbook_kind(path) if start.startswith(ZIP) else None


def stream_kind(source: Source) -> str:
    """ "csv", "json", "jsonlines" or "geojson"; raises FileFault for anything else."""
    start = source.read(START)
    source.rewind()
    refuse_foreign(start, source.place)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise FileFault(source.place, "the file is empty", "send a file with rows")
    if text.startswith(b"["):
        return "json" if text[1:].lstrip()[:1] in (b"{", b"]") else "csv"
    if text.startswith(b"{"):
        return "geojson" if FEATURES.search(text) else "jsonlines"
    return "csv"


def refuse_foreign(start: bytes, place: str) -> None:
    for mark, name in FOREIGN.items():
        if start.startswith(mark):
            raise FileFault(place, f"this is {name}, whatever its name", REMEDY)
    if start.startswith((b"PAR1", COMPOUND, ZIP, GZIP)):
        raise FileFault(place, "this is a packed workbook or archive", "send it without packing")
    if MARKUP.match(start):
        raise FileFault(place, "this is a web page or XML, not a table", REMEDY)
    if _is_binary(start):
        raise FileFault(place, "this is a binary file, not text", REMEDY)


def _is_binary(start: bytes) -> bool:
    if start.startswith(WIDE_MARKS) or _looks_wide(start):
        return False
    controls = len(start) - len(start.translate(None, CONTROLS))
    return controls > max(8, len(start) // 100)


def _looks_wide(start: bytes) -> bool:
    """UTF-16 without a mark: nearly every second byte is NUL, on one side only."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return max(even, odd) > len(start) // 5 and min(even, odd) == 0


def _compound_kind(path: Path) -> str:
    data = path.read_bytes()
    if ENCRYPTED in data:
        raise FileFault(path.name, "the workbook has a password", "save it without a password")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "excel"
    raise FileFault(path.name, "this is an old Office document, not a workbook", REMEDY)


def _workbook_kind(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise FileFault(
            path.name, "the archive is cut short or damaged", "send it again"
        ) from error
    if "xl/workbook.xml" in names:
        return "excel"
    if "[Content_Types].xml" in names or "mimetype" in names or "xl/workbook.bin" in names:
        raise FileFault(path.name, "this kind of document is not read", "save it as .xlsx or CSV")
    return None
