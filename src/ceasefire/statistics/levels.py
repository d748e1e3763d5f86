"""Levels: do counts keep one level, over the days of the week and from month to month?"""

from dataclasses import dataclass
from math import comb, factorial, prod

import numpy as np

from ceasefire.statistics import inputs

# Twice the log-likelihood ratio x of the best split over the true one has the chance
# (1 - exp(-x / 2))² to be smaller: half of the x at 95%.
_FAR_BELOW = -np.log(1 - np.sqrt(0.95))
_MOST_EXACT = 40  # events: 37,338 ways to part them, a fraction of a second


@dataclass(frozen=True)
class Even:
    """`g`: twice the log-likelihood ratio against equal chances. `p_value`: the chance of a G as
    large among `events` that fall evenly over `cells`."""

    g: float
    p_value: float
    events: int
    cells: int
    method: str


@dataclass(frozen=True)
class Shift:
    """Where a series changed most: the first period of the new level is `start`, or, at 95%, one
    from `earliest` to `latest`. `before`, `since`: events per unit of exposure; `ratio` of the
    two. `p_value`: the share of shuffles whose own greatest change is as great, never 0."""

    start: int
    earliest: int
    latest: int
    before: float
    since: float
    ratio: float
    p_value: float
    permutations: int
    seed: int
    method: str = "greatest Poisson likelihood ratio over all splits; periods shuffled"


def evenness(counts):
    """Whether events fall evenly over cells of equal length, such as the seven weekdays.

    `counts` holds every cell, empty ones too. G = 2 Σ O ln(O / E). Up to 40 events the chance is
    summed over every way in which they could fall; above, it is that of a chi-squared with one
    degree of freedom less than cells. Returns `Even`; raises ValueError for one cell or fractions.
    """
    from scipy.stats import chi2

    held = inputs.counts(counts)
    if held.size < 2:
        raise ValueError("counts: give at least two cells.")
    events = inputs.whole(held.sum(), "counts")
    for count in held:
        inputs.whole(count, "counts")
    g = _g(held, events)
    if events > _MOST_EXACT:
        chance = float(chi2.sf(g, held.size - 1))
        return Even(g, chance, events, held.size, "chi-squared of G")
    # A way whose G is the one seen but for the last binary digit counts as extreme.
    chance = sum(
        _ways(parts, held.size) for parts in _partitions(events, held.size)
        if _g(np.array(parts, float), events, held.size) >= g - 1e-9
    ) / held.size**events  # fmt: skip
    return Even(g, min(1.0, chance), events, held.size, "exact, over every way to fall")


def shift(counts, *, exposure=None, least=3, permutations=999, seed=0):
    """The one place where the level of a series changed most, and whether chance does as much.

    `counts` per period in order; `exposure` their lengths in one unit (days), equal when left
    out; `least` periods stand on either side of a split. p answers for the looking: each shuffle
    of the periods is searched in the same way, so that counts more spread than Poisson's do no
    harm. Periods that resemble their neighbours do: a slow rise, or a season, is a change of
    level too, and the two levels are then only its ends. No interval is given for the ratio:
    it was looked for. When the change came stands within the splits whose likelihood, for counts
    as spread as these are about the two levels, is not far below the best (Siegmund 1988); it
    means little where p is large. Returns `Shift`; raises ValueError for too few periods or no
    event.
    """
    held = inputs.counts(counts)
    length = np.ones(held.size) if exposure is None else inputs.counts(exposure, "exposure")
    inputs.same_length(counts=held, exposure=length)
    _refuse_short(held, length, least)
    splits = np.arange(least, held.size - least + 1)
    seen = _gains(held[None], length[None], splits)[0]
    chance = np.random.default_rng(seed)
    order = chance.permuted(np.tile(np.arange(held.size), (permutations, 1)), axis=1)
    greatest = _gains(held[order], length[order], splits).max(axis=1, initial=-np.inf)
    start = int(splits[seen.argmax()])
    before = held[:start].sum() / length[:start].sum()
    since = held[start:].sum() / length[start:].sum()
    level = np.where(np.arange(held.size) < start, before, since) * length
    close = splits[seen >= seen.max() - _FAR_BELOW * _dispersion(held, level)]
    return Shift(
        start=start,
        earliest=int(close.min()),
        latest=int(close.max()),
        before=float(before),
        since=float(since),
        ratio=float(since / before) if before else float("inf"),
        p_value=float((1 + (greatest >= seen.max() - 1e-9).sum()) / (1 + permutations)),
        permutations=permutations,
        seed=seed,
    )


def _g(held, events, cells=None):
    some = held[held > 0]
    return float(2 * (some * np.log(some * (cells or held.size) / events)).sum())


def _partitions(total, cells, most=None):
    """Every way to write total as at most `cells` whole numbers, largest first."""
    if total == 0:
        yield ()
        return
    if cells == 0:
        return
    for first in range(min(total, most or total), 0, -1):
        for rest in _partitions(total - first, cells - 1, first):
            yield (first, *rest)


def _ways(parts, cells):
    """In how many ways labelled events fall so that the cells hold these, in whatever order."""
    events = factorial(sum(parts)) // prod(factorial(part) for part in parts)
    alike = prod(factorial(parts.count(part)) for part in set(parts))
    return events * comb(cells, len(parts)) * factorial(len(parts)) // alike


def _gains(held, length, splits):
    """Log-likelihood that two levels have over one: (series, splits)."""
    first, all_held = held.cumsum(axis=1)[:, splits - 1], held.sum(axis=1, keepdims=True)
    on, all_on = length.cumsum(axis=1)[:, splits - 1], length.sum(axis=1, keepdims=True)
    return _fitted(first, on) + _fitted(all_held - first, all_on - on) - _fitted(all_held, all_on)


def _dispersion(held, level):
    """Variance over mean about the two levels, at least 1."""
    of = level > 0
    return max(1.0, ((held[of] - level[of]) ** 2 / level[of]).sum() / (held.size - 2))


def _fitted(events, length):
    """Log-likelihood of a count at its own rate, less what no level changes."""
    return events * np.log(np.where(events > 0, events / length, 1.0))


def _refuse_short(held, length, least):
    if least < 1 or held.size < 2 * least:
        raise ValueError(
            f"counts: {held.size} periods do not hold {least} on either side of a change."
        )
    if not held.any():
        raise ValueError("counts: no event in any period, so there is no level.")
    if (length <= 0).any():
        raise ValueError(f"exposure: must be above 0; see position {np.argmin(length)}.")
