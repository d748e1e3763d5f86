"""Monitoring: is this week's count out of the ordinary, and how often would chance say so?"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ceasefire.statistics import inputs

_MOST_STATES = 2_000


@dataclass(frozen=True)
class PoissonInterval:
    """An exact interval for the rate behind a count."""

    count: int
    low: float
    high: float
    level: float
    method: str = "exact Poisson (Garwood 1936)"


@dataclass(frozen=True)
class PoissonLimits:
    """What to expect of a new period, and the counts that would not surprise.

    `low` and `high` are counts, both included. `dispersion` is the baseline's own variance
    over its mean (NaN for one period): well above 1, the limits are too narrow.
    """

    expected: float
    low: int
    high: int
    level: float
    baseline_count: int
    baseline_periods: int
    exposure: float
    dispersion: float
    method: str = "exact conditional binomial prediction limits"


def poisson_interval(count, level=0.95):
    """Garwood's exact interval for the mean of a Poisson count; `level` is its coverage."""
    from scipy.stats import chi2

    count, tail = inputs.whole(count, "count"), (1 - _level(level)) / 2
    low = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return PoissonInterval(count, float(low), float(chi2.isf(tail, 2 * count + 2) / 2), level)


def poisson_limits(baseline, *, exposure=1.0, level=0.95):
    """Limits for the count of a new period, given the counts of k like periods before it.

    `baseline` holds the k counts; `exposure` is the new period's length in baseline periods.
    Given the sum of old and new, the new count is binomial with chance exposure / (k +
    exposure), whatever the true rate: so the baseline's own uncertainty is inside the limits,
    and with few or quiet baseline weeks they are as wide as they ought to be. Limits hold every
    count that a one-sided test at (1 - level) / 2 would accept (Thatcher 1964), so they cover
    at least `level` on average. Poisson counts at one steady rate are assumed. Returns
    `PoissonLimits`.
    """
    from scipy.stats import nbinom

    weeks = inputs.counts(baseline, "baseline")
    total, k = inputs.whole(weeks.sum(), "baseline"), weeks.size
    tail, stay = (1 - _level(level)) / 2, k / (k + _exposure(exposure, "exposure"))
    # The binomial test of y given total + y is a negative binomial quantile in y.
    low = nbinom.ppf(tail, total, stay) if total else 0
    return PoissonLimits(
        expected=total / k * exposure,
        low=int(low),
        high=int(nbinom.isf(tail, total + 1, stay)),
        level=level,
        baseline_count=total,
        baseline_periods=k,
        exposure=exposure,
        dispersion=float(weeks.var(ddof=1) / weeks.mean()) if k > 1 and total else float("nan"),
    )


def e_test(count_a, count_b, *, exposure_a=1.0, exposure_b=1.0):
    """Two-sided p-value that two Poisson counts share one rate (Krishnamoorthy, Thomson 2004).

    Exposures are lengths of time, or people, in the same unit. 1 when both counts are 0.
    """
    a, b = inputs.whole(count_a, "count_a"), inputs.whole(count_b, "count_b")
    size_a, size_b = _exposure(exposure_a, "exposure_a"), _exposure(exposure_b, "exposure_b")
    rate = (a + b) / (size_a + size_b)
    if rate == 0:
        return 1.0
    ways_a, chance_a = _likely_counts(rate * size_a)
    ways_b, chance_b = _likely_counts(rate * size_b)
    gap = _contrast(ways_a[:, None], ways_b, size_a, size_b)
    # A tie with what was seen counts as extreme, whatever the last binary digit says.
    extreme = gap >= _contrast(np.float64(a), np.float64(b), size_a, size_b) * (1 - 1e-12)
    return float(min(1.0, chance_a @ extreme @ chance_b))


def change_z(count, baseline):
    """z of a count against the mean of baseline counts, on the square-root scale.

    The variance holds the baseline's share, (1 + 1/k) / 4; leaving it out calls one week
    against one other "significant" twice as often as it should. Above 3 or below -3 is the
    usual mark.
    """
    weeks = inputs.counts(baseline, "baseline")
    spread = np.sqrt((1 + 1 / weeks.size) / 4)
    return float((np.sqrt(inputs.whole(count, "count")) - np.sqrt(weeks.mean())) / spread)


def cusum_run_length(mean, *, k, h):
    """Average periods until a CUSUM of Poisson counts raises an alarm.

    The chart adds each count less `k`, never falls below 0, and alarms at `h` or above. The
    chart's levels form a Markov chain, exact when k and h share a fine enough grid (k = 1.2,
    h = 4 do); other values are rounded to the nearest that gives at most 2,000 levels.
    Infinite when no alarm can come. Brook and Evans (1972).
    """
    from scipy.stats import poisson

    if not (0 <= mean < np.inf and k >= 0 and 0 < h < np.inf):
        raise ValueError(f"Give mean >= 0, k >= 0 and h > 0; got {mean!r}, {k!r}, {h!r}.")
    if mean == 0:
        return float("inf")
    drop, top, step = _grid(k, h)
    level = np.arange(top)
    counts = (level - level[:, None] + drop) / step  # count that leads from row to column
    chance = np.where(counts == np.rint(counts), poisson.pmf(np.rint(counts), mean), 0.0)
    chance[:, 0] = poisson.cdf(np.floor((drop - level) / step), mean)
    return float(np.linalg.solve(np.eye(top) - chance, np.ones(top))[0])


def burst_probability(n, *, window, periods, rate):
    """Chance that some stretch of `window` periods, anywhere in `periods`, holds `n` or more.

    Events come at `rate` per period. Naus's approximation (1982) for a continuous scan, so for
    whole days it errs on the side of calling a burst ordinary. A single window has a far
    smaller chance; asking it of the busiest one is the usual mistake.
    """
    n = inputs.whole(n, "n")
    if not (0 < window <= periods < np.inf and 0 <= rate < np.inf):
        raise ValueError(
            f"Give 0 < window <= periods and rate >= 0; got {window!r}, {periods!r}, {rate!r}."
        )
    if n <= 1:
        return float(-np.expm1(-rate * periods)) if n else 1.0
    one, two, three = _none_in(n, window * rate)
    length = periods / window
    start, ratio, steps = (
        (two, three / two, length - 2) if length >= 2 else (one, two / one, length - 1)
    )
    return float(min(1.0, max(0.0, -np.expm1(np.log(start) + steps * np.log(ratio)))))


def _none_in(n, mean):
    """Chance of no cluster of n within one, two and three windows (Naus 1982)."""
    from scipy.stats import poisson

    def p(count):
        return poisson.pmf(count, mean)

    def under(count):
        return poisson.cdf(count, mean)

    below, r = under(n - 1), np.arange(1, n)
    two = below**2 - (n - 1) * p(n) * p(n - 2) - (n - 1 - mean) * p(n) * under(n - 3)
    a1 = 2 * p(n) * below * ((n - 1) * under(n - 2) - mean * under(n - 3))
    a2 = (
        0.5
        * p(n) ** 2
        * (
            (n - 1) * (n - 2) * under(n - 3)
            - 2 * (n - 2) * mean * under(n - 4)
            + mean**2 * under(n - 5)
        )
    )
    a3 = (p(2 * n - r) * under(r - 1) ** 2).sum()
    a4 = (p(2 * n - r) * p(r) * ((r - 1) * under(r - 2) - mean * under(r - 3))).sum()
    return below, two, below**3 - a1 + a2 + a3 - a4


def _likely_counts(mean):
    """Counts that hold all but 1e-15 of a Poisson distribution at each end, and their chances."""
    from scipy.stats import poisson

    ways = np.arange(poisson.ppf(1e-15, mean), poisson.isf(1e-15, mean) + 1)
    return ways, poisson.pmf(ways, mean)


def _contrast(a, b, size_a, size_b):
    """Difference of two rates in standard errors, 0 when both counts are 0."""
    error = np.sqrt(a / size_a**2 + b / size_b**2)
    gap = np.abs(a / size_a - b / size_b)
    return np.divide(gap, error, out=np.zeros(np.shape(gap)), where=error > 0)


def _grid(k, h):
    """k, h and one event as whole steps of the finest grid that stays small enough."""
    finest = max(1, int(_MOST_STATES / h))
    step = 1
    for value in (k, h):
        parts = Fraction(value).limit_denominator(finest).denominator
        step = min(finest, int(np.lcm(step, parts)))
    return round(k * step), max(1, round(h * step)), step


def _exposure(value, name):
    if not 0 < value < np.inf:
        raise ValueError(f"{name}: give a number above 0; got {value!r}.")
    return float(value)


def _level(level):
    if not 0 < level < 1:
        raise ValueError(f"level: give a number between 0 and 1, such as 0.95; got {level!r}.")
    return level
