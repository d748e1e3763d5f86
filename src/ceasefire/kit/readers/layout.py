"""Finding the delimiter, the header row, and a name for each column."""

import contextlib
import csv
from collections import Counter
from collections.abc import Iterable, Sequence

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

Cells = Sequence[str | None]


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that splits most lines into the same number (over one) of cells."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in sample_rows(lines, delimiter) if row)
    del widths[1]
    if not widths:
        return (0.0, 0)
    width, rows = widths.most_common(1)[0]
    return (round(rows / (widths.total() + 1), 1), width)


def sample_rows(lines: list[str], delimiter: str) -> list[list[str]]:
    """The rows of the first lines, up to the first that cannot be parsed."""
    rows = []
    with contextlib.suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    return rows


def header_index(rows: Iterable[Cells]) -> int | None:
    """Position of the header: the first row that fills three fifths of the usual width.

    Titles, notes and group captions above a header fill fewer cells than the rows below it.
    None when no cell of that row has a letter: the file has no header.
    """
    rows = list(rows)
    filled = [sum(1 for cell in row if cell and cell.strip()) for row in rows]
    usual = Counter(count for count in filled if count).most_common()
    if not usual:
        return None
    often = max(count for _, count in usual)
    width = max(cells for cells, count in usual if count * 2 >= often)
    index = next(i for i, count in enumerate(filled) if count and count * 5 >= width * 3)
    return index if any(_has_letter(cell) for cell in rows[index]) else None


def _has_letter(cell: str | None) -> bool:
    return any(char.isalpha() for char in cell or "")


def unique_names(header: Cells) -> tuple[str, ...]:
    """Header texts, stripped; "Column 7" for a blank one, "Name (2)" for a repeated one."""
    names: list[str] = []
    for position, cell in enumerate(header, 1):
        names.append(_free(_tidy(cell) or f"Column {position}", names))
    return tuple(names)


def _tidy(cell: str | None) -> str:
    return " ".join((cell or "").split())


def _free(name: str, taken: list[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free
