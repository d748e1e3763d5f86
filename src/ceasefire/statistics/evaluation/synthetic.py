"""Synthetic control: the treated unit against a weighted mean of others that moved like it.

Weights from 0 up that sum to 1 make the mean of other units follow the treated one before the
start, on the outcome alone. Every other unit is then treated as if it were the treated one, and
the ratio of misfit after to misfit before is ranked. Abadie, A., Diamond, A., Hainmueller, J.
(2010). Synthetic control methods for comparative case studies. Journal of the American
Statistical Association 105: 493-505. With predictors beside the outcome their own example ranks
first of 39, without them third: say which was used.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ceasefire.statistics.evaluation import panels


@dataclass(frozen=True, eq=False)
class SyntheticControl:
    """The treated unit against its synthetic control, and every placebo.

    `effect` is the mean gap after the start, in the outcome's unit; `path` has a row per time
    with `observed`, `synthetic`, `gap`, `after`. `weights` are the other units' (a Series, those
    above 0, largest first). `ratio` is RMSPE after over before; `rank` of `units` counts from 1
    for the largest, `p_value` is rank / units and never below `least_p_value`. `placebos` has a
    row per unit, the treated one too: `before`, `after` (RMSPE), `ratio`, `effect`.
    `detectable` is the RMSPE after the start that would have ranked within 5%, in the outcome's
    unit, from the placebos and the fit before alone; NaN with fewer than 20 units.
    """

    effect: float
    path: pd.DataFrame
    weights: pd.Series
    fit_before: float
    ratio: float
    rank: int
    units: int
    p_value: float
    least_p_value: float
    detectable: float
    placebos: pd.DataFrame
    treated: object
    start: object
    method: str = "synthetic control on the outcome alone, placebo rank of the RMSPE ratio"


def synthetic_control(
    panel, *, unit, time, outcome, treated, start, least_before=panels.LEAST_BEFORE
):
    """Weigh other units into a likeness of `treated` before `start`; compare from then on.

    `panel` is a DataFrame with a row per unit and time; `unit`, `time`, `outcome` name its
    columns, the outcome a rate so that units compare. Leave out units that had something like
    the treatment. Returns `SyntheticControl`. Raises ValueError for a hole in the panel, fewer
    than `least_before` periods before the start, or fewer than 2 other units.
    """
    read = panels.read(
        panel, unit=unit, time=time, outcome=outcome, treated=treated, start=start,
        least_before=least_before,
    )  # fmt: skip
    weights = control_weights(read.values, read.treated, read.before)
    synthetic = read.values @ weights
    placebos = _placebos(read, synthetic, treated)
    own, others = placebos.iloc[0], placebos.iloc[1:]
    # A tie counts against the treated unit, whatever the last binary digit says.
    rank = 1 + int((others["ratio"] >= own["ratio"] * (1 - 1e-9)).sum())
    kept = pd.Series(weights, index=read.units, name="weight")
    return SyntheticControl(
        effect=float(own["effect"]),
        path=_path(read, synthetic),
        weights=kept[kept > 1e-9].sort_values(ascending=False),
        fit_before=float(own["before"]),
        ratio=float(own["ratio"]),
        rank=rank,
        units=len(placebos),
        p_value=rank / len(placebos),
        least_p_value=1 / len(placebos),
        detectable=_detectable(others["ratio"].to_numpy(), float(own["before"])),
        placebos=placebos,
        treated=treated,
        start=start,
    )


def control_weights(donors, target, before):
    """Simplex weights of donors (periods, units) that follow target (periods,) before."""
    return panels.hull_weights(donors[:before] - target[:before, None])


def _placebos(read, synthetic, treated):
    """Every unit as if treated, against all others but the treated one; the treated one first."""
    gaps = [read.treated - synthetic]
    for nth in range(len(read.units)):
        donors = np.delete(read.values, nth, axis=1)
        target = read.values[:, nth]
        gaps.append(target - donors @ control_weights(donors, target, read.before))
    gaps = np.array(gaps)
    before = np.sqrt((gaps[:, : read.before] ** 2).mean(axis=1))
    after = np.sqrt((gaps[:, read.before :] ** 2).mean(axis=1))
    # A fit to the last digit says that too few periods were matched; its ratio means nothing.
    exact = before <= 1e-9 * np.abs(read.values).max()
    ratio = np.where(exact, np.inf, after / np.where(exact, 1, before))
    return pd.DataFrame(
        {"before": before, "after": after, "ratio": ratio,
         "effect": gaps[:, read.before :].mean(axis=1)},
        index=pd.Index([treated, *read.units], name="unit"),
    )  # fmt: skip


def _detectable(ratios, fit_before):
    """The misfit after that would rank within 5% of all units."""
    allowed = (ratios.size + 1) // 20  # the worst rank that is still within 5%
    return float("nan") if allowed < 1 else float(np.sort(ratios)[-allowed] * fit_before)


def _path(read, synthetic):
    return pd.DataFrame(
        {"observed": read.treated, "synthetic": synthetic, "gap": read.treated - synthetic,
         "after": np.arange(read.times.size) >= read.before},
        index=pd.Index(read.times, name="time"),
    )  # fmt: skip
