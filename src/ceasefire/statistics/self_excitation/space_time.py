"""Self-excitation in time and space, by expectation and maximisation over near pairs.

    rate(x, t) = background(x) + sum of branching x decay exp(-decay dt) x N(dx; spread^2)

over earlier events within `within_m` and `within_days`; both kernels are cut off there and
rescaled to 1. The background is a kernel density of the events themselves, each weighted by its
chance of being background, never by its own presence (left out at its own place), plus one
event's worth spread evenly so that nothing is impossible. Mohler, G. O., Short, M. B.,
Brantingham, P. J., Schoenberg, F. P., Tita, G. E. (2011). Self-exciting point process modeling of
crime. Journal of the American Statistical Association 106: 100-108. Zhuang, J., Ogata, Y.,
Vere-Jones, D. (2002), the same 97: 369-380. Nothing is corrected at the city's edge.
"""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.self_excitation import truncated

_STEPS, _SETTLED = 300, 1e-4
_MOST_CELLS = 20_000_000
_LEAST_EVENTS = 50


@dataclass(frozen=True, eq=False)
class SpaceTimeFit:
    """`background` events per day over the city, `branching` events per event, `decay` per day,
    `spread_m` the standard deviation along one axis in metres.

    `background_chance` per event, in the order given. `sensitivity` has a row per bandwidth
    tried: bandwidth, branching, decay, spread_m, log_likelihood. If branching runs far with the
    bandwidth, the data cannot tell spread from bad places. The fit itself is at the bandwidth
    with the highest log-likelihood. `spread_m` equal to `least_spread_m` means that repeats at
    one place were all that was found to follow; with a slow decay that is a bad place, not spread.
    """

    background: float
    branching: float
    decay: float
    spread_m: float
    log_likelihood: float
    bandwidth: float
    background_chance: np.ndarray
    sensitivity: np.ndarray
    steps: int
    settled: bool
    pairs: int
    within_m: float
    within_days: float
    least_spread_m: float
    horizon: float
    method: str = "EM over pairs within limits, leave-one-out kernel background"


def space_time(
    x,
    y,
    t,
    *,
    horizon,
    bandwidths=(150.0, 250.0, 400.0, 600.0),
    within_m=600.0,
    within_days=60.0,
    least_spread_m=30.0,
):
    """Fit places `x`, `y` (metres) and times `t` (days from 0 to `horizon`), one per incident.

    `bandwidths` are those of the background in metres; each is fitted. `least_spread_m` is how
    finely places are known: shootings given the same corner would otherwise draw the spread to
    nothing and the likelihood to infinity. Pairs of one moment do not excite each other.

    Returns `SpaceTimeFit`. Raises ValueError for degrees, fewer than 50 events, times outside the
    window, or a bandwidth that would need 20 million cells.
    """
    x, y, t = inputs.events(x, y, t)
    _refuse(t, horizon, within_m, within_days, bandwidths, least_spread_m)
    order = np.argsort(t, kind="stable")
    pairs = _pairs(np.column_stack([x, y])[order], t[order], within_m, within_days)
    fits = [
        _fit(x[order], y[order], t[order], horizon, bandwidth, pairs, least_spread_m)
        for bandwidth in bandwidths
    ]
    best = max(fits, key=lambda one: one.log_likelihood)
    chance = np.empty(t.size)
    chance[order] = best.background_chance
    rows = [(f.bandwidth, f.branching, f.decay, f.spread_m, f.log_likelihood) for f in fits]
    names = ("bandwidth", "branching", "decay", "spread_m", "log_likelihood")
    kinds = [(name, float) for name in names]
    return SpaceTimeFit(
        best.background, best.branching, best.decay, best.spread_m, best.log_likelihood,
        best.bandwidth, background_chance=chance, sensitivity=np.array(rows, dtype=kinds),
        steps=best.steps, settled=best.settled, pairs=pairs.later.size,
        within_m=within_m, within_days=within_days, least_spread_m=least_spread_m, horizon=horizon,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Pairs:
    """`later` is the position of each pair's later event; `wait` days, `square` metres squared."""

    later: np.ndarray
    wait: np.ndarray
    square: np.ndarray
    days: float
    metres: float


@dataclass(frozen=True, eq=False)
class _One:
    background: float
    branching: float
    decay: float
    spread_m: float
    log_likelihood: float
    bandwidth: float
    background_chance: np.ndarray
    steps: int
    settled: bool


def _pairs(points, t, metres, days):
    from scipy.spatial import cKDTree

    # One search in a box of space and time, a hair too wide, finds far fewer than space alone.
    box = np.column_stack([(points - points[0]) / metres, t / days])
    i, j = cKDTree(box).query_pairs(1 + 1e-6, p=np.inf, output_type="ndarray").T
    i, j = np.minimum(i, j), np.maximum(i, j)
    wait, square = t[j] - t[i], ((points[i] - points[j]) ** 2).sum(axis=1)
    near = (wait > 0) & (wait <= days) & (square <= metres**2)
    return _Pairs(j[near], wait[near], square[near], days, metres)


def _fit(x, y, t, horizon, bandwidth, pairs, least_spread):
    place = _Background(x, y, bandwidth)
    chance, branching = np.full(t.size, 0.7), 0.3
    waits = truncated.from_mean(pairs.days / 6, pairs.days)
    squares = truncated.from_mean(pairs.metres**2 / 6, pairs.metres**2)
    before, settled = np.zeros(4), False
    for step in range(1, _STEPS + 1):
        own = place.at_events(chance) / horizon
        kernel = np.exp(-waits.rate * pairs.wait - squares.rate * pairs.square)
        kernel *= branching * waits.peak * squares.peak / np.pi
        rate = own + np.bincount(pairs.later, kernel, minlength=t.size)
        exposed = waits.share_by(horizon - t).sum()
        value = float(np.log(rate).sum() - chance.sum() - branching * exposed)
        weight = kernel / rate[pairs.later]
        chance, caused = own / rate, max(weight.sum(), 1e-12)
        branching = caused / exposed
        waits = truncated.from_mean(weight @ pairs.wait / caused, pairs.days)
        squares = truncated.from_mean(weight @ pairs.square / caused, pairs.metres**2)
        squares = truncated.Truncated(min(squares.rate, 0.5 / least_spread**2), pairs.metres**2)
        now = np.array([branching, waits.rate, squares.rate, chance.mean()])
        settled = step > 1 and bool((np.abs(now - before) <= _SETTLED * now + 1e-9).all())
        if settled:
            break
        before = now
    return _One(
        float(chance.sum() / horizon), float(branching), waits.rate,
        float(np.sqrt(0.5 / squares.rate)), value, float(bandwidth), chance, step, settled,
    )  # fmt: skip


class _Background:
    """Density of weighted events per square metre at each event, its own share left out.

    Events are shared out among the four nearest points of a fine grid, smoothed, and read back
    in the same way; what that smooths by itself is taken off the bandwidth.
    """

    def __init__(self, x, y, bandwidth):
        self.cell, self.bandwidth = bandwidth / 3, bandwidth
        margin = 4 * bandwidth
        at = [(axis - axis.min() + margin) / self.cell for axis in (y, x)]
        self.shape = tuple(int(one.max() + margin / self.cell) + 2 for one in at)
        if self.shape[0] * self.shape[1] > _MOST_CELLS:
            raise ValueError(
                f"bandwidth {bandwidth} m over this area needs {self.shape[0] * self.shape[1]:,} "
                "cells. Take a wider bandwidth, or leave out places far from all others."
            )
        low = [np.floor(one).astype(np.int64) for one in at]
        part = [one - floor for one, floor in zip(at, low, strict=True)]
        corners = [(row, column) for row in (0, 1) for column in (0, 1)]
        self.index = np.stack([(low[0] + r) * self.shape[1] + low[1] + c for r, c in corners])
        self.share = np.stack([
            (part[0] if r else 1 - part[0]) * (part[1] if c else 1 - part[1]) for r, c in corners
        ])  # fmt: skip
        self.area = (np.ptp(x) + 2 * bandwidth) * (np.ptp(y) + 2 * bandwidth)

    def at_events(self, weight):
        from scipy.ndimage import gaussian_filter

        cells = self.shape[0] * self.shape[1]
        mass = np.bincount(self.index.ravel(), (self.share * weight).ravel(), minlength=cells)
        sigma = np.sqrt(self.bandwidth**2 / self.cell**2 - 1 / 3)
        smooth = gaussian_filter(mass.reshape(self.shape), sigma, mode="constant", truncate=4)
        density = (smooth.ravel()[self.index] * self.share).sum(axis=0) / self.cell**2
        others = np.maximum(density - weight / (2 * np.pi * self.bandwidth**2), 0)
        total = weight.sum()
        return others * (total - 1) / max(total - weight.mean(), 1) + 1 / self.area


def _refuse(t, horizon, within_m, within_days, bandwidths, least_spread_m):
    if t.size < _LEAST_EVENTS:
        raise ValueError(f"{t.size} events are too few; {_LEAST_EVENTS} is the least.")
    if not 0 < horizon < np.inf or t.min() < 0 or t.max() > horizon:
        raise ValueError(f"t: give days from the start of observation, 0 to horizon {horizon!r}.")
    lengths = {"within_m": within_m, "within_days": within_days, "least_spread_m": least_spread_m}
    for name, value in lengths.items():
        if not 0 < value < np.inf:
            raise ValueError(f"{name}: give a number above 0; got {value!r}.")
    if not len(bandwidths) or min(bandwidths) <= 0:
        raise ValueError(f"bandwidths: one or more, in metres above 0; got {bandwidths!r}.")
