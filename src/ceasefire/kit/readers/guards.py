"""Bounds on what a JSON parser may be given: the depth of nesting, the length of one record."""

from collections.abc import Callable, Iterator
from typing import Any

import ijson
import numpy as np

from .faults import FileFault
from .limits import MB

OPEN, CLOSE, QUOTE = ord("{"), ord("}"), ord('"')
# This bit makes a square bracket of ASCII the curly one, and leaves the quotation mark.
SAME_BRACKET = 0x20


def deeper_than(depth: int, read: Callable[[int], bytes]) -> bool:
    """Whether the JSON that `read` gives, a block at a time, is nested over `depth` deep."""
    level, within, rest = 0, 0, b""
    while data := read(MB):
        data, rest = _unescaped(rest + data)
        block = np.frombuffer(data, dtype=np.uint8) | SAME_BRACKET
        texts = (within + np.cumsum(block == QUOTE)) % 2
        steps = ((block == OPEN).astype(np.int32) - (block == CLOSE)) * (1 - texts)
        levels = level + np.cumsum(steps)
        if levels.max(initial=level) > depth:
            return True
        if len(data):
            level, within = int(levels[-1]), int(texts[-1])
    return False


def _unescaped(data: bytes) -> tuple[bytes, bytes]:
    """The data without escaped characters that matter, and a last backslash kept for later."""
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    return (data[:-1], b"\\") if data.endswith(b"\\") else (data, b"")


class OneByOne:
    """A file whose records are taken singly, each of them no longer than `longest` bytes."""

    def __init__(self, read: Callable[[int], bytes], place: str, longest: int) -> None:
        self._read = read
        self._place = place
        self._longest = longest
        self._pending = 0

    def read(self, count: int) -> bytes:
        data = self._read(count)
        self._pending += len(data)
        if self._pending > self._longest + count:
            reason = f"one record is longer than {self._longest // MB} MB"
            raise FileFault(self._place, reason, "simplify it, or send it in parts")
        return data

    def items(self, prefix: str, **options: Any) -> Iterator[Any]:
        """The records under `prefix` (ijson's notation)."""
        for record in ijson.items(self, prefix, **options):
            self._pending = 0
            yield record
