"""Synthetic difference in differences: units and periods both weighted before the difference.

Unit weights follow the treated unit's course up to a constant, with a ridge that spreads them;
period weights make the periods before resemble those after in the other units. Arkhangelsky, D.,
Athey, S., Hirshberg, D. A., Imbens, G. W., Wager, S. (2021). Synthetic difference-in-differences.
American Economic Review 111: 4088-4118. Their ridge is kept; their step-by-step solver is
replaced by the exact minimum.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ceasefire.statistics.evaluation import chance, panels


@dataclass(frozen=True, eq=False)
class SyntheticDifference:
    """The effect in the outcome's unit, with every other unit as a placebo.

    The standard error is the placebos' spread about 0 (the paper's algorithm 4, each unit once).
    `detectable` is the size of effect that it would find 80% of the time. `rank` counts the units
    whose effect is at least as far from 0. `unit_weights`, `time_weights`: those above 0.
    """

    effect: float
    standard_error: float
    interval: tuple[float, float]
    detectable: float
    rank: int
    units: int
    p_value: float
    unit_weights: pd.Series
    time_weights: pd.Series
    placebos: pd.Series
    treated: object
    start: object
    level: float
    method: str = "synthetic difference in differences, placebo standard error"


def synthetic_difference(
    panel, *, unit, time, outcome, treated, start, level=0.95, least_before=panels.LEAST_BEFORE
):
    """The effect on one treated unit, by units and periods weighted to be like it.

    Arguments and refusals as `synthetic_control`. Returns `SyntheticDifference`.
    """
    read = panels.read(
        panel, unit=unit, time=time, outcome=outcome, treated=treated, start=start,
        least_before=least_before,
    )  # fmt: skip
    effect, unit_weights, time_weights = _estimate(read.values, read.treated, read.before)
    placebo = [
        _estimate(np.delete(read.values, nth, axis=1), read.values[:, nth], read.before)[0]
        for nth in range(len(read.units))
    ]
    placebos = pd.Series(placebo, index=pd.Index(read.units, name="unit"), name="effect")
    error = float(np.sqrt((placebos**2).mean()))
    mark = chance.multiplier(level)
    rank = 1 + int((placebos.abs() >= abs(effect) * (1 - 1e-9)).sum())
    return SyntheticDifference(
        effect=effect,
        standard_error=error,
        interval=(effect - mark * error, effect + mark * error),
        detectable=float(-np.log(chance.detectable_ratio(error, level))),
        rank=rank,
        units=placebos.size + 1,
        p_value=rank / (placebos.size + 1),
        unit_weights=_kept(unit_weights, read.units),
        time_weights=_kept(time_weights, read.times[: read.before]),
        placebos=placebos,
        treated=treated,
        start=start,
        level=level,
    )


def _estimate(donors, target, before):
    """Effect, unit weights and time weights of one unit against others (periods, units)."""
    periods, units = donors.shape
    steps = np.diff(donors[:before], axis=0)
    noise = float(steps.std(ddof=1)) if steps.size > 1 else 0.0
    course = np.column_stack([donors, target])[:before]
    spread = (periods - before) ** 0.25 * noise
    unit_weights = _ridged(course - course.mean(axis=0), spread * np.sqrt(before))
    season = np.column_stack([donors[:before].T, donors[before:].mean(axis=0)])
    # Next to no ridge: it only makes the answer single where periods say the same.
    time_weights = _ridged(season - season.mean(axis=0), 1e-6 * noise * np.sqrt(units))
    gap = target - donors @ unit_weights
    effect = gap[before:].mean() - time_weights @ gap[:before]
    return float(effect), unit_weights, time_weights


def _ridged(columns, ridge):
    """Simplex weights by which the columns but the last follow the last, with a ridge."""
    short = columns[:, :-1] - columns[:, -1:]
    return panels.hull_weights(np.vstack([short, ridge * np.eye(short.shape[1])]))


def _kept(weights, names):
    found = pd.Series(weights, index=names, name="weight")
    return found[found > 1e-9].sort_values(ascending=False)
