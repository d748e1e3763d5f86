"""Records that name their own columns: JSON arrays, JSON lines, GeoJSON features."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import ijson

from .faults import FileFault, RowFault
from .guards import OneByOne, deeper_than
from .kinds import START
from .pieces import Piece, step_for
from .source import Source
from .text import TextBlocks, encoding_of, lines_of

LONGITUDE, LATITUDE = "geometry longitude", "geometry latitude"
REMEDY = "send a list of flat records"
Record = dict[str, Any]
Records = Callable[[Source], Iterator[tuple[int, Record | RowFault]]]


class RecordsReader:
    """Rows of a file of records.

    The file is read once for the columns, which may differ from record to record, and again
    for the rows; neither pass keeps more than a few records.
    """

    def __init__(self, source: Source, records: Records) -> None:
        self.source = source
        self.notes: list[str] = []
        self._records = records
        self.columns = self._scan()
        source.rewind()

    def close(self) -> None:
        self.source.close()

    def pieces(self) -> Iterator[Piece]:
        records = self._read()
        step = step_for(len(self.columns))
        while batch := list(islice(records, step)):
            yield self._piece(batch)

    def _scan(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for _, record in self._read():
            if isinstance(record, dict):
                names.update(dict.fromkeys(record))
            if len(names) > self.source.limits.columns:
                raise FileFault(self.source.place, "there are too many columns", REMEDY)
        if not names:
            raise FileFault(self.source.place, "there are no records", "send a file with rows")
        return tuple(names)

    def _read(self) -> Iterator[tuple[int, Record | RowFault]]:
        number = 0
        try:
            for number, record in self._records(self.source):
                yield number, record
        except (ijson.JSONError, UnicodeDecodeError) as error:
            reason = "the JSON is cut short or damaged"
            fault = FileFault(self.source.place, reason, "export or fetch the file again")
            raise fault.after_row(number) from error

    def _piece(self, batch: list[tuple[int, Record | RowFault]]) -> Piece:
        faults = [record for _, record in batch if isinstance(record, RowFault)]
        rows = [(number, record) for number, record in batch if isinstance(record, dict)]
        columns = [[text_of(record.get(name)) for _, record in rows] for name in self.columns]
        return Piece([number for number, _ in rows], columns, faults, self.source.fraction)


def text_of(value: Any) -> str:
    """A JSON value as text: numbers as written, nested values as compact JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return str(value)


def json_lines(source: Source) -> Iterator[tuple[int, Record | RowFault]]:
    """One object to a line, numbered by line."""
    encoding = encoding_of(source.read(START))
    source.rewind()
    number = 0
    for block in TextBlocks(source, encoding):
        for line in lines_of(block):
            number += 1
            if line.strip():
                yield number, _line_record(line, number)


def _line_record(line: str, number: int) -> Record | RowFault:
    try:
        record = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        return RowFault(number, None, "the line is not one JSON value", "export the row again")
    return _flat(record, number)


def json_array(source: Source) -> Iterator[tuple[int, Record | RowFault]]:
    """The objects of one array, numbered from 1."""
    _refuse_deep(source)
    for number, record in enumerate(_one_by_one(source, "item"), 1):
        yield number, _flat(record, number)


def geojson(source: Source) -> Iterator[tuple[int, Record | RowFault]]:
    """The properties of each feature, and the place of a point; numbered from 1."""
    _refuse_deep(source)
    _refuse_other_crs(source)
    for number, feature in enumerate(_one_by_one(source, "features.item"), 1):
        yield number, _feature_record(feature, number)


def _feature_record(feature: Any, number: int) -> Record | RowFault:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return RowFault(number, None, "this is not a feature", "export the row again")
    record = dict(feature.get("properties") or {})
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        longitude, latitude, *_ = [*(geometry.get("coordinates") or []), None, None]
        record |= {LONGITUDE: longitude, LATITUDE: latitude}
    return record


def _flat(record: Any, number: int) -> Record | RowFault:
    if not isinstance(record, dict):
        return RowFault(number, None, "the record is not an object with named values", REMEDY)
    return record


def _one_by_one(source: Source, prefix: str) -> Iterator[Any]:
    return OneByOne(source.read, source.place, source.limits.row_chars).items(prefix)


def _refuse_deep(source: Source) -> None:
    if deeper_than(source.limits.depth, source.read):
        reason = f"the data are nested over {source.limits.depth} deep"
        raise FileFault(source.place, reason, "export the file again")
    source.rewind()


def _refuse_other_crs(source: Source) -> None:
    """GeoJSON is in longitude and latitude unless an old "crs" member says otherwise."""
    start = source.read(START)
    source.rewind()
    named = b'"crs"' in start and start[start.index(b'"crs"') :][:300]
    if named and not any(mark in named for mark in (b"CRS84", b"4326", b"4269", b"null")):
        raise FileFault(
            source.place,
            "its places are not longitude and latitude",
            "export the file in WGS 84 (EPSG:4326)",
        )
