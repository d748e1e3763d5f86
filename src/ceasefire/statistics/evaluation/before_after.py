"""Weighted displacement difference: two places before and after, with displacement and power.

    WDD = (T1 - T0) - (C1 - C0) + (D1 - D0) - (DC1 - DC0)

T is the treated area, C its control, D the area around T, DC the area around C. With Poisson
counts its standard error is the root of all eight counts summed; shootings vary more than
Poisson counts do, and at a variance of 2 the nominal 5% test rejects 17% of true nulls. Give
`dispersion`, and the error grows by its root.

Wheeler, A. P., Ratcliffe, J. H. (2018). A simple weighted displacement difference test to
evaluate place based crime interventions. Crime Science 7: 11. Bowers, K. J., Johnson, S. D.
(2003). Measuring the geographical displacement and diffusion of benefit effects of crime
prevention activity. Journal of Quantitative Criminology 19: 275-301.
"""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.evaluation import chance

_SIGN = np.array([1.0, -1.0, 1.0, -1.0])  # treated, control, displaced, control displaced
_NAMES = ("treated", "control", "displaced", "control_displaced")


@dataclass(frozen=True)
class WDD:
    """The change in events put down to the treatment; negative means fewer.

    `detectable_cut` is the share of the treated area's events that would have had to vanish
    for such a test to find it 80% of the time, from the counts before alone; NaN where even a
    fall to zero would usually be missed. `displacement_quotient` is above 0 where the
    surroundings gained too, below 0 where events moved there, NaN without displacement areas.
    """

    estimate: float
    standard_error: float
    z: float
    p_value: float
    interval: tuple[float, float]
    level: float
    dispersion: float
    displacement_quotient: float
    detectable_cut: float
    method: str = "weighted displacement difference (Wheeler, Ratcliffe 2018), normal limits"


def wdd(
    treated,
    control,
    displaced=(0, 0),
    control_displaced=(0, 0),
    *,
    dispersion=1.0,
    time_weights=(1.0, 1.0),
    area_weights=(1.0, 1.0, 1.0, 1.0),
    level=0.95,
):
    """Compare the change in a treated area with that in its control.

    Each area is `(before, after)`: whole counts of events in windows of equal length. Where the
    lengths differ give them as `time_weights` (before, after); `area_weights` (treated, control,
    displaced, control displaced) are sizes or populations. Counts are divided by both.
    `dispersion` is variance over mean, from `overdispersion` or like series; below 1 is refused.
    Returns `WDD`; raises ValueError naming the count at fault.
    """
    counts = np.array([
        _pair(pair, name)
        for pair, name in zip((treated, control, displaced, control_displaced), _NAMES, strict=True)
    ])  # fmt: skip
    weights = _weights(time_weights, area_weights)
    if not counts[:2].any():
        raise ValueError("No event in either area, before or after: there is nothing to compare.")
    estimate = float(_difference(counts, weights))
    error = _error(counts, weights, dispersion)
    mark = chance.multiplier(level)
    return WDD(
        estimate=estimate,
        standard_error=error,
        z=estimate / error,
        p_value=chance.two_sided(estimate / error),
        interval=(estimate - mark * error, estimate + mark * error),
        level=level,
        dispersion=dispersion,
        displacement_quotient=_quotient(*counts[:3]),
        detectable_cut=wdd_detectable(
            *counts[:, 0], dispersion=dispersion, time_weights=time_weights,
            area_weights=area_weights, level=level,
        ),
    )  # fmt: skip


def wdd_power(
    cut,
    treated,
    control,
    displaced=0,
    control_displaced=0,
    *,
    dispersion=1.0,
    time_weights=(1.0, 1.0),
    area_weights=(1.0, 1.0, 1.0, 1.0),
    level=0.95,
):
    """The chance that `wdd` finds a true `cut`, a share of the treated area's events.

    The counts are those expected before, one number per area; all but the treated area are taken
    to stay as they were. 100 in each of four cells and a cut of 0.31 give 0.36: most true
    successes of that size go unseen.
    """
    if not 0 <= cut <= 1:
        raise ValueError(f"cut: a share from 0 to 1, such as 0.31; got {cut!r}.")
    weights = _weights(time_weights, area_weights)
    before = np.array([treated, control, displaced, control_displaced], float)
    if not (np.isfinite(before).all() and (before >= 0).all() and before[0] > 0):
        raise ValueError(f"Give counts from 0 up, some of them treated; got {before.tolist()}.")
    after = before * time_weights[1] / time_weights[0]
    after[0] *= 1 - cut
    cells = np.column_stack([before, after])
    return chance.found(_difference(cells, weights), _error(cells, weights, dispersion), level)


def wdd_detectable(treated, control, *areas, power=chance.USUALLY, **settings):
    """The smallest cut that `wdd` would find with chance `power`; NaN where none would be.

    Counts and settings as for `wdd_power`: what can be known before the outcome is.
    """
    from scipy.optimize import brentq

    def short(cut):
        return wdd_power(cut, treated, control, *areas, **settings) - power

    if treated == 0 or short(1.0) < 0:
        return float("nan")
    return float(brentq(short, 0.0, 1.0))


def overdispersion(counts):
    """Variance over mean of counts, shape (areas, periods), each area about its own mean.

    Pearson's chi-square over its degrees of freedom: 1 for Poisson counts, never returned below
    1. Use periods before the treatment. A trend or season inside them adds to it, which errs on
    the safe side. Raises ValueError for fewer than 10 degrees of freedom.
    """
    table = np.atleast_2d(np.asarray(counts, float))
    for nth, row in enumerate(table):
        inputs.counts(row, f"counts[{nth}]")
    seen = table[table.sum(axis=1) > 0]
    freedom = seen.shape[0] * (seen.shape[1] - 1)
    if freedom < 10:
        raise ValueError(
            f"{freedom} degrees of freedom are too few to say how far counts vary; give more "
            "areas or more periods, at least 11 periods for one area."
        )
    mean = seen.mean(axis=1, keepdims=True)
    return max(1.0, float(((seen - mean) ** 2 / mean).sum() / freedom))


def count_windows(t, *, before, after):
    """`(before, after)` counts of events at times `t` in two half-open windows, `(from, until)`.

    `t` and the windows are days on one calendar. Windows that overlap, run backwards or are of
    unequal length are refused. Unequal length may be meant; then count each window by hand and
    give `time_weights`. Take whole years, or the same months, or the season will look like work.
    """
    t = inputs.vector(t, "t")
    for name, (since, until) in (("before", before), ("after", after)):
        if not since < until:
            raise ValueError(f"{name}: the window from {since} until {until} is empty.")
    if after[0] < before[1]:
        raise ValueError(
            f"The windows overlap: the one after begins on day {after[0]}, the one before ends on "
            f"day {before[1]}. An event must not count on both sides."
        )
    length = before[1] - before[0], after[1] - after[0]
    # A leap year is a day longer and still a year.
    if abs(length[0] - length[1]) > max(length) / 365:
        raise ValueError(
            f"The windows are {length[0]} and {length[1]} days long. Make them equal, or count "
            "apart and give both lengths as time_weights."
        )
    return tuple(int(((t >= since) & (t < until)).sum()) for since, until in (before, after))


def _pair(pair, name):
    if np.shape(pair) != (2,):
        raise ValueError(f"{name}: give (before, after); got {pair!r}.")
    return [inputs.whole(count, name) for count in pair]


def _weights(time_weights, area_weights):
    """What each count is divided by: shape (areas, 2)."""
    if np.shape(time_weights) != (2,) or np.shape(area_weights) != (4,):
        raise ValueError("Give two time_weights (before, after) and four area_weights.")
    time = [chance.positive(weight, "time_weights") for weight in time_weights]
    return np.outer([chance.positive(weight, "area_weights") for weight in area_weights], time)


def _difference(counts, weights):
    before, after = (counts / weights).T
    return _SIGN @ (after - before)


def _error(counts, weights, dispersion):
    if not 1 <= dispersion < np.inf:
        raise ValueError(
            f"dispersion: variance over mean, at least 1; got {dispersion!r}. Below 1 would claim "
            "that shootings are steadier than chance."
        )
    return float(np.sqrt(dispersion * (counts / weights**2).sum()))


def _quotient(treated, control, displaced):
    """Bowers and Johnson's weighted displacement quotient."""
    if not displaced.any() or not control.all():
        return float("nan")
    moved = displaced[1] / control[1] - displaced[0] / control[0]
    gained = treated[1] / control[1] - treated[0] / control[0]
    return float(moved / gained) if gained else float("nan")
