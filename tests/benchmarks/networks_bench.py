"""How long networks, reach, retaliation and small cells take, beside a named peer in the same run.

Rows as in `statistics_bench`; each checks that both sides found the same, or that ours is proven
and no worse.
"""

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from ceasefire.statistics import disclosure, networks, reach, retaliation, ties
from ceasefire.statistics.disclosure import lines
from tests.benchmarks import feuds
from tests.benchmarks.networks import co_arrests, incidents
from tests.benchmarks.statistics_bench import row, sizes

SHUFFLES = 999


def fewest(n=10_000):
    """The fewest who reach a network of co-arrests, against the published algorithm."""
    return [_fewest(size) for size in sizes(n)]


def fewest_beside_solver(n=100_000):
    """The same, against the solver on the whole network at once, which proves it as well."""
    return [_fewest_beside_solver(size) for size in sizes(n)]


def most(n=1_800):
    """The most for an invitation to one in twenty, over groups of thirty, against the solver."""
    return [_most(size) for size in sizes(n)]


def exposure(n=100_000):
    """People shot one and two ties away, against sets in plain Python."""
    return [_exposure(size) for size in sizes(n)]


def lag_curve(n=20_000):
    """Retaliation over five windows and 999 shuffles, against plain numpy over the same pairs."""
    return [_lag_curve(size) for size in sizes(n)]


def small_cells(n=400):
    """A table of n cells suppressed and proven, against the proof alone on the whole table."""
    return [_small_cells(size) for size in sizes(n)]


def reach_by_degree(edges, people):
    """The published algorithm (Wheeler and others 2019) in plain Python, from its description.

    Take the person with most ties left; of equals, the one who reaches most people not yet
    reached; take them out of the network; stop when everyone is reached. Who adds nobody by then
    is not listed.
    """
    near = {one: set() for one in people}
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    left = {one: set(tied) for one, tied in near.items()}
    reached, chosen = set(), []
    while len(reached) < len(near):
        most = max(map(len, left.values()))
        equals = [one for one, tied in left.items() if len(tied) == most]
        best = max(equals, key=lambda one: len((near[one] | {one}) - reached))
        if not near[best] | {best} <= reached:
            chosen.append(best)
            reached |= near[best] | {best}
        for tied in left.pop(best):
            left[tied].discard(best)
    return chosen


def _fewest(n):
    edges, people = co_arrests(n), range(n)
    listed = edges.tolist()

    def ours():
        return reach.fewest(edges, people=people)

    def peer():
        return reach_by_degree(listed, people)

    def same(found, chosen):
        everyone = reach.observed(edges, found.people, people=people).reached == n
        return found.proven and everyone and len(found.people) <= len(chosen)

    return row("Fewest who reach all", ours, "published algorithm, plain Python", peer, n, same)


def _fewest_beside_solver(n):
    edges, people = co_arrests(n), range(n)

    def ours():
        return reach.fewest(edges, people=people)

    def peer():
        near = _closed(ties.of(edges, people))
        every = np.ones(n)
        reached = LinearConstraint(near, lb=1)
        options = {"mip_rel_gap": 0}
        return milp(
            every, integrality=every, bounds=Bounds(0, 1), constraints=reached, options=options
        )

    def same(found, solved):
        return found.proven and len(found.people) == round(solved.fun)

    return row("Fewest, proven", ours, "scipy milp on the whole", peer, n, same)


def _most(n):
    chance = np.random.default_rng(1)
    group = np.repeat(np.arange(n // 30), 48)
    edges = chance.integers(0, 30, (group.size, 2)) + 30 * group[:, None]
    people, k = range(n // 30 * 30), n // 20

    def ours():
        return reach.most(edges, k, people=people)

    def peer():
        near = _closed(ties.of(edges, people))
        size = near.shape[0]
        once = sparse.csr_array(np.repeat([[1, 0]], size, axis=1).reshape(1, -1))
        rules = sparse.vstack([once, sparse.hstack([-near, sparse.eye_array(size)])]).tocsr()
        return milp(
            -np.repeat([0, 1], size),
            integrality=np.repeat([1, 0], size),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rules, ub=np.repeat([k, 0], [1, size])),
            options={"mip_rel_gap": 0},
        )

    def same(found, solved):
        return found.proven and found.reached == round(-solved.fun)

    return row("Most for one in twenty", ours, "scipy milp on the whole", peer, n, same)


def _exposure(n):
    network = networks.co_involvement(*incidents(n), people=range(n)).ties
    shot = np.flatnonzero(np.random.default_rng(0).random(n) < 0.03)

    def ours():
        return networks.exposure(network, shot)

    def peer():
        cuts, met = network.near.indptr.tolist(), network.near.indices.tolist()
        near = [set(met[start:stop]) for start, stop in pairwise(cuts)]
        hit = set(shot.tolist())
        found = []
        for one in range(n):
            two = set().union(*(near[other] for other in near[one])) - near[one] - {one}
            found.append((len(near[one] & hit), len(two & hit)))
        return found

    def same(found, counts):
        return (found.shot == counts).all()

    return row("Exposure at one and two ties", ours, "Python sets", peer, n, same)


def _lag_curve(n):
    columns = feuds.incidents(n, groups=60, days=3_650, answered=0.1)
    group, role, day = (np.array(column) for column in columns[1:])

    def ours():
        return retaliation.lag_curve(*columns, permutations=SHUFFLES)

    def peer():
        """Pairs of one group's incidents once, then two look-ups per shuffle."""
        windows = np.array(retaliation.WINDOWS)
        order = np.lexsort((day, group))
        name, when, hit = group[order], day[order], role[order] == "victim"
        first, last = [], []
        for one in np.unique(name):
            at = np.flatnonzero(name == one)
            stop = np.searchsorted(when[at], when[at] + windows[-1], side="right")
            for nth, end in enumerate(stop):
                later = at[nth + 1 : end]
                first.append(np.full(later.size, at[nth]))
                last.append(later)
        first, last = np.concatenate(first), np.concatenate(last)
        gap = when[last] - when[first]
        first, last, gap = first[gap > 0], last[gap > 0], gap[gap > 0]
        band = np.searchsorted(windows, gap)
        starts = np.unique(name, return_index=True)[1]
        chance, found = np.random.default_rng(0), []
        for shuffle in range(SHUFFLES // 9 + 1):
            part = hit
            if shuffle:
                part = np.concatenate(
                    [chance.permutation(one) for one in np.split(hit, starts[1:])]
                )
            answered = part[first] & ~part[last]
            found.append(np.cumsum(np.bincount(band[answered], minlength=windows.size)))
        return found

    def same(found, counts):
        return found.observed.tolist() == counts[0].tolist()

    other = "plain numpy, 111 shuffles times 9"
    return row("Retaliation, 999 shuffles", ours, other, peer, n, same, 9)


def _small_cells(n):
    chance = np.random.default_rng(0)
    inner = chance.poisson(20 * chance.gamma(0.7, 1, (n // 5, 5)))
    table = pd.DataFrame(inner)
    table["Total"] = table.sum(axis=1)
    table.loc["Total"] = table.sum()
    published = disclosure.suppress(table)

    def ours():
        return disclosure.suppress(table)

    def peer():
        shown = published.to_numpy().ravel()
        rules = lines.equations(published.shape, *published.attrs["totals"])
        # Nought is shown, so that what is left out is 1 or more.
        bounds = np.column_stack(
            [np.where(np.isnan(shown), 1, shown), np.where(np.isnan(shown), np.inf, shown)]
        )
        widths = np.zeros(shown.size)
        for cell in np.flatnonzero(np.isnan(shown)):
            aim = np.zeros(shown.size)
            aim[cell] = 1
            ends = [
                linprog(sign * aim, A_eq=rules, b_eq=np.zeros(rules.shape[0]), bounds=bounds)
                for sign in (1, -1)
            ]
            widths[cell] = np.inf if ends[1].status == 3 else -ends[1].fun - ends[0].fun
        return widths

    def same(found, widths):
        small = ((table >= 1) & (table <= 10)).to_numpy().ravel()
        return found.attrs["width"] == np.round(widths[small].min())

    return row("Small cells, with the proof", ours, "linprog, the proof alone", peer, n, same)


def _closed(network):
    """Everyone reaches themselves and those tied to them."""
    return (network.near + sparse.eye_array(len(network.people))).tocsr()
