"""Which cells to leave out."""

import numpy as np
import pandas as pd

from ceasefire.statistics import inputs
from ceasefire.statistics.disclosure import lines, proof

# What it costs to leave out a total, in cells: a reader misses it more.
_TOTAL, _GRAND_TOTAL = 3, 9
_SECONDS = 10.0
# The share of one cell that its size may add to its cost, so that of equals the smaller goes.
_SIZE = 0.5


def suppress(table, *, low=1, high=10, total_row=None, total_column=None):
    """A table of counts fit to be published: small cells missing, and none that can be derived.

    `table`: a DataFrame of whole counts, with or without a row and a column of totals. `low`,
    `high`: the least and the largest count that may not be known, both included. `total_row`,
    `total_column`: labels of the totals; left out, the one called Total or All, else one that is
    the sum of the others.

    Returns a DataFrame of floats with cells left out missing (NaN). Its `.attrs` say how:
    "recoverable", 0, cells left out that can be worked out, from a solver's bounds of every cell;
    "primary" and "complementary", how many were left out; "width", the least span of counts that a
    primary cell may have (`high` or more); "totals", positions of the totals; "low", "high".

    The complementary cells are few, not provably fewest: for one small cell after the other an
    integer programme finds the cheapest to add, inner cells before totals, small before large.
    Raises ValueError for counts that are missing, negative or not whole, or totals that do not add
    up; ArithmeticError should the proof ever fail, and then no table.
    """
    low, high = inputs.whole(low, "low"), inputs.whole(high, "high")
    if low > high:
        raise ValueError(f"low: {low} is above high, {high}.")
    counts = _counts(table)
    totals = lines.totals(table, total_row, total_column)
    cells = counts.ravel()
    equations = lines.equations(counts.shape, *totals)
    primary = (cells >= low) & (cells <= high)
    floor = min(low, 1)
    span = high + 1 - floor
    left_out = _enough(cells, equations, primary, _costs(counts, totals), floor, span)
    published = np.where(left_out, np.nan, cells)
    least, largest = proof.bounds(equations, published, floor)
    width = largest - least
    if (width[left_out] < 1).any() or (width[primary] < span).any():
        raise ArithmeticError("A cell of this table can be worked out. Do not publish it.")
    found = pd.DataFrame(published.reshape(counts.shape), index=table.index, columns=table.columns)
    found.attrs = {
        "recoverable": int((width[left_out] == 0).sum()),
        "primary": int(primary.sum()),
        "complementary": int((left_out & ~primary).sum()),
        "width": float(width[primary].min(initial=np.inf)),
        "totals": totals,
        "low": low,
        "high": high,
    }
    return found


def _counts(table):
    """The counts as float64 (rows, columns), checked."""
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"table: give a DataFrame of counts; got {type(table).__name__}.")
    try:
        found = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise ValueError("table: some cells are no numbers. Give counts alone.") from None
    wrong = ~(np.isfinite(found) & (found >= 0) & (found == np.rint(found)))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise ValueError(
            f"table: {wrong.sum()} cells are no whole counts from 0 upwards, the first in row "
            f"{table.index[row]!r}, column {table.columns[column]!r}: {found[row, column]:g}."
        )
    return found


def _costs(counts, totals):
    """What leaving each cell out costs: (cells,)."""
    cost = np.ones(counts.shape)
    row, column = totals
    if row is not None:
        cost[row] = _TOTAL
    if column is not None:
        cost[:, column] = _TOTAL
    if row is not None and column is not None:
        cost[row, column] = _GRAND_TOTAL
    size = np.log1p(counts)
    return (cost + _SIZE * size / max(size.max(initial=0), 1)).ravel()


def _enough(cells, equations, primary, cost, floor, width):
    """Mask of cells to leave out so that each primary one spans `width`, the smallest first."""
    left_out = primary.copy()
    most, least = np.zeros(cells.size), np.zeros(cells.size)  # as found so far, from each count
    for cell in np.flatnonzero(primary)[np.argsort(cells[primary], kind="stable")]:
        if most[cell] - least[cell] < width:
            free, added, more, less = _added(cells, equations, left_out, cell, cost, floor, width)
            left_out[free] |= added
            most[free] = np.maximum(most[free], more)
            least[free] = np.minimum(least[free], less)
    return left_out


def _added(cells, equations, left_out, cell, cost, floor, width):
    """The cheapest cells to leave out besides, so that two tables that differ nowhere else add up
    and are `width` apart in one cell.

    Returns the cells that could be taken, a mask over them, and by how much each differs from its
    count in the one table (more) and in the other (less).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, diags_array

    free = np.flatnonzero(left_out | (cells > 0))
    n = free.size
    at = np.searchsorted(free, cell)
    change, drop = np.full(n, float(width)), np.minimum(cells[free] - floor, width)
    sums = equations[:, free]
    none = np.zeros(n)
    apart = np.zeros((1, n))
    apart[0, at] = 1
    # Unknowns: by how much each cell is more in one table, less in the other; left out or not.
    rules = block_array(
        [
            [sums, None, None],
            [None, sums, None],
            [diags_array(none + 1), None, diags_array(-change)],
            [diags_array(none - 1), None, diags_array(-drop)],
            [None, diags_array(none + 1), diags_array(-drop)],
            [None, diags_array(none - 1), diags_array(-change)],
            [apart, apart, None],
        ]
    ).tocsr()
    equal, at_most = 2 * sums.shape[0], 4 * n
    found = milp(
        np.concatenate([none, none, np.where(left_out[free], 0, cost[free])]),
        integrality=np.repeat([0, 0, 1], n),
        bounds=Bounds(
            np.concatenate([-drop, -change, left_out[free]]),
            np.concatenate([change, drop, none + 1]),
        ),
        constraints=LinearConstraint(
            rules,
            lb=np.repeat([0, -np.inf, width], [equal, at_most, 1]),
            ub=np.repeat([0, 0, np.inf], [equal, at_most, 1]),
        ),
        options={"time_limit": _SECONDS},
    )
    if found.x is None:
        # Without an answer in time everything but the zeros is left out, which always suffices.
        return free, np.ones(n, bool), none, none
    more, less, taken = found.x.reshape(3, n)
    # Where the solver splits a count the whole ones inside are what is sure.
    return free, taken > 0.5, np.floor(more + 1e-6), np.ceil(-less - 1e-6)
