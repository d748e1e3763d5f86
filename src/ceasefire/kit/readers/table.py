"""A table being read: its columns, and its rows in chunks, as text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from .faults import RowFault
from .pieces import Piece, cleaned


@dataclass
class Chunk:
    """Some consecutive rows, column by column.

    `row_numbers` and every list of `columns` have one entry per row that could be read; rows
    that could not be are in `faults`. `fraction` is the share (0 to 1) of the file used so far.
    """

    row_numbers: list[int]
    columns: dict[str, list[str | None]]
    faults: list[RowFault] = field(default_factory=list)
    fraction: float = 0.0

    @property
    def first_row(self) -> int | None:
        """Number of the first row in the file, of those read or refused; None when empty."""
        return min(self.row_numbers[:1] + [fault.row for fault in self.faults], default=None)

    def __len__(self) -> int:
        return len(self.row_numbers)


class Reader(Protocol):
    """What each format provides; `notes` may grow while the pieces are read."""

    columns: tuple[str, ...]
    notes: list[str]

    def pieces(self) -> Iterator[Piece]: ...

    def close(self) -> None: ...


class Table:
    """An open file of rows. Use it in a `with` statement; read the chunks once.

    Every value is text, stripped of outer blanks; an empty cell is None.
    """

    def __init__(self, format: str, reader: Reader) -> None:
        self.format = format
        self._reader = reader

    @property
    def columns(self) -> tuple[str, ...]:
        """Header texts, each of them once."""
        return self._reader.columns

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found about the file, in plain words; complete once the rows are read."""
        return tuple(self._reader.notes)

    def chunks(self, size: int = 20_000) -> Iterator[Chunk]:
        """Chunks of at most `size` rows; raises FileFault where the file turns out broken."""
        chunk = self._empty()
        for piece in self._reader.pieces():
            self._append(chunk, piece)
            while len(chunk) > size:
                yield self._split(chunk, size)
            if len(chunk) == size:
                yield chunk
                chunk = self._empty()
        if chunk.row_numbers or chunk.faults:
            yield chunk

    def close(self) -> None:
        self._reader.close()

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _empty(self) -> Chunk:
        return Chunk([], {name: [] for name in self.columns})

    def _append(self, chunk: Chunk, piece: Piece) -> None:
        numbers, columns, faults = cleaned(piece, self.columns)
        chunk.row_numbers += numbers
        for cells, more in zip(chunk.columns.values(), columns, strict=True):
            cells += more
        chunk.faults += faults
        chunk.fraction = piece.fraction

    def _split(self, chunk: Chunk, size: int) -> Chunk:
        """Take the first `size` rows, and the faults so far, out of the chunk being filled."""
        head = Chunk(chunk.row_numbers[:size], {}, chunk.faults, chunk.fraction)
        del chunk.row_numbers[:size]
        for name, cells in chunk.columns.items():
            head.columns[name] = cells[:size]
            del cells[:size]
        chunk.faults = []
        return head
