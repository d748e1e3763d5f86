"""Interrupted time series of counts: the level after a date against the trend before it.

    log E[y] = b0 + b1 t + season + b2 (t >= start) [+ b3 (t - start) (t >= start)] + offset

Two standard errors are worked: quasi-Poisson (or negative binomial), and HAC with Bartlett
weights over `lags`. The interval stands on the wider one. HAC alone is the usual advice, but with
few periods after the start its residuals sum to nothing within the window and it claims far too
much; the family's alone misses correlation. Bernal, J. L., Cummins, S., Gasparrini, A. (2017).
Interrupted time series regression for the evaluation of public health interventions.
International Journal of Epidemiology 46: 348-355. Newey, W. K., West, K. D. (1987).
"""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.evaluation import chance, models

_LEAST_BEFORE, _LEAST_AFTER = 12, 3
# No exposure is e to the 50th: whoever gives it forgot the logarithm.
_LARGEST_OFFSET = 50.0


@dataclass(frozen=True, eq=False)
class InterruptedSeries:
    """The rate after `start` over what trend and season led to expect.

    With `slope` the ratio is the one over the whole time after. `averted` is in events; negative
    means more than expected. `errors` holds both standard errors of the log ratio. Look at
    `detectable_ratio` first: the ratio that this series, up to the start, would usually reveal.
    `expected` and `fitted` are means per period, without and with the change; shape (periods,).
    """

    rate_ratio: float
    interval: tuple[float, float]
    p_value: float
    standard_error: float
    errors: dict[str, float]
    dispersion: float
    alpha: float
    averted: float
    averted_interval: tuple[float, float]
    detectable_ratio: float
    expected: np.ndarray
    fitted: np.ndarray
    counts: np.ndarray
    start: int
    period: int
    lags: int
    family: str
    slope: bool
    level: float
    method: str = "log-linear counts; the wider of the model's and HAC standard errors"


@dataclass(frozen=True, eq=False)
class PlaceboDates:
    """The same analysis at dates when nothing began, all before the real start.

    Per date: `start`, `rate_ratio`, `p_value`. `share_significant` should lie near 1 - level:
    far above, the model is too sure of itself on this series. `rank_p_value` is the share of
    dates (the real one among them) with a log ratio at least as far from 0; neighbouring dates
    share data, so read it as a picture rather than a test.
    """

    start: np.ndarray
    rate_ratio: np.ndarray
    p_value: np.ndarray
    share_significant: float
    rank_p_value: float
    after: int
    level: float


def interrupted_series(
    counts,
    *,
    start,
    period,
    offset=None,
    slope=False,
    family="quasi-poisson",
    lags=12,
    level=0.95,
):
    """How far counts from position `start` on depart from the trend and season before.

    `counts` are whole events per period, oldest first, zeros included. `period` is the number of
    periods in a season: 12 for months, 4 for quarters, 52 for weeks, 7 for days, 1 for none.
    `offset` is the logarithm of each period's exposure (days, people, kilometres). `slope` lets
    the trend change too. `family` is "quasi-poisson" or "negative binomial".

    Returns `InterruptedSeries`. Raises ValueError for fewer than two seasons (at least 12
    periods) before the start or 3 after, for rates instead of counts, and for series without
    events on either side.
    """
    y, start, period = _series(counts, start, period)
    log_exposure = _offset(offset, y.size)
    design, unchanged = _design(y.size, start, period, slope)
    fit = models.fit(y, design, log_exposure, family=family, lags=_lags(lags, y.size))
    expected = np.exp(unchanged @ fit.coefficients + log_exposure)
    log_ratio, direction = _contrast(fit.fitted, expected, design, unchanged, start)
    errors = dict(zip(("model", "hac"), fit.errors(direction), strict=True))
    error = max(errors.values())
    mark, after = chance.multiplier(level), y[start:].sum()
    low, high = np.exp([log_ratio - mark * error, log_ratio + mark * error])
    return InterruptedSeries(
        rate_ratio=float(np.exp(log_ratio)),
        interval=(float(low), float(high)),
        p_value=chance.two_sided(log_ratio / error),
        standard_error=error,
        errors=errors,
        dispersion=fit.dispersion,
        alpha=fit.alpha,
        averted=float(after * np.expm1(-log_ratio)),
        averted_interval=(float(after * (1 / high - 1)), float(after * (1 / low - 1))),
        detectable_ratio=interruption_detectable(
            y[:start], after=y.size - start, period=period, level=level,
            offset=None if offset is None else log_exposure,
        ),
        expected=expected, fitted=fit.fitted, counts=y, start=start, period=period, lags=lags,
        family=family, slope=slope, level=level,
    )  # fmt: skip


def interruption_detectable(
    before, *, after, period, offset=None, level=0.95, power=chance.USUALLY
):
    """The rate ratio below 1 that `after` periods would reveal with chance `power`.

    From the counts before alone: their trend, season and dispersion are carried on with no
    change, and the standard error that follows is what a quasi-Poisson analysis would have.
    `offset` covers the periods before, or before and after.
    """
    y, start = inputs.counts(before, "before"), len(before)
    length = start + inputs.whole(after, "after")
    given = _offset(offset, None)
    logs = given if given.size == length else np.resize(given, length)
    design, unchanged = _design(length, start, period, slope=False)
    fit = models.fit(y, unchanged[:start, :-1], logs[:start], family="quasi-poisson", lags=0)
    mean = np.exp(unchanged[:, :-1] @ fit.coefficients + logs)
    information = (design * mean[:, None]).T @ design
    error = np.sqrt(np.linalg.inv(information)[-1, -1] * max(1.0, fit.dispersion))
    return chance.detectable_ratio(float(error), level, power)


def placebo_dates(
    counts, *, start, period, offset=None, slope=False, family="quasi-poisson", lags=12, level=0.95
):
    """`interrupted_series` at every earlier date that leaves enough before and after it.

    Only counts before the real `start` are used, and each placebo looks at as many periods after
    its date as the real analysis has, or half of what is left if that is less. Raises ValueError
    where no date leaves enough: that is no evidence for or against.
    """
    y, start, period = _series(counts, start, period)
    log_exposure = _offset(offset, y.size)
    settings = {"period": period, "slope": slope, "family": family, "lags": lags, "level": level}
    least = _least_before(period)
    after = min(y.size - start, (start - least) // 2)
    if after < _LEAST_AFTER:
        raise ValueError(
            f"{start} periods before the start leave no earlier date with {least} before it and "
            f"{_LEAST_AFTER} after it. No placebo can be run; that says nothing either way."
        )
    dates = np.arange(least, start - after + 1)
    runs = [
        interrupted_series(
            y[: date + after], start=date, offset=log_exposure[: date + after], **settings
        )
        for date in dates
    ]
    ratio = np.array([run.rate_ratio for run in runs])
    p_value = np.array([run.p_value for run in runs])
    real = interrupted_series(y, start=start, offset=log_exposure, **settings).rate_ratio
    as_far = np.abs(np.log(ratio)) >= abs(np.log(real))
    return PlaceboDates(
        start=dates,
        rate_ratio=ratio,
        p_value=p_value,
        share_significant=float((p_value < 1 - level).mean()),
        rank_p_value=float((1 + as_far.sum()) / (1 + dates.size)),
        after=after,
        level=level,
    )


def _design(length, start, period, slope):
    """Columns with the change (last) and the same with the change taken out."""
    at = np.arange(length)
    since = (at >= start).astype(float)
    steady = np.column_stack(
        [np.ones(length), (at - at.mean()) / length, models.season(length, period)]
    )
    change = [since * (at - start) / length] if slope else []
    change = np.column_stack([*change, since])
    return np.hstack([steady, change]), np.hstack([steady, np.zeros_like(change)])


def _contrast(fitted, expected, design, unchanged, start):
    """Log of fitted over expected, summed after the start, and its gradient in the terms."""
    with_change, without = fitted[start:], expected[start:]
    direction = with_change @ design[start:] / with_change.sum()
    direction = direction - without @ unchanged[start:] / without.sum()
    return float(np.log(with_change.sum() / without.sum())), direction


def _series(counts, start, period):
    y = inputs.counts(counts)
    start, period = inputs.whole(start, "start"), inputs.whole(period, "period")
    if not np.array_equal(y, np.rint(y)):
        raise ValueError("counts: whole events are needed; for rates give offset=log(exposure).")
    least = _least_before(period)
    if start < least:
        raise ValueError(
            f"{start} periods before the start are too few to know a trend from chance: with a "
            f"season of {period} at least {least} are needed. Begin the series earlier."
        )
    if y.size - start < _LEAST_AFTER:
        raise ValueError(
            f"{max(0, y.size - start)} periods from the start on; give {_LEAST_AFTER} or more."
        )
    for side, part in (("before", y[:start]), ("from", y[start:])):
        if not part.any():
            raise ValueError(
                f"No event {side} the start: a ratio of rates is not defined. Give the counts, "
                "and monitoring.poisson_interval."
            )
    return y, start, period


def _least_before(period):
    if period < 1:
        raise ValueError("period: 12 for months, 4 for quarters, 52 for weeks, 1 for no season.")
    return max(_LEAST_BEFORE, 2 * period)


def _lags(lags, length):
    lags = inputs.whole(lags, "lags")
    if lags >= length:
        raise ValueError(f"lags: {lags} reach beyond the {length} periods of the series.")
    return lags


def _offset(offset, length):
    if offset is None:
        return np.zeros(1 if length is None else length)
    found = inputs.vector(offset, "offset")
    if length is not None and found.size != length:
        raise ValueError(f"offset has {found.size} values, counts have {length}.")
    if found.size and np.abs(found).max() > _LARGEST_OFFSET:
        raise ValueError("offset: give the logarithm of the exposure, as in np.log(days).")
    return found
