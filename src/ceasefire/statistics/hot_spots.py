"""Hot spots: density on a grid, local clusters, and how well a map would have done."""

import numpy as np

from ceasefire.statistics import inputs

MOST_CELLS = 50_000_000
_CHUNK = 8_192  # events at a time: few products, each large enough for the processor


def kde(x, y, *, bandwidth, x_grid, y_grid):
    """Gaussian kernel density of events, exact, at every crossing of two grid lines.

    `x`, `y` metres, one per event; `bandwidth` is the kernel's standard deviation in metres;
    `x_grid`, `y_grid` are the coordinates of cell centres. Returns densities per square metre,
    shape (y_grid.size, x_grid.size), that integrate to 1 over the plane. A Gaussian of x and y
    is one of x times one of y, so the whole grid is a matrix product and nothing is cut off.
    Raises ValueError for degrees, no events, or a grid above `MOST_CELLS`.
    """
    x, y = inputs.places(x, y)
    x_grid, y_grid = inputs.vector(x_grid, "x_grid"), inputs.vector(y_grid, "y_grid")
    _refuse_grid(x_grid.size, y_grid.size)
    if not x.size:
        raise ValueError("x, y: no events, so there is no density.")
    if not 0 < bandwidth < np.inf:
        raise ValueError(f"bandwidth: give metres above 0; got {bandwidth!r}.")
    density = np.zeros((y_grid.size, x_grid.size))
    for start in range(0, x.size, _CHUNK):
        part = slice(start, start + _CHUNK)
        across = _bell(x[part], x_grid, bandwidth)
        density += _bell(y[part], y_grid, bandwidth).T @ across
    return density / (2 * np.pi * bandwidth**2 * x.size)


def getis_ord_star(values):
    """Getis and Ord's Gi* as z scores on a regular grid; neighbours are the eight around and
    the cell itself.

    `values` is (rows, columns); NaN marks a cell outside the city, which neither counts nor is
    counted, and stays NaN. NaN also where all values, or all cells, are the same neighbourhood.
    """
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 2:
        raise ValueError(f"values: give a grid of rows and columns; got shape {values.shape}.")
    if np.isinf(values).any():
        raise ValueError("values: infinite in at least one cell.")
    inside = ~np.isnan(values)
    near = _box(np.where(inside, values, 0.0))
    weight = _box(inside.astype(np.float64))
    return np.where(inside, gi_star(near, weight, values[inside]), np.nan)


def gi_star(near, weight, values):
    """Gi* from each cell's neighbourhood sum and number of neighbours (both with itself)."""
    n = values.size
    if n == 0 or np.ptp(values) == 0:
        return np.full(np.shape(near), np.nan)
    spread = values.std() * np.sqrt((n * weight - weight**2) / max(n - 1, 1))
    gap = near - values.mean() * weight
    return np.divide(gap, spread, out=np.full(np.shape(near), np.nan), where=spread > 0)


def gi(near, weight, values):
    """Gi from each cell's neighbourhood sum and number of neighbours, both without itself.

    `values` is one per cell: the mean and spread are those of the others. NaN where the others
    are all alike or all neighbours.
    """
    near, weight, values = (np.asarray(one, dtype=np.float64) for one in (near, weight, values))
    n = values.size - 1
    if n < 2:
        return np.full(values.shape, np.nan)
    mean = (values.sum() - values) / n
    square = np.maximum(((values**2).sum() - values**2) / n - mean**2, 0)
    spread = np.sqrt(square * (n * weight - weight**2) / (n - 1))
    gap = near - mean * weight
    return np.divide(gap, spread, out=np.full(values.shape, np.nan), where=spread > 0)


def pai(observed, predicted, *, area=None):
    """Predictive accuracy index at each step down the predicted ranking: array, one per cell.

    Entry k is the share of observed events inside the first k + 1 cells, over their share of
    the area: 1 is no better than chance. Cells with equal predictions keep the order given.
    `area` in any unit, equal cells when left out. NaN when nothing was observed. Chainey,
    Tompson and Uhlig (2008).
    """
    hits, ground = _captured(observed, predicted, area)
    return _shares(hits) / _shares(ground)


def pei(observed, predicted, *, area=None):
    """Predictive efficiency: `pai` over the best possible at the same area, so at most 1.

    The best possible takes the densest cells, the last one in part. Hunt (2016).
    """
    hits, ground = _captured(observed, predicted, area)
    density = np.asarray(observed, np.float64) / _area(area, np.size(observed))
    best, best_ground = _captured(observed, density, area)
    reachable = np.interp(ground, np.r_[0.0, best_ground], np.r_[0.0, best])
    return np.divide(hits, reachable, out=np.full(hits.shape, np.nan), where=reachable > 0)


def rri(observed, predicted):
    """Recapture: predicted over observed events inside the first cells; NaN while none is seen."""
    hits, _ = _captured(observed, predicted, None)
    promised, _ = _captured(predicted, predicted, None)
    return np.divide(promised, hits, out=np.full(hits.shape, np.nan), where=hits > 0)


def _bell(points, grid, bandwidth):
    """Unscaled Gaussian of every point (row) at every grid line (column)."""
    bell = np.subtract.outer(points, grid)
    bell /= bandwidth
    bell *= bell
    bell *= -0.5
    np.exp(bell, out=bell)
    # Numbers too small for full precision slow the product a hundredfold and add nothing.
    bell[bell < np.finfo(np.float64).tiny] = 0
    return bell


def _refuse_grid(columns, rows):
    if columns * rows > MOST_CELLS:
        raise ValueError(
            f"A grid of {columns:,} by {rows:,} is {columns * rows:,} cells; the limit is "
            f"{MOST_CELLS:,}. Use larger cells, or look for one event far from the city."
        )


def _box(values):
    """Sum over each cell and its eight neighbours."""
    padded = np.pad(values, 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]


def _captured(values, predicted, area):
    """Running totals of values and area in the order of the prediction, highest first."""
    values, predicted = inputs.counts(values, "observed"), inputs.counts(predicted, "predicted")
    inputs.same_length(observed=values, predicted=predicted)
    order = np.argsort(-predicted, kind="stable")
    return np.cumsum(values[order]), np.cumsum(_area(area, values.size)[order])


def _area(area, cells):
    ground = np.ones(cells) if area is None else inputs.counts(area, "area")
    inputs.same_length(observed=range(cells), area=ground)
    if (ground <= 0).any():
        raise ValueError(f"area: must be above 0; see position {np.argmin(ground)}.")
    return ground


def _shares(running):
    return running / running[-1] if running[-1] else np.full(running.shape, np.nan)
