"""The Knox table: how many pairs of events are near in space and in time, against chance."""

from dataclasses import dataclass, field

import numpy as np

from ceasefire.statistics import bands, inputs
from ceasefire.statistics.near_repeat import intervals, plain, shuffle
from ceasefire.statistics.near_repeat.moments import moments
from ceasefire.statistics.near_repeat.pairs import near, norm

SIMULATED = "Monte Carlo: times shuffled over places, p = (1 + as many or more) / (1 + shuffles)"
APPROXIMATE = "gamma distribution with the exact mean and variance, no simulation"
# One-sided 5% test with 80% power, in standard deviations.
_DETECTABLE = 1.645 + 0.842


@dataclass(frozen=True, eq=False)
class Knox:
    """A near-repeat table and the settings it was made with.

    The arrays are (space bands, time bands). `ratio` is observed over expected, NaN where
    nothing is expected. `simulated_mean` is NaN when there was no simulation.
    """

    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    p_value: np.ndarray
    simulated_mean: np.ndarray
    space_edges: np.ndarray
    time_edges: np.ndarray
    metric: str
    permutations: int
    seed: int
    events: int
    method: str = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "method", SIMULATED if self.permutations else APPROXIMATE)

    @property
    def ratio(self):
        return _over(self.observed, self.expected)

    @property
    def detectable_ratio(self):
        """The smallest true ratio that so many events would usually reveal (80% of the time).

        Where this is far above any ratio worth acting on, the period is too short to say.
        """
        return 1 + _DETECTABLE * _over(np.sqrt(self.variance), self.expected)

    @property
    def simulation_error(self):
        """Distance of the simulated mean from the exact one, in Monte Carlo standard errors.

        A check of the run on itself: beyond 3 in a given cell about once in 370 runs.
        """
        error = np.sqrt(self.variance / max(self.permutations, 1))
        return _over(self.simulated_mean - self.expected, error)

    @property
    def space_labels(self):
        return bands.labels(self.space_edges, "m")

    @property
    def time_labels(self):
        return bands.labels(self.time_edges, "days")


def knox(
    x,
    y,
    t,
    *,
    space_edges,
    time_edges,
    metric="euclidean",
    permutations=999,
    seed=0,
    threads=None,
):
    """Count pairs of events near in space and time, and compare with chance.

    Parameters: `x`, `y` metres in a projected system and `t` days, one value per incident.
    `space_edges` (m) and `time_edges` (days) bound half-open bands: a pair at distance d is in
    the band a to b when a <= d < b. ``[0, 0.5, ...]`` makes "same place" the first band; an
    infinite last edge is allowed. `metric` is ``"euclidean"`` or ``"manhattan"`` (city block).
    `permutations=0` skips the simulation and takes p from a gamma approximation. `threads`
    changes the time taken, never a number; neither does the order of the events.

    Returns `Knox`. Expectation and variance are exact (Knox 1964; Barton and David 1966).
    Raises ValueError for coordinates in degrees, missing values, edges out of order, or more
    pairs than memory holds.
    """
    space, time = bands.edges(space_edges, "space_edges"), bands.edges(time_edges, "time_edges")
    norm(metric)
    permutations = inputs.whole(permutations, "permutations")
    points, t = _in_one_order(*inputs.events(x, y, t))
    table = _Table(points, t, space, time, metric)
    expected, variance = moments(table.space_degrees, table.time_degrees)
    observed = table.observed()
    if permutations:
        simulated = table.simulated(permutations, seed, threads)
        mean = simulated.mean(axis=0)
        p_value = (1 + (simulated >= observed).sum(axis=0)) / (1 + permutations)
    else:
        mean = np.full(observed.shape, np.nan)
        p_value = gamma_p(observed, expected, variance)
    return Knox(
        observed, expected, variance, p_value, mean, space, time, metric, permutations, seed, t.size
    )


def gamma_p(observed, expected, variance):
    """P(count >= observed) from a gamma distribution, with continuity correction; 1 at zero."""
    from scipy.stats import gamma

    varies = (expected > 0) & (variance > 0)
    scale = np.where(varies, variance, 1) / np.where(varies, expected, 1)
    shape = np.where(varies, expected, 1) / scale
    tail = gamma.sf(observed - 0.5, shape, scale=scale)
    # A count that cannot vary always equals what was observed.
    return np.where(varies & (observed > 0), tail, 1.0)


def _in_one_order(x, y, t):
    """Sort events so that the order they came in cannot matter, neighbours close in memory."""
    from scipy.spatial import cKDTree

    order = np.lexsort((t, y, x))
    points, t = np.column_stack([x, y])[order], t[order]
    leaves = cKDTree(points).indices if t.size else order
    return points[leaves], t[leaves]


class _Table:
    """Pairs by space band, and the counts that follow from them.

    A last band without end is never listed: whatever the other bands do not hold is in it, so
    its counts are totals less theirs. For that the listed bands must begin at 0.
    """

    def __init__(self, points, t, space, time, metric):
        self.t, self.time = t, time
        self.endless = np.isinf(space[-1])
        listed = space[:-1] if self.endless else space
        self.skip = int(self.endless and listed[0] > 0)
        listed = np.concatenate([[0.0], listed]) if self.skip else listed
        self.pairs = near(points, listed, metric)
        self.time_degrees = intervals.degrees(t, time)
        self.space_degrees = self._every_band(self.pairs.degrees(), max(t.size - 1, 0))

    def observed(self):
        days, limits = self._compact()
        return self._banded(plain.count_as_given(self.pairs, days, limits))

    def simulated(self, permutations, seed, threads):
        """Counts per cell of every shuffle: (permutations, space bands, time bands)."""
        keys = shuffle.keys(seed, permutations)
        return self._banded(shuffle.simulate(self.pairs, *self._compact(), keys, threads))

    def _compact(self):
        return shuffle.compact(self.t, self.time[self.time > 0])

    def _banded(self, under):
        """From counts under each positive time edge to counts per cell."""
        below = {"prepend": 0} if self.time[0] == 0 else {}
        totals = self.time_degrees.sum(axis=1) // 2
        return self._every_band(np.diff(under, axis=-1, **below), totals)

    def _every_band(self, counts, totals):
        """Add the endless band and drop the one listed only to reach it (second axis from last)."""
        if self.endless:
            rest = totals - counts.sum(axis=-2, keepdims=True)
            counts = np.concatenate([counts, rest], axis=-2)
        return counts[..., self.skip :, :]


def _over(numerator, denominator):
    found = np.full(np.shape(numerator), np.nan)
    return np.divide(numerator, denominator, out=found, where=denominator > 0)
