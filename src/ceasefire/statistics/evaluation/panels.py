"""A long table of units and times as a full matrix, or the reason why it is none."""

from dataclasses import dataclass

import numpy as np

# With four periods before, the placebo test has been seen to reject up to 40% of true nulls.
LEAST_BEFORE = 8


@dataclass(frozen=True, eq=False)
class Panel:
    """`values` (periods, units) in time order, the treated unit taken out as `treated`."""

    values: np.ndarray
    treated: np.ndarray
    units: list
    times: np.ndarray
    before: int


def read(panel, *, unit, time, outcome, treated, start, least_before=LEAST_BEFORE):
    """One row per unit and time of a DataFrame, as `Panel`; ValueError where that fails."""
    missing = [name for name in (unit, time, outcome) if name not in panel.columns]
    if missing:
        raise ValueError(f"panel has no column {', '.join(map(repr, missing))}.")
    twice = panel.duplicated([unit, time])
    if twice.any():
        row = panel.loc[twice, [unit, time]].iloc[0].tolist()
        raise ValueError(f"{twice.sum()} rows repeat a unit and time, the first {row}.")
    table = panel.pivot(index=time, columns=unit, values=outcome).sort_index().astype(float)
    if treated not in table.columns:
        raise ValueError(f"treated: no unit {treated!r} in column {unit!r}.")
    gaps = ~np.isfinite(table.to_numpy())
    if gaps.any():
        at, which = np.argwhere(gaps)[0]
        raise ValueError(
            f"{gaps.sum()} of {gaps.size} values are missing, the first for "
            f"{table.columns[which]!r} at {table.index[at]!r}. Every unit needs every period: fill "
            "in true zeros, leave out units or periods, and say which."
        )
    before = int((table.index < start).sum())
    _refuse_short(before, len(table) - before, table.shape[1] - 1, least_before)
    others = table.drop(columns=treated)
    return Panel(
        values=others.to_numpy(),
        treated=table[treated].to_numpy(),
        units=others.columns.tolist(),
        times=table.index.to_numpy(),
        before=before,
    )


def hull_weights(points):
    """Weights from 0 up, summing to 1, of the point nearest the origin in a hull.

    points: (dimensions, corners). Minimising |points @ x|^2 + c^2 (sum(x) - 1)^2 over x >= 0
    leaves x proportional to those weights for every c, so one non-negative least squares
    (Lawson and Hanson 1974) gives them exactly; c only keeps the numbers of one size.
    """
    from scipy.optimize import nnls

    size = np.abs(points).max() or 1.0
    rows = np.vstack([points, np.full(points.shape[1], size)])
    found, _ = nnls(rows, np.append(np.zeros(len(points)), size), maxiter=30 * points.shape[1])
    return found / found.sum()


def _refuse_short(before, after, donors, least_before):
    if before < least_before:
        raise ValueError(
            f"{before} periods before the start are too few: almost any unit can be matched over "
            f"them by luck, and the placebo test then rejects far too often. At least "
            f"{least_before} are needed."
        )
    if after < 1:
        raise ValueError("No period from the start on: check `start` against the time column.")
    if donors < 2:
        raise ValueError(f"{donors} other units: at least 2 are needed to build a comparison.")
