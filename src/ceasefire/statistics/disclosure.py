"""Tables of counts of people that give no small count away.

A count from `low` to `high` is suppressed, and as many more as it takes that none of them can be
computed from the rest. Zero is shown: that nobody was there harms nobody, and hiding it would hide
half of most tables.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

# An interval narrower than this holds one whole number alone.
WHOLE = 1 - 1e-6


def suppress(table: pd.DataFrame, *, low: int = 1, high: int = 10) -> pd.DataFrame:
    """A table of counts with its small ones missing, and others so that none can be computed.

    table: whole numbers from 0, any labels. A row that is the sum of all other rows is their
    total, and so is a column that is the sum of all other columns; both may be there, anywhere.
    low, high: counts from low to high, both included, are suppressed; low is at least 1.

    Returns a DataFrame of the same labels, float, NaN where suppressed. `.attrs["suppressed"]`:
    how many small counts; `.attrs["complementary"]`: how many more; `.attrs["recoverable"]`: how
    many of all these a reader could compute who knows the rest, the totals and that nothing
    suppressed is zero: always 0, proven by linear programming (for two-way tables its bounds are
    whole numbers: the constraints are totally unimodular). Takes seconds for a thousand cells.

    Source: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, chapter 4.
    Raises ValueError for a table that is no table of counts, or bounds that are none.
    """
    counts = _counts(table, low, high)
    sums = _sums(counts)
    hidden = (counts >= low) & (counts <= high)
    small = int(hidden.sum())
    while (known := _known(counts, hidden, sums, low)).any():
        if not _hide_beside(counts, hidden, sums, np.flatnonzero(known)):
            hidden[:] = True  # Nothing less will do: the whole table goes.
            break
    shown = np.where(hidden, np.nan, counts)
    told = pd.DataFrame(shown, index=table.index, columns=table.columns)
    told.attrs = {
        "suppressed": small,
        "complementary": int(hidden.sum()) - small,
        "recoverable": int(_known(counts, hidden, sums, low).sum()) if not hidden.all() else 0,
    }
    return told


def _counts(table: pd.DataFrame, low: int, high: int) -> np.ndarray:
    """(rows, columns) as floats."""
    if not 1 <= low <= high:
        raise ValueError(f"Suppress counts from {low} to {high}? Say 1 <= low <= high.")
    counts = table.to_numpy(dtype=float, na_value=np.nan)
    if counts.ndim != 2 or not counts.size:
        raise ValueError("The table has no cells.")
    if not np.isfinite(counts).all() or (counts < 0).any() or (counts % 1).any():
        raise ValueError("Counts are whole numbers from 0; a cell is missing or is none.")
    return counts


def _sums(counts: np.ndarray) -> list[np.ndarray]:
    """Cells (flat) of each sum that a reader knows: the parts, then their total, last."""
    cells = np.arange(counts.size).reshape(counts.shape)
    found = []
    if (row := _total(counts)) is not None:
        parts = np.delete(cells, row, axis=0)
        found += [np.append(parts[:, j], cells[row, j]) for j in range(counts.shape[1])]
    if (column := _total(counts.T)) is not None:
        parts = np.delete(cells, column, axis=1)
        found += [np.append(parts[i], cells[i, column]) for i in range(counts.shape[0])]
    return found


def _total(counts: np.ndarray) -> int | None:
    """The row that is the sum of all others; the last, where two are (all else is zero)."""
    if len(counts) < 3:
        return _total_of_two(counts)
    whole = counts.sum(axis=0)
    found = np.flatnonzero((2 * counts == whole).all(axis=1))
    return int(found[-1]) if len(found) else None


def _total_of_two(counts: np.ndarray) -> int | None:
    """A single row and its total say the same."""
    return 1 if len(counts) == 2 and (counts[0] == counts[1]).all() else None


def _known(counts: np.ndarray, hidden: np.ndarray, sums: list, low: int) -> np.ndarray:
    """Which hidden cells (flat) can have one value alone."""
    known = np.zeros(counts.size, bool)
    told = hidden.ravel()
    unknown = np.flatnonzero(told)
    if not len(unknown):
        return known
    at = np.full(counts.size, -1)
    at[unknown] = np.arange(len(unknown))
    signs, right = _equations(counts.ravel(), told, sums, at, len(unknown))
    # Zeros are shown, so that nothing hidden is zero, unless a zero had to be hidden too.
    least = 0 if (counts.ravel()[unknown] < low).any() else low
    for cell in unknown:
        if told[cell] and _width(signs, right, at[cell], len(unknown), least) < WHOLE:
            known[cell] = True
    return known


def _equations(counts, told, sums, at, unknown: int):
    """Parts minus total is zero, with what is shown on the right-hand side."""
    rows, columns, values, right = [], [], [], []
    for cells in sums:
        sign = np.append(np.ones(len(cells) - 1), -1.0)
        is_hidden = told[cells]
        if not is_hidden.any():
            continue
        rows += [len(right)] * int(is_hidden.sum())
        columns += at[cells[is_hidden]].tolist()
        values += sign[is_hidden].tolist()
        right.append(-float((sign * counts[cells])[~is_hidden].sum()))
    return csr_array((values, (rows, columns)), shape=(len(right), unknown)), np.array(right)


def _width(signs, right, cell: int, unknown: int, least: int) -> float:
    """How far apart the smallest and the largest value are that a hidden cell can have."""
    goal = np.zeros(unknown)
    ends = []
    for direction in (1.0, -1.0):
        goal[cell] = direction
        found = linprog(goal, A_eq=signs if len(right) else None,
                        b_eq=right if len(right) else None, bounds=(least, None),
                        method="highs")  # fmt: skip
        if found.status == 3:
            return np.inf
        ends.append(direction * found.fun)
    return ends[1] - ends[0]


def _hide_beside(counts: np.ndarray, hidden: np.ndarray, sums: list, known: np.ndarray) -> bool:
    """Hide one more count, the smallest that may help, beside a known cell; False without one."""
    flat, told = counts.ravel(), hidden.ravel()
    beside = [cells for cells in sums if np.isin(cells, known).any()]
    parts = np.unique(np.concatenate([cells[:-1] for cells in beside] or [[]])).astype(int)
    totals = np.unique([cells[-1] for cells in beside]).astype(int)
    for among in (parts[flat[parts] > 0], totals[flat[totals] > 0], parts, totals):
        left = among[~told[among]]
        if len(left):
            hidden.flat[left[np.argmin(flat[left])]] = True
            return True
    return False
