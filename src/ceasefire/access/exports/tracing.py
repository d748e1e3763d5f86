"""Whose export is this file? Reads the identifier wherever the file still holds it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ceasefire.access.exports.models import Export

_IDENTIFIER = re.compile(rb"CF(?:-[0-9A-HJKMNP-TV-Z]{4}){3}(?![0-9A-Z-])")
_CHUNK, _OVERLAP = 1 << 20, 32
# What is unpacked of a workbook at most; an export of ours has a few megabytes.
_MOST = 256 << 20


def identifiers_in(file: Path) -> set[str]:
    """Every export identifier in a file, also inside the parts of a workbook."""
    return {found.decode() for piece in _pieces(file) for found in _IDENTIFIER.findall(piece)}


def exports_in(file: Path) -> list[Export]:
    """The exports that a file, or what is left of it, came from; the newest first."""
    return list(Export.objects.filter(identifier__in=identifiers_in(file)).select_related("agency"))


def _pieces(file: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(file):
        with open(file, "rb") as reading:
            yield from _overlapping(reading, _MOST)
        return
    left = _MOST
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            with packed.open(name) as reading:
                for piece in _overlapping(reading, left):
                    left -= len(piece)
                    yield piece


def _overlapping(reading, most: int) -> Iterator[bytes]:
    """Chunks that share an end, so that none cuts an identifier in two; UTF-16 becomes plain."""
    tail = b""
    while most > 0 and (chunk := reading.read(min(_CHUNK, most))):
        most -= len(chunk)
        plain = tail + chunk.replace(b"\0", b"")
        yield plain
        tail = plain[-_OVERLAP:]
