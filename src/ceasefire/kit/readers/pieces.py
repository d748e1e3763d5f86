"""Rows as a reader finds them, and the checks that every cell passes whatever the format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress

from .faults import RowFault

# A function call or a link to another program after the sign; not "-122.6", "+1" or "- two".
FORMULA = re.compile(
    r"""=\s*[=+\-@\d.*/(]*[A-Za-z_][\w.]*\s*[(|!]
      | =\s*\$?[A-Za-z]{1,3}\$?\d
      | [+\-@][=+\-@\d.*/(]*[A-Za-z_][\w.]*[(|]""",
    re.VERBOSE,
)


@dataclass
class Piece:
    """Rows column by column, one list of raw text per column; an empty cell is ""."""

    numbers: list[int]
    columns: Sequence[Sequence[str]]
    faults: list[RowFault] = field(default_factory=list)
    fraction: float = 0.0


def cleaned(
    piece: Piece, names: Sequence[str]
) -> tuple[list[int], list[list[str | None]], list[RowFault]]:
    """Row numbers, columns stripped with None for an empty cell, and faults in row order.

    Rows of empty cells only are left out.
    """
    columns = [list(map(str.strip, cells)) for cells in piece.columns] or [[] for _ in names]
    full = [all(cells) for cells in columns]
    faults = [
        fault
        for name, cells in zip(names, columns, strict=True)
        for fault in _cell_faults(name, cells, piece.numbers)
    ]
    numbers = piece.numbers
    if faults or not any(full):
        numbers, columns = _kept({fault.row for fault in faults}, numbers, columns)
    values = [
        cells if whole else _with_none(cells) for cells, whole in zip(columns, full, strict=True)
    ]
    return numbers, values, sorted([*piece.faults, *faults], key=_row)


def _row(fault: RowFault) -> int:
    return fault.row


def _with_none(cells: list[str]) -> list[str | None]:
    return [cell or None for cell in cells]


def _kept(faulty: set[int], numbers: list[int], columns: list[list[str]]):
    """Numbers and columns without the faulty rows and those of empty cells only."""
    filled = map(any, zip(*columns, strict=True))
    keep = [full and n not in faulty for full, n in zip(filled, numbers, strict=True)]
    return list(compress(numbers, keep)), [list(compress(cells, keep)) for cells in columns]


def _cell_faults(name: str, cells: list[str], numbers: list[int]) -> Iterable[RowFault]:
    text = "\n".join(cells)
    if "\0" in text:
        yield from _matching(name, cells, numbers, _has_nul, NUL)
    if _may_hold_formula("\n" + text):
        yield from _matching(name, cells, numbers, FORMULA.match, FORMULA_FOUND)


def _may_hold_formula(text: str) -> bool:
    """A quick no for nearly every column, so that cells are seldom looked at one by one."""
    if "\n=" in text:
        return True
    calls = "(" in text or "|" in text
    return calls and ("\n-" in text or "\n+" in text or "\n@" in text)


NUL = ("the cell holds a NUL character", "remove the character, or export the row again")
FORMULA_FOUND = (
    "the cell holds a spreadsheet formula",
    "export values in place of formulas",
)


def _has_nul(cell: str) -> bool:
    return "\0" in cell


def _matching(name, cells, numbers, test, words) -> Iterable[RowFault]:
    for cell, number in zip(cells, numbers, strict=True):
        if test(cell):
            yield RowFault(number, name, *words)


def step_for(width: int) -> int:
    """Rows to a piece for a table of this width: about 24,000 cells."""
    return max(1, 24_000 // max(width, 12))
