"""How deep brackets are nested in JSON, found before any parser builds a tree of it."""

from collections.abc import Callable

import numpy as np

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
