"""The child process that reads one untrusted file and writes its rows to standard output.

Run as `python -m ceasefire.kit.readers.worker KIND PATH LIMITS`, LIMITS as JSON. Frames are a
length (4 bytes, big-endian) and JSON: a header, pieces, an end; or a fault.
"""

import json
import resource
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .faults import FileFault, too_much
from .limits import MB, Limits
from .source import Source
from .table import Reader

# Beyond what the process holds once its parser is loaded.
MEMORY = 192 * MB
SECONDS = 4


def main(kind: str, path: Path, limits: Limits) -> None:
    try:
        _send_table(_opened(kind, path, limits))
    except FileFault as fault:
        _send({"fault": fault.args})
    except (MemoryError, RecursionError):
        _send({"fault": too_much(path.name).args})


def _send_table(reader: Reader) -> None:
    _send({"columns": reader.columns, "notes": reader.notes})
    for piece in reader.pieces():
        _send({"piece": asdict(piece)})
    _send({"end": True, "notes": reader.notes})


def _opened(kind: str, path: Path, limits: Limits) -> Reader:
    """The reader for a kind; its parser is loaded before the limits are set."""
    if kind == "excel":
        from .excel import ExcelReader, checked_size

        size = checked_size(path, limits)
        _limit(MEMORY + min(2 * size, 1280 * MB), SECONDS + size // (4 * MB))
        return ExcelReader(path, limits)
    size = path.stat().st_size
    if kind == "parquet":
        from .parquet import ParquetReader

        _limit(MEMORY, SECONDS + size // MB)
        return ParquetReader(path, limits)
    from . import records

    _limit(MEMORY, SECONDS + size // (MB // 4))
    find = {"json": records.json_array, "jsonlines": records.json_lines}
    return records.RecordsReader(Source(path, limits), find.get(kind, records.geojson))


def _limit(memory: int, seconds: int) -> None:
    """Bound what the parser may still take; no file can be written, no process started."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds += int(used.ru_utime + used.ru_stime) + 1
    _set(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, 32)


def _set(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _send(message: dict[str, Any]) -> None:
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Limits(**json.loads(sys.argv[3])))
