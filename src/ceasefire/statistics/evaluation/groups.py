"""Groups before and after: the treated, those tied to them, and the others, quarter by quarter.

Poisson counts with an effect of every group and every quarter. Because the treated differ from
the comparison only by class and by before or after, the maximum likelihood estimate is a ratio of
ratios of totals, and its variance clustered by group is the sum of squared influences of each
group: the same figures as a regression with a dummy per group and quarter, without one. One date
per call: pooling groups treated at different dates compares late ones with early ones
(Goodman-Bacon 2021), so run each date by itself and leave the other treated groups out.

Wooldridge, J. M. (1999). Distribution-free estimation of some nonlinear panel data models. Journal
of Econometrics 90: 77-97. Design after Braga, A. A., Apel, R., Welsh, B. C. (2013). The spillover
effects of focused deterrence on gang violence. Evaluation Review 37: 314-342.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ceasefire.statistics import inputs
from ceasefire.statistics.evaluation import chance

_LEAST_GROUPS = 10


@dataclass(frozen=True)
class Change:
    """One class of groups against the comparison: the rate ratio after over before.

    `interval` is clustered by group with Welch's t; `p_value` shuffles which groups are
    which, and is the one to quote where few groups were treated.
    """

    rate_ratio: float
    interval: tuple[float, float]
    standard_error: float
    p_value: float
    groups: int
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class GroupEffects:
    """`treated` is the direct effect, `tied` the spill-over (None where no group is tied).

    `detectable_ratio` is the ratio that the quarters before, split in two, say would usually be
    found. `events` has a row per class and quarter: `rate_ratio` against the last quarter before
    the start, `low`, `high`. `trend_p_value`: whether treated and comparison already parted before
    the start; a small one says that the comparison is none. `dropped` groups had no event.
    """

    treated: Change
    tied: Change | None
    detectable_ratio: float
    trend_p_value: float
    events: pd.DataFrame
    comparison_groups: int
    dropped: list
    start: object
    permutations: int
    seed: int
    level: float
    method: str = "Poisson with group and quarter effects, clustered by group"


def group_effects(
    panel, *, group, quarter, outcome, treated, start, tied=(), permutations=999, seed=0, level=0.95
):
    """Compare groups treated at `start`, and groups tied to them, with all other groups.

    `panel` is a DataFrame with a row per group and quarter, zeros included; `treated` and `tied`
    list groups. Leave out groups treated at another date. Returns `GroupEffects`. Raises
    ValueError for a hole in the panel, fewer than 8 quarters before the start, fewer than 10
    groups, or a class without events on either side.
    """
    table = _table(panel, group, quarter, outcome)
    dropped = [name for name in table.index if not table.loc[name].any()]
    table = table.drop(index=dropped)
    kind = _classes(table.index, treated, tied, dropped)
    counts = table.to_numpy()
    after = (table.columns >= start).astype(bool)
    _refuse_short(after, kind)
    draw = np.random.default_rng(seed)
    direct = _change(counts, after, kind, 1, permutations, draw, level)
    spill = None
    if (kind == 2).any():
        spill = _change(counts, after, kind, 2, permutations, draw, level)
    return GroupEffects(
        treated=direct,
        tied=spill,
        detectable_ratio=_detectable(counts, after, kind, level),
        trend_p_value=_trend(counts, after, kind, permutations, draw),
        events=_events(table, after, kind, level),
        comparison_groups=int((kind == 0).sum()),
        dropped=dropped,
        start=start,
        permutations=permutations,
        seed=seed,
        level=level,
    )  # fmt: skip


def _change(counts, after, kind, which, permutations, draw, level):
    part = (kind == 0) | (kind == which)
    sides = np.stack([counts[part][:, ~after].sum(axis=1), counts[part][:, after].sum(axis=1)])
    of = kind[part] == which
    for name, mine in (("comparison", ~of), (("treated", "tied")[which - 1], of)):
        if (sides[:, mine].sum(axis=1) == 0).any():
            raise ValueError(f"The {name} groups have no event before, or none after, the start.")
    estimate, error, _ = _ratio(sides, of)
    ratio, low, high = _limits(sides, of, level)
    return Change(
        rate_ratio=ratio,
        interval=(low, high),
        standard_error=float(error),
        p_value=_shuffled(sides, of, estimate / error, permutations, draw),
        groups=int(of.sum()),
        before=int(sides[0, of].sum()),
        after=int(sides[1, of].sum()),
    )


def _ratio(sides, of):
    """Log ratio of ratios, its clustered error and degrees of freedom.

    sides: counts before and after, (2, groups); of: who belongs to the class, (..., groups). A
    group's influence is its share of its class's count after, less its share of that before.
    With few treated groups their part of the variance is itself uncertain, so the degrees of
    freedom are Welch's (1947).
    """
    classes = np.stack([np.asarray(of, float), 1 - np.asarray(of, float)])
    total = classes @ sides.T  # (class, ..., side)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(total[..., 1] / total[..., 0])
        share = sides.T / total[..., None, :]  # (class, ..., groups, side)
        influence = np.where(classes > 0, (share[..., 1] - share[..., 0]) ** 2, 0.0)
        size = classes.sum(axis=-1)
        part = influence.sum(axis=-1) * size / (size - 1)
        freedom = part.sum(axis=0) ** 2 / (part**2 / (size - 1)).sum(axis=0)
    return logs[0] - logs[1], np.sqrt(part.sum(axis=0)), freedom


def _shuffled(sides, of, seen, permutations, draw):
    """Share of shuffled classes, the real ones among them, that part as far."""
    if not permutations:
        return float("nan")
    shuffled = draw.permuted(np.tile(of, (permutations, 1)), axis=1)
    estimate, error, _ = _ratio(sides, shuffled)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.abs(estimate / error)
    # Where a class has no event on one side, the parting is as wide as can be.
    as_far = ~np.isfinite(z) | (z >= abs(seen) * (1 - 1e-12))
    return float((1 + as_far.sum()) / (1 + permutations))


def _halves(counts, after, kind):
    """The time before the start in two halves, (2, groups), and who is treated; none tied."""
    early = counts[kind != 2][:, ~after]
    early = early[:, early.shape[1] % 2 :]
    return early.reshape(len(early), 2, -1).sum(axis=2).T, kind[kind != 2] == 1


def _trend(counts, after, kind, permutations, draw):
    """Permutation p-value of the treated's first half before the start against the second."""
    sides, of = _halves(counts, after, kind)
    estimate, error, _ = _ratio(sides, of)
    if not (np.isfinite(estimate) and error > 0):
        return float("nan")
    return _shuffled(sides, of, estimate / error, permutations, draw)


def _detectable(counts, after, kind, level):
    """From the two halves of the time before, their error scaled to the lengths compared."""
    _, error, _ = _ratio(*_halves(counts, after, kind))
    before, later = (~after).sum(), after.sum()
    scale = (1 / before + 1 / later) * (before // 2) / 2
    ratio = chance.detectable_ratio(float(error * np.sqrt(scale)), level)
    return ratio if np.isfinite(ratio) else float("nan")


def _events(table, after, kind, level):
    """Every quarter against the last before the start, for each class there is."""
    counts, last = table.to_numpy(), int((~after).sum()) - 1
    rows = []
    for which, name in ((1, "treated"), (2, "tied")):
        part = (kind == 0) | (kind == which)
        if not (kind == which).any():
            continue
        for nth, when in enumerate(table.columns):
            sides = np.stack([counts[part][:, last], counts[part][:, nth]])
            limits = _limits(sides, kind[part] == which, level)
            rows.append((name, when, nth - last - 1, *limits))
    columns = ["class", "quarter", "from_start", "rate_ratio", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _limits(sides, of, level):
    """Rate ratio with its limits; NaN where a count of 0 leaves none."""
    from scipy.stats import t

    estimate, error, freedom = _ratio(sides, of)
    if not (np.isfinite(estimate) and np.isfinite(error)):
        return (np.nan,) * 3
    wide = float(t.ppf((1 + level) / 2, freedom)) * error if error else 0.0
    return tuple(float(limit) for limit in np.exp([estimate, estimate - wide, estimate + wide]))


def _table(panel, group, quarter, outcome):
    missing = [name for name in (group, quarter, outcome) if name not in panel.columns]
    if missing:
        raise ValueError(f"panel has no column {', '.join(map(repr, missing))}.")
    if panel.duplicated([group, quarter]).any():
        raise ValueError("A group and quarter stands in more than one row; add them up first.")
    table = panel.pivot(index=group, columns=quarter, values=outcome).sort_index(axis=1)
    if table.isna().to_numpy().any():
        raise ValueError(
            f"{int(table.isna().to_numpy().sum())} group-quarters are missing. Give zeros where "
            "there was no event; a group that did not exist yet cannot be compared."
        )
    inputs.counts(table.to_numpy(float).ravel(), outcome)
    return table.astype(float)


def _classes(groups, treated, tied, dropped):
    """0 comparison, 1 treated, 2 tied; shape (groups,)."""
    treated, tied = set(treated), set(tied)
    unknown = sorted(map(str, (treated | tied) - set(groups) - set(dropped)))
    if unknown or treated & tied:
        told = f"no such group: {', '.join(unknown)}" if unknown else "a group is both"
        raise ValueError(f"treated and tied: {told}.")
    return np.array([1 if one in treated else 2 if one in tied else 0 for one in groups])


def _refuse_short(after, kind):
    before = int((~after).sum())
    if before < 8 or not after.any():
        raise ValueError(
            f"{before} quarters before the start and {int(after.sum())} from it on; at least 8 and "
            "1 are needed, or a bad quarter before will look like success."
        )
    if (kind == 2).sum() == 1:
        raise ValueError("One tied group alone has no spread; leave it out or add others.")
    if kind.size < _LEAST_GROUPS or (kind == 1).sum() < 2 or (kind == 0).sum() < 5:
        raise ValueError(
            f"{(kind == 1).sum()} treated and {(kind == 0).sum()} comparison groups with events, "
            f"{kind.size} in all: at least 2, 5 and {_LEAST_GROUPS} are needed to cluster by group."
        )
