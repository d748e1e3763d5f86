"""What a reader of a published table can tell of the cells left out, proven by a solver."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ceasefire.statistics.disclosure import lines


@dataclass(frozen=True, eq=False)
class Intervals:
    """Frames shaped like the table: the least (`low`) and the largest count (`high`, infinite
    where nothing bounds it) that each cell can have. Where the two are equal it is known."""

    low: pd.DataFrame
    high: pd.DataFrame

    @property
    def recoverable(self):
        """How many cells that were left out can be worked out all the same."""
        return int((self._left_out & (self.low == self.high).to_numpy()).sum())

    _left_out: np.ndarray = None


def intervals(published, *, total_row=None, total_column=None):
    """The counts that each cell can have, given the cells shown and that the table adds up.

    `published`: a DataFrame of counts, cells left out missing. `total_row`, `total_column`: labels
    of the totals; left out, those that `suppress` noted with its table, else there are none.
    Returns `Intervals`. Every bound is reached by whole counts: the equations of rows and columns
    are those of a network. Raises ValueError where no table fits what is shown.
    """
    cells = published.to_numpy(dtype=float)
    noted = published.attrs.get("totals", (None, None))
    given = (
        _position(published.index, total_row, noted[0], "row"),
        _position(published.columns, total_column, noted[1], "column"),
    )
    floor = min(published.attrs.get("low", 0), 1)
    low, high = bounds(lines.equations(cells.shape, *given), cells.ravel(), floor)
    frame = {"index": published.index, "columns": published.columns}
    return Intervals(
        pd.DataFrame(low.reshape(cells.shape), **frame),
        pd.DataFrame(high.reshape(cells.shape), **frame),
        np.isnan(cells),
    )


def _position(labels, label, noted, word):
    if label is None:
        return noted
    if label not in labels:
        raise ValueError(f"total_{word}: no {word} is called {label!r}.")
    return list(labels).index(label)


def bounds(equations, cells, floor):
    """Least and largest value of each cell; `cells` (cells,) has NaN where left out, and what is
    left out is known to be `floor` or more."""
    left_out = np.isnan(cells)
    low, high = cells.copy(), cells.copy()
    unknown = np.flatnonzero(left_out)
    shown = np.where(left_out, 0, cells)
    concerned = equations[:, unknown]
    used = np.diff(concerned.indptr) > 0
    parts, sums = concerned[used], -(equations @ shown)[used]
    if (equations @ shown)[~used].any():
        raise ValueError("No table fits the cells that are shown: a line of them does not add up.")
    for nth, cell in enumerate(unknown):
        low[cell], high[cell] = (_extreme(parts, sums, nth, sign, floor) for sign in (1, -1))
    return low, high


def _extreme(parts, sums, nth, sign, floor):
    """The least (sign 1) or largest (-1) value of one unknown, whole."""
    from scipy.optimize import linprog

    aim = np.zeros(parts.shape[1])
    aim[nth] = sign
    known = {"A_eq": parts, "b_eq": sums} if sums.size else {}
    found = linprog(aim, bounds=(floor, None), **known)
    if found.status == 3:  # nothing bounds it
        return np.inf
    if found.status != 0:
        raise ValueError(f"No table fits the cells that are shown: {found.message}")
    return np.round(sign * found.fun) + 0.0
