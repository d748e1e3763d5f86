"""Retaliation: does a group that was hit strike sooner afterwards than its own dates allow for?

An incident i in which a group had a victim is answered by a later incident j in which the same
group had a suspect, within so many days: 0 < t_j - t_i <= window. Pairs are counted at every
window of a curve, never at one alone.

What is expected: within each group, dates are shuffled over its incidents. When the group was in
the news and how often it was hit and struck stay as they were; only the order of being hit and of
striking is left to chance. For a group with n incidents, v with its victims, s with its suspects,
b with both, and m ordered pairs of dates inside the window, m (v s - b) / (n (n - 1)) pairs are
expected, exactly. The shuffles give p alone.

It says that answers come sooner than chance, over all groups together. It does not say that any
one incident was an answer to another. Answers draw dates together, and the shuffled dates are as
close together as the true ones: so the excess is less than the answers there were, and the ratio
a cautious one.
"""

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.near_repeat import shuffle
from ceasefire.statistics.ties import numbered, plain

WINDOWS = (3, 7, 14, 30, 90)
VICTIM, SUSPECT = "victim", "suspect"
ANYONE, ATTACKERS = "anyone", "attackers"
# Shuffles counted side by side: each pair of incidents is read once for all of them.
_LANES = 64
_MOST_PAIRS = 100_000_000


@dataclass(frozen=True, eq=False)
class LagCurve:
    """Pairs of an incident and its answer, at each window of days.

    The arrays have one value per window of `within_days`, each window holding the shorter ones.
    `p_value` is one-sided, Monte Carlo, never 0; `p_curve` is that of the whole curve: how often
    chance lifts some window so far above what is expected. `simulated_mean` is NaN without
    shuffles, and so is p. `same_time` pairs share a date, so that none is the answer; they are
    not counted. `groups`: how many groups (pairs of groups, toward attackers) were both hit and
    striking, and so could tell anything.
    """

    within_days: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    p_value: np.ndarray
    p_curve: float
    simulated_mean: np.ndarray
    simulated_sd: np.ndarray
    same_time: int
    groups: int
    incidents: int
    toward: str
    permutations: int
    seed: int
    method: str = field(
        default="dates shuffled within group; expectation exact, p = (1 + as many or more) / "
        "(1 + shuffles)"
    )

    @property
    def ratio(self):
        """Observed over expected; NaN where nothing is expected."""
        return _over(self.observed, self.expected)

    @property
    def excess(self):
        """Pairs more than expected; below 0 where there are fewer."""
        return self.observed - self.expected

    @property
    def ratio_between(self):
        """The ratio of the days that each window adds to the one before."""
        return _over(np.diff(self.observed, prepend=0), np.diff(self.expected, prepend=0))

    @property
    def simulation_error(self):
        """The simulated mean less the exact one, in Monte Carlo standard errors: a check of the
        run on itself, beyond 3 about once in 370."""
        error = self.simulated_sd / np.sqrt(max(self.permutations, 1))
        return _over(self.simulated_mean - self.expected, error)


def lag_curve(
    incident,
    group,
    role,
    t,
    *,
    within_days=WINDOWS,
    toward=ANYONE,
    permutations=999,
    seed=0,
):
    """Count answers to incidents by group and lag, against dates shuffled within group.

    Parameters, one row per group in an incident and role: `incident` and `group`, labels; `role`,
    ``"victim"`` or ``"suspect"``; `t`, the incident's time in days, the same in all its rows.
    `within_days`: windows in days, increasing, each included. `toward="anyone"`: the answer may
    hit whomever; ``"attackers"``: it must hit a group that struck before, dates are shuffled
    within the two groups' incidents with each other, and their incidents with third groups are
    left out. An incident that several groups answer counts once for each of them.

    Returns `LagCurve`. The order of rows changes nothing, and shuffle 7 is the same however many
    there are. Raises ValueError for a missing label or time, another role, one incident at two
    times, or windows out of order.
    """
    windows = _windows(within_days)
    permutations = inputs.whole(permutations, "permutations")
    when, roles = _read(incident, group, role, t)
    if toward not in (ANYONE, ATTACKERS):
        raise ValueError(f'toward: give "{ANYONE}" or "{ATTACKERS}"; got {toward!r}.')
    rows = _by_group(roles) if toward == ANYONE else _by_pair(roles)
    events = _Events(rows, when, windows, both_ways=toward == ATTACKERS)
    observed = events.counts(events.hit[:, None], events.struck[:, None])[0]
    expected, telling = events.expected()
    simulated = events.simulated(shuffle.keys(seed, permutations))
    p_value, p_curve, mean, sd = _judged(observed, expected, simulated)
    return LagCurve(
        within_days=windows,
        observed=observed,
        expected=expected,
        p_value=p_value,
        p_curve=p_curve,
        simulated_mean=mean,
        simulated_sd=sd,
        same_time=events.same_time(),
        groups=telling,
        incidents=len(when),
        toward=toward,
        permutations=permutations,
        seed=seed,
    )


def _windows(within_days):
    found = inputs.vector(within_days, "within_days")
    if not found.size or found[0] <= 0 or (np.diff(found) <= 0).any():
        raise ValueError(
            f"within_days: give windows above 0 in increasing order, for example 3, 7, 14; got "
            f"{within_days!r}."
        )
    return found


def _read(incident, group, role, t):
    """Time per incident, and per incident its victims' and its suspects' groups (two sets)."""
    incident, group, role = plain(incident), plain(group), plain(role)
    t = inputs.vector(t, "t")
    inputs.same_length(incident=incident, group=group, role=role, t=t)
    numbered(incident), numbered(group)  # refuses missing labels
    when, roles = {}, {}
    for one, name, part, day in zip(incident, group, role, t.tolist(), strict=True):
        if part not in (VICTIM, SUSPECT):
            raise ValueError(f'role: a group is "{VICTIM}" or "{SUSPECT}"; got {part!r}.')
        if when.setdefault(one, day) != day:
            raise ValueError(f"t: incident {one!r} is at two times, {when[one]:g} and {day:g}.")
        roles.setdefault(one, (set(), set()))[part == SUSPECT].add(name)
    return when, roles


def _by_group(roles):
    """Rows (stratum, incident, hit, struck): each group in an incident, by its part in it."""
    return [
        (repr(name), one, name in victims, name in suspects)
        for one, (victims, suspects) in roles.items()
        for name in victims | suspects
    ]


def _by_pair(roles):
    """Rows for each two groups in an incident: the first was hit by the second, struck it."""
    rows = []
    for one, (victims, suspects) in roles.items():
        for name, other in combinations(sorted(victims | suspects, key=repr), 2):
            hit = name in victims and other in suspects
            struck = name in suspects and other in victims
            if hit or struck:
                rows.append((repr((name, other)), one, hit, struck))
    return rows


class _Events:
    """Incidents by stratum (a group, or two groups), and the pairs of them inside the windows.

    Sorted by what they say, so that the order they came in cannot matter. Where the strata are
    two groups an answer may go `both_ways`.
    """

    def __init__(self, rows, when, windows, both_ways):
        rows = sorted((stratum, when[one], hit, struck) for stratum, one, hit, struck in rows)
        names, t, hit, struck = zip(*rows, strict=True) if rows else ([], [], [], [])
        position = numbered(names)
        self.stratum = np.fromiter((position[name] for name in names), np.intp, len(names))
        self.t = np.array(t, dtype=float)
        self.hit, self.struck = np.array(hit, dtype=np.int32), np.array(struck, dtype=np.int32)
        self.both_ways = both_ways
        self.windows = windows.size
        self.earlier, self.later, self.band, self.at_once = self._pairs(windows)
        self.near = [self._matrix(band) for band in range(windows.size)]

    def counts(self, hit, struck):
        """Answers inside each window: (shuffles, windows), from parts (incidents, shuffles)."""
        found = []
        for near in self.near:
            count = (hit * (near @ struck)).sum(axis=0, dtype=np.int64)
            if self.both_ways:
                count += (struck * (near @ hit)).sum(axis=0, dtype=np.int64)
            found.append(count)
        return np.cumsum(found, axis=0).T

    def expected(self):
        """Exact expectation per window, and how many strata can tell anything."""
        strata = self.stratum.max(initial=-1) + 1
        size = np.bincount(self.stratum, minlength=strata)
        hits, strikes, both = (
            np.bincount(self.stratum, part, minlength=strata)
            for part in (self.hit, self.struck, self.hit * self.struck)
        )
        ordered = hits * strikes - both
        chance = ordered / np.maximum(size * (size - 1), 1) * (1 + self.both_ways)
        each = np.bincount(self.band, chance[self.stratum[self.earlier]], minlength=self.windows)
        return np.cumsum(each), int((ordered > 0).sum())

    def simulated(self, keys):
        """Answers after each shuffle: (shuffles, windows)."""
        found = [np.empty((0, self.windows), np.int64)]
        for first in range(0, keys.size, _LANES):
            orders = [self._shuffled(key) for key in keys[first : first + _LANES]]
            order = np.column_stack(orders)
            found.append(self.counts(self.hit[order], self.struck[order]))
        return np.concatenate(found)

    def same_time(self):
        """Pairs that would be answers, were they not at one time."""
        a, b = self.at_once
        return int((self.hit[a] & self.struck[b]).sum() + (self.hit[b] & self.struck[a]).sum())

    def _shuffled(self, key):
        """An order in which incidents keep their stratum but not their date."""
        return np.argsort(self.stratum + np.random.default_rng(key).random(self.stratum.size))

    def _pairs(self, windows):
        """Earlier, later and window of every two incidents inside the longest; those at once."""
        cuts = np.flatnonzero(np.diff(self.stratum)) + 1
        starts, stops = np.r_[0, cuts], np.r_[cuts, self.t.size]
        last = np.concatenate(
            [
                start + np.searchsorted(self.t[start:stop], self.t[start:stop] + windows[-1] + 1e-6)
                for start, stop in zip(starts, stops, strict=True)
            ]
        )
        after = last - np.arange(self.t.size) - 1
        if after.sum() > _MOST_PAIRS:
            raise ValueError(
                f"{after.sum():,} pairs of incidents of one group lie within {windows[-1]:g} days; "
                "shorten the windows, or ask of fewer years at a time."
            )
        earlier = np.repeat(np.arange(self.t.size), after)
        begin = np.cumsum(after) - after
        later = earlier + 1 + np.arange(earlier.size) - np.repeat(begin, after)
        gap = self.t[later] - self.t[earlier]
        apart = (gap > 0) & (gap <= windows[-1])
        band = np.searchsorted(windows, gap[apart])
        at_once = earlier[gap == 0], later[gap == 0]
        return earlier[apart], later[apart], band, at_once

    def _matrix(self, band):
        """Sparse array (earlier, later) of ones for the pairs that one window adds."""
        from scipy.sparse import csr_array

        here = self.band == band
        ends = self.earlier[here], self.later[here]
        return csr_array((np.ones(ends[0].size, np.int32), ends), shape=(self.t.size, self.t.size))


def _judged(observed, expected, simulated):
    """p per window, p of the curve, mean and standard deviation of the shuffles."""
    shuffles = len(simulated)
    if not shuffles:
        nothing = np.full(observed.shape, np.nan)
        return nothing, float("nan"), nothing, nothing
    p_value = (1 + (simulated >= observed).sum(axis=0)) / (1 + shuffles)
    spread = simulated.std(axis=0)
    scale = np.where(spread > 0, spread, 1)
    here = ((observed - expected) / scale).max()
    # Rounding must not make a shuffle that equals what was seen look smaller.
    there = ((simulated - expected) / scale).max(axis=1) >= here - 1e-9
    return p_value, float((1 + there.sum()) / (1 + shuffles)), simulated.mean(axis=0), spread


def _over(numerator, denominator):
    found = np.full(np.shape(numerator), np.nan)
    return np.divide(numerator, denominator, out=found, where=np.asarray(denominator) > 0)
