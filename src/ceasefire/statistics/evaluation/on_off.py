"""A thing that is on and off again: the rate on its days against like days without it."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.evaluation import chance, models


@dataclass(frozen=True)
class OnOff:
    """`rate_ratio` of days on against days off; `averted` events over the days on."""

    rate_ratio: float
    interval: tuple[float, float]
    p_value: float
    standard_error: float
    errors: dict[str, float]
    dispersion: float
    averted: float
    averted_interval: tuple[float, float]
    on_days: int
    on_events: int
    expected_on: float
    level: float
    method: str = "quasi-Poisson counts within strata"


def on_and_off(counts, *, on, strata=(), offset=None, hac_lags=0, level=0.95):
    """Compare the days on which something was on with all others, within strata.

    `counts` whole events per day, `on` true or false per day, both (days,). `strata` are arrays
    (days,) of labels, such as month, weekday and year, each a set of its own levels. The error is
    the quasi-Poisson one; with `hac_lags` the wider of it and HAC. Compare Phalen et al. (2020),
    American Journal of Public Health 110: 554-559, on community ceasefire weekends.
    Returns `OnOff`; raises ValueError for fewer than 3 days or no event on either side.
    """
    y = inputs.counts(counts)
    on = np.asarray(on).astype(bool)
    inputs.same_length(counts=y, on=on, **{f"strata_{nth}": one for nth, one in enumerate(strata)})
    _refuse_one_sided(y, on)
    columns = [on.astype(float), *(_levels(labels) for labels in strata)]
    design = np.column_stack([np.ones(y.size), *columns])
    logs = np.zeros(y.size) if offset is None else inputs.vector(offset, "offset")
    fit = models.fit(y, design, logs, family="quasi-poisson", lags=hac_lags)
    log_ratio, direction = float(fit.coefficients[1]), np.eye(design.shape[1])[1]
    errors = dict(zip(("model", "hac"), fit.errors(direction), strict=True))
    error = max(errors.values()) if hac_lags else errors["model"]
    mark, seen = chance.multiplier(level), y[on].sum()
    low, high = np.exp([log_ratio - mark * error, log_ratio + mark * error])
    return OnOff(
        rate_ratio=float(np.exp(log_ratio)),
        interval=(float(low), float(high)),
        p_value=chance.two_sided(log_ratio / error),
        standard_error=error,
        errors=errors,
        dispersion=fit.dispersion,
        averted=float(seen * np.expm1(-log_ratio)),
        averted_interval=(float(seen * (1 / high - 1)), float(seen * (1 / low - 1))),
        on_days=int(on.sum()),
        on_events=int(seen),
        expected_on=float(seen * np.exp(-log_ratio)),
        level=level,
    )


def _levels(labels):
    """One column per label but the first: shape (days, labels - 1)."""
    found, at = np.unique(np.asarray(labels), return_inverse=True)
    return np.eye(found.size)[at][:, 1:]


def _refuse_one_sided(y, on):
    for name, days in (("on", on), ("off", ~on)):
        if days.sum() < 3 or not y[days].any():
            raise ValueError(
                f"{days.sum()} days {name} with {int(y[days].sum())} events: a ratio of rates "
                "needs at least 3 days and an event on either side."
            )
