"""Choosing the reader for a file by what is in it, not by its name."""

from pathlib import Path

from .delimited import DelimitedReader
from .faults import FileFault
from .kinds import container_kind, stream_kind
from .limits import Limits
from .sandbox import SandboxedReader
from .source import Source, checked
from .table import Table


def open_table(path: str | Path, *, limits: Limits | None = None) -> Table:
    """Open a file of rows, packed or not; raises FileFault when it cannot be read safely.

    Delimited text is read here, a line at a time. Formats whose parser builds trees are read
    by a child process with bounded memory and time.
    """
    path = Path(path)
    limits = limits or Limits()
    _refuse_missing(path)
    kind = container_kind(path)
    if kind is not None:
        return Table(kind, SandboxedReader(kind, path, limits))
    source = Source(path, limits)
    try:
        kind = stream_kind(checked(source))
        if kind == "csv":
            return Table(kind, DelimitedReader(source))
    except FileFault:
        source.close()
        raise
    source.close()
    return Table(kind, SandboxedReader(kind, path, limits))


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise FileFault(path.name, "there is no such file", "check the path")
    if path.stat().st_size == 0:
        raise FileFault(path.name, "the file is empty", "send a file with rows")
