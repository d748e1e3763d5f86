"""Choosing the reader for a file by what is in it, not by its name."""

from pathlib import Path

from .delimited import DelimitedReader
from .faults import FileFault
from .limits import Limits
from .source import Source, checked
from .table import Table


def open_table(path: str | Path, *, limits: Limits | None = None) -> Table:
    """Open a file of rows; raises FileFault when it cannot be read safely."""
    path = Path(path)
    if path.stat().st_size == 0:
        raise FileFault(path.name, "the file is empty", "send a file with rows")
    source = checked(Source(path, limits or Limits()))
    return Table("csv", DelimitedReader(source))
