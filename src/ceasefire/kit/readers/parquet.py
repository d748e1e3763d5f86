"""Parquet files, a few rows of a row group at a time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .faults import FileFault
from .layout import unique_names
from .limits import Limits
from .pieces import Piece, step_for


class ParquetReader:
    """Rows of a Parquet file, numbered from 1. Binary columns are left out and noted."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.place = path.name
        try:
            self._file = pq.ParquetFile(path, buffer_size=65_536, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged() from error
        schema = self._file.schema_arrow
        self._refuse_nested(schema)
        binary = [field.name for field in schema if _is_binary(field.type)]
        self._fields = [field.name for field in schema if not _is_binary(field.type)]
        self.notes = [f"binary columns left out: {', '.join(binary)}"] if binary else []
        self.columns = unique_names(self._fields)
        self._refuse_size(limits)

    def close(self) -> None:
        self._file.close()

    def pieces(self) -> Iterator[Piece]:
        done, total = 0, self._file.metadata.num_rows
        try:
            for batch in self._batches():
                first, done = done + 1, done + batch.num_rows
                columns = [_texts(column) for column in batch.columns]
                yield Piece(list(range(first, done + 1)), columns, [], done / total)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged().after_row(done) from error

    def _batches(self) -> Iterator[pa.RecordBatch]:
        step = step_for(len(self.columns))
        return self._file.iter_batches(step, columns=self._fields, use_threads=False)

    def _refuse_nested(self, schema: pa.Schema) -> None:
        for field in schema:
            if pa.types.is_nested(field.type):
                raise FileFault(
                    f"{self.place}, column {field.name}",
                    "the column holds lists or records, not single values",
                    "export it as columns of their own, or leave it out",
                )

    def _refuse_size(self, limits: Limits) -> None:
        if not self._file.metadata.num_rows or not self.columns:
            raise FileFault(self.place, "there are no rows", "send a file with rows")
        if len(self.columns) > limits.columns:
            raise FileFault(self.place, "there are too many columns", "send fewer columns")

    def _damaged(self) -> FileFault:
        return FileFault(self.place, "the Parquet data are damaged", "export the file again")


def _is_binary(kind: pa.DataType) -> bool:
    return pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or _is_fixed(kind)


def _is_fixed(kind: pa.DataType) -> bool:
    return pa.types.is_fixed_size_binary(kind) and not pa.types.is_decimal(kind)


def _texts(column: pa.Array) -> list[str]:
    if pa.types.is_temporal(column.type) and not pa.types.is_duration(column.type):
        return ["" if value is None else value.isoformat() for value in _moments(column)]
    # Not pc.fill_null, which would load pandas for it.
    return [value or "" for value in pc.cast(column, pa.string()).to_pylist()]


def _moments(column: pa.Array) -> list[dt.datetime | dt.date | dt.time | None]:
    """Python dates and times; nanoseconds are cut to microseconds."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        column = pc.cast(column, pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_time(kind):
        column = pc.cast(column, pa.time64("us"), safe=False)
    return column.to_pylist()
