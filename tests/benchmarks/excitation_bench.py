"""Self-excitation: how long beside named peers, and whose likelihood is highest.

Rows as in `statistics_bench`. The row of 40 sets also holds `best`, on how many sets our
log-likelihood is the highest to 0.01, and the same of each peer.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ceasefire.statistics import self_excitation
from tests.benchmarks import peers, planted
from tests.benchmarks.statistics_bench import row, sizes, with_peak

TRUTH = {"background": 0.35, "branching": 0.4, "decay": 0.25}
PEERS = ["hawkes-rs==0.1.2", "intensify==0.3.3"]
SETS = 40


def excitation_in_time(n=100_000):
    """Three sizes, then 40 sets of about 1,000 events, against hawkes-rs and intensify."""
    lengths = [size * (1 - TRUTH["branching"]) / TRUTH["background"] for size in _tens(n)]
    big = [(planted.in_time(1, horizon=length, **TRUTH), length) for length in lengths]
    many = [_mixed(seed) for seed in range(SETS)]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for nth, (t, horizon) in enumerate([*big, *many]):
            paths.append(Path(folder) / f"{nth}.npy")
            np.save(paths[-1], np.append(t, horizon))
        told = peers.asked("hawkes_peer.py", PEERS, *paths)
    if told is None:
        return []
    rows = [
        _one(t, horizon, name, of[name])
        for (t, horizon), of in zip(big, told, strict=False)
        for name in of
        if "seconds" in of[name]
    ]
    return [*rows, *_forty(many, told[len(big) :])]


def excitation_in_space(n=20_000):
    """One bandwidth, against the same steps with every background pair listed."""
    return [_in_space(size) for size in sizes(n)]


def _tens(n):
    return n // 100, n // 10, n


def _mixed(seed):
    """Sets of other backgrounds, branchings and decays, some hard to tell from a steady rate."""
    chance = np.random.default_rng(seed)
    truth = {
        "background": chance.uniform(0.1, 1), "branching": chance.uniform(0.05, 0.9),
        "decay": np.exp(chance.uniform(np.log(0.02), np.log(5))),
    }  # fmt: skip
    horizon = 1_000 * (1 - truth["branching"]) / truth["background"]
    return planted.in_time(seed + 1, horizon=horizon, **truth), horizon


def _one(t, horizon, name, told):
    def ours():
        return self_excitation.fit(t, horizon=horizon)

    ours()
    found, peak = with_peak(ours)
    if found.log_likelihood < told["log_likelihood"] - 0.01:
        raise AssertionError(f"{name} stands {told['log_likelihood']}, we {found.log_likelihood}.")
    seconds = min(_seconds(ours) for _ in range(3))
    short = found.log_likelihood - told["log_likelihood"]
    other = f"{name}, {short:.2f} below in log-likelihood"
    return _timed("Self-excitation in time", seconds, other, told["seconds"], t.size, peak)


def _forty(sets, told):
    begun = time.perf_counter()
    found = [self_excitation.fit(t, horizon=horizon).log_likelihood for t, horizon in sets]
    taken = time.perf_counter() - begun
    heights = {"ours": found}
    for name in told[0]:
        heights[name] = [of[name].get("log_likelihood", -np.inf) for of in told]
    top = np.max(list(heights.values()), axis=0)
    best = {name: int((np.array(one) >= top - 0.01).sum()) for name, one in heights.items()}
    rows = []
    for name in told[0]:
        seconds = sum(of[name].get("seconds", np.nan) for of in told)
        label = f"highest on {best['ours']} of {len(sets)} sets"
        row = _timed(label, taken, f"{name}, on {best[name]}", seconds, len(sets), float("nan"))
        rows.append(row | {"best": best})
    return rows


def _in_space(n):
    truth = {"branching": 0.2, "decay": 0.2, "spread": 90, "horizon": 1_826.0}
    x, y, t = planted.in_space(3, parents=int(0.8 * n), **truth)

    def ours():
        return self_excitation.space_time(x, y, t, horizon=1_826.0, bandwidths=(250,))

    def peer():
        return _listed(x, y, t, 1_826.0, 250.0, ours().steps)

    def same(found, branching):
        return abs(found.branching - branching) < 0.01

    name = "Self-excitation in space"
    return row(name, ours, "scipy, background pairs listed", peer, t.size, same)


def _listed(x, y, t, horizon, bandwidth, steps):
    """What a careful analyst writes: the same EM, the background over every pair within 4 h."""
    order = np.argsort(t)
    points, t = np.column_stack([x, y])[order], t[order]
    tree = cKDTree(points)
    i, j = tree.query_pairs(4 * bandwidth, output_type="ndarray").T
    near = np.exp(-((points[i] - points[j]) ** 2).sum(axis=1) / (2 * bandwidth**2))
    near = sparse.coo_array((near / (2 * np.pi * bandwidth**2), (i, j)), (t.size, t.size)).tocsr()
    i, j = tree.query_pairs(600, output_type="ndarray").T
    wait, square = t[j] - t[i], ((points[i] - points[j]) ** 2).sum(axis=1)
    keep = (np.abs(wait) <= 60) & (wait != 0)
    wait, square, later = np.abs(wait)[keep], square[keep], np.maximum(i, j)[keep]
    area = np.prod(np.ptp(points, axis=0) + 2 * bandwidth)
    chance, branching, decay, variance = np.full(t.size, 0.7), 0.3, 0.1, 150.0**2
    for _ in range(steps):
        own = (near @ chance + near.T @ chance + 1 / area) / horizon
        kernel = np.exp(-decay * wait - square / (2 * variance))
        kernel *= branching * decay / (2 * np.pi * variance)
        rate = own + np.bincount(later, kernel, minlength=t.size)
        weight, chance = kernel / rate[later], own / rate
        total = weight.sum()
        branching = total / (1 - np.exp(-decay * (horizon - t))).sum()
        decay, variance = total / (weight @ wait), weight @ square / (2 * total)
    return branching


def _timed(name, ours_s, other, other_s, n, peak):
    return {"name": name, "ours_s": ours_s, "other": other, "other_s": other_s,
            "ratio": other_s / ours_s, "n": n, "peak_mb": peak}  # fmt: skip


def _seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
