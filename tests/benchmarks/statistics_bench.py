"""How long the statistics take, beside a named peer or floor in the same run.

Every function takes the largest number of events (or cells) and returns one row per size:
name, ours_s, other, other_s, ratio (other_s / ours_s), n, peak_mb (the process's resident
memory above what it held before our call; NaN where the system does not say). Each also
checks that both sides found the same, so that nothing is fast by being wrong.
"""

import time
from pathlib import Path

import numpy as np
from scipy import ndimage, sparse, stats
from scipy.spatial import cKDTree

from ceasefire.statistics import hot_spots
from ceasefire.statistics import near_repeat as nr

SHUFFLES = 999
SPACE, TIME = [0, 400], [0, 15]


def near_repeat(n=20_000):
    """The Knox table, one cell and 999 shuffles, against plain numpy over the same pairs."""
    return [_near_repeat(size) for size in sizes(n)]


def near_repeat_table(n=20_000):
    """A whole table, four rings by five spans of days, against the same plain numpy."""
    return [_near_repeat_table(size) for size in sizes(n)]


def near_repeat_without_shuffles(n=20_000):
    """The ratio with its exact-variance p alone, against 99 plain shuffles."""
    return [_near_repeat_without_shuffles(size) for size in sizes(n)]


def chains(n=20_000):
    """Chains within 244 m and 14 days, against scipy's components of the same links."""
    return [_chains(size) for size in sizes(n)]


def local(n=20_000):
    """Local Knox, exact, against 99 plain shuffles that estimate it."""
    return [_local(size) for size in sizes(n)]


def kde(n=10_000):
    """Density on a grid of 200 by 200, against scipy's gaussian_kde."""
    return [_kde(size) for size in sizes(n)]


def getis_ord_star(n=160_000):
    """Gi* on a square grid of n cells, against scipy's uniform filter and the same formula."""
    return [_getis_ord_star(size) for size in sizes(n)]


def city(n, seed=1, years=5):
    """n events of a clustered city: x, y in metres, whole days."""
    chance = np.random.default_rng(seed)
    weight = chance.dirichlet(np.full(60, 0.6))
    centre = chance.uniform(0, 12_000, (60, 2))[chance.choice(60, n, p=weight)]
    spread = centre + chance.normal(0, 600, (n, 2))
    anywhere = chance.uniform(0, 12_000, (n, 2))
    place = np.where(chance.random((n, 1)) < 0.8, spread, anywhere)
    return place[:, 0] + 350_000, place[:, 1] + 570_000, chance.integers(0, 365 * years, n) * 1.0


def _near_repeat(n):
    x, y, t = city(n)

    def ours():
        return nr.knox(x, y, t, space_edges=SPACE, time_edges=TIME, permutations=SHUFFLES)

    def peer():
        return _plain_knox(x, y, t, SPACE, TIME, SHUFFLES)

    return row("Knox, 999 shuffles", ours, "numpy and cKDTree", peer, n, _same_table)


def _near_repeat_table(n):
    x, y, t = city(n)
    space, days = [0, 100, 200, 300, 400], [0, 5, 8, 15, 22, 29]

    def ours():
        return nr.knox(x, y, t, space_edges=space, time_edges=days, permutations=SHUFFLES)

    def peer():
        return _plain_knox(x, y, t, space, days, SHUFFLES // 9)

    name = "Knox table 4 by 5, 999 shuffles"
    return row(name, ours, "numpy and cKDTree, 111 shuffles times 9", peer, n, _same_table, 9)


def _near_repeat_without_shuffles(n):
    x, y, t = city(n)

    def ours():
        return nr.knox(x, y, t, space_edges=SPACE, time_edges=TIME, permutations=0)

    def peer():
        return _plain_knox(x, y, t, SPACE, TIME, 99)

    name = "Knox, exact variance"
    return row(name, ours, "numpy and cKDTree, 99 shuffles", peer, n, _same_table)


def _chains(n):
    x, y, t = city(n)

    def peer():
        close = cKDTree(np.column_stack([x, y])).query_pairs(244, output_type="ndarray")
        i, j = close[np.abs(t[close[:, 0]] - t[close[:, 1]]) <= 14].T
        graph = sparse.coo_array((np.ones(i.size), (i, j)), shape=(n, n))
        return np.bincount(sparse.csgraph.connected_components(graph, directed=False)[1])

    def ours():
        return nr.chains(x, y, t, within_m=244, within_days=14)

    def same(found, sizes):
        return sorted(found.size) == sorted(sizes[sizes > 1])

    return row("Chains", ours, "scipy components alone", peer, n, same)


def _local(n):
    x, y, t = city(n)

    def peer():
        close = cKDTree(np.column_stack([x, y])).query_pairs(400, output_type="ndarray")
        chance, found = np.random.default_rng(0), []
        for shuffle in range(100):
            days = chance.permutation(t) if shuffle else t
            near = close[np.abs(days[close[:, 0]] - days[close[:, 1]]) <= 14]
            found.append(np.bincount(near.ravel(), minlength=n))
        return found

    def ours():
        return nr.local(x, y, t, within_m=400, within_days=14)

    def same(found, counts):
        return (found.neighbours == counts[0]).all()

    return row("Local Knox, exact", ours, "numpy, 99 shuffles", peer, n, same)


def _kde(n):
    x, y, _ = city(n)
    x_grid, y_grid = (np.linspace(axis.min(), axis.max(), 200) for axis in (x, y))

    def ours():
        return hot_spots.kde(x, y, bandwidth=400, x_grid=x_grid, y_grid=y_grid)

    def peer():
        # scipy scales its kernel by the data's covariance; in units of 400 m along whitened
        # axes the same isotropic kernel comes out.
        kernel = stats.gaussian_kde(np.vstack([x, y]), bw_method=1.0)
        kernel.covariance = np.eye(2) * 400.0**2
        kernel.cho_cov = np.eye(2) * 400.0
        kernel.log_det = 2 * np.log(2 * np.pi * 400.0**2)
        places = np.vstack([grid.ravel() for grid in np.meshgrid(x_grid, y_grid)])
        return kernel(places).reshape(200, 200)

    def same(density, other):
        return np.abs(density - other).max() < 1e-12 * other.max()

    return row("Density on 200 by 200", ours, "scipy gaussian_kde", peer, n, same)


def _getis_ord_star(n):
    side = int(np.sqrt(n))
    values = np.random.default_rng(0).poisson(1, (side, side)).astype(float)

    def peer():
        near = ndimage.uniform_filter(values, 3, mode="constant") * 9
        weight = np.rint(ndimage.uniform_filter(np.ones_like(values), 3, mode="constant") * 9)
        return hot_spots.gi_star(near, weight, values.ravel())

    def ours():
        return hot_spots.getis_ord_star(values)

    return row("Gi* on a grid", ours, "scipy uniform_filter", peer, side * side, np.allclose)


def _plain_knox(x, y, t, space, days, shuffles):
    """What a careful analyst writes: pairs once, then one histogram per shuffle."""
    points = np.column_stack([x, y])
    i, j = cKDTree(points).query_pairs(space[-1], output_type="ndarray").T
    ring = np.digitize(np.hypot(*(points[i] - points[j]).T), space) - 1
    chance, found = np.random.default_rng(0), []
    for shuffle in range(shuffles + 1):
        order = chance.permutation(t) if shuffle else t
        gap = np.abs(order[i] - order[j])
        close = gap < days[-1]
        span = np.digitize(gap[close], days) - 1
        cells = (len(space), len(days) - 1)
        index = np.ravel_multi_index((ring[close], span), cells)
        found.append(np.bincount(index, minlength=cells[0] * cells[1]).reshape(cells)[:-1])
    return np.array(found)


def _same_table(table, counts):
    return (table.observed == counts[0]).all()


def sizes(n):
    return n // 20, n // 4, n


def row(name, ours, other, peer, n, same, times=1):
    """Time both sides, ours at its best of three after a first call, and compare answers."""
    ours()
    found, peak = with_peak(ours)
    ours_s = min(_seconds(ours) for _ in range(3))
    start = time.perf_counter()
    theirs = peer()
    other_s = (time.perf_counter() - start) * times
    if not same(found, theirs):
        raise AssertionError(f"{name}, n = {n}: {other} found something else.")
    return {
        "name": name,
        "ours_s": ours_s,
        "other": other,
        "other_s": other_s,
        "ratio": other_s / ours_s,
        "n": n,
        "peak_mb": peak,
    }


def _seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def with_peak(call):
    """A call's result and how far resident memory rose at most, in MB."""
    before = low_mark()
    found = call()
    return found, high_mark() - before


def low_mark() -> float:
    """Forget the most that was held so far; what the process holds now, in MB (NaN untold)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _resident("VmRSS") / 1024
    except OSError:
        return float("nan")


def high_mark() -> float:
    """The most that the process held since `low_mark`, in MB (NaN where it is not told)."""
    try:
        return _resident("VmHWM") / 1024
    except OSError:
        return float("nan")


def _resident(field):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1])
