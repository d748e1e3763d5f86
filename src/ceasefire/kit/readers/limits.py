"""How large and how dense a file may be before it is refused."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes unless the name says otherwise.

    The ratio (unpacked to packed) counts only past `ratio_from` bytes: a short file of
    repeated rows packs very well and is harmless.
    """

    unpacked: int = 4096 * MB
    ratio: int = 200
    ratio_from: int = 64 * MB
    row_chars: int = 4 * MB
    cell_chars: int = 131_072
    columns: int = 2_000
    depth: int = 32
