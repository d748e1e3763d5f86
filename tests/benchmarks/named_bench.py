"""How long beside the tools that analysts know by name, each in an environment of its own.

Rows as in `statistics_bench`. What both sides count must be equal: half-open bands of ours end
just above the peer's closed ones.
"""

import gzip
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from ceasefire.statistics import hot_spots, near_repeat
from tests.benchmarks import peers
from tests.benchmarks.statistics_bench import city, row, with_peak

PYSAL = ["pointpats==2.5.5", "esda==2.9.0", "libpysal==4.14.1", "scikit-learn", "numba"]
SHUFFLES = 999
SPACE, TIME = [0, np.nextafter(400.0, np.inf)], [0, np.nextafter(14.0, np.inf)]


def knox_named(n=5_000):
    """999 shuffles at 400 m and 14 days, beside pointpats' `Knox` and its older `knox()`."""
    sizes = (n // 5, n // 2, n)
    tasks = [(what, city(size), SHUFFLES) for what in ("new_knox", "old_knox") for size in sizes]
    names = {"new_knox": "pointpats 2.5.5 Knox", "old_knox": "pointpats 2.5.5 knox()"}
    return [
        _knox(x, y, t, names[what], told)
        for (what, (x, y, t), _s), told in zip(tasks, _asked(tasks), strict=True)
    ]


def local_named(n=1_000):
    """Local Knox, exact, beside 999 shuffles of `KnoxLocal` that estimate it."""
    tasks = [("local_knox", city(size), SHUFFLES) for size in (n // 4, n // 2, n)]
    rows = []
    for (_what, (x, y, t), _s), told in zip(tasks, _asked(tasks), strict=True):

        def ours(x=x, y=y, t=t):
            return near_repeat.local(x, y, t, within_m=400, within_days=14)

        def same(found, told):
            return int(found.neighbours.sum()) == told["answer"]

        name = "pointpats KnoxLocal"
        rows.append(_beside("Local Knox", ours, name, told, told["seconds"], t.size, same))
    return rows


def density_named(n=10_000):
    """Exact density on a grid of 200 by 200, beside scikit-learn's KernelDensity."""
    tasks = []
    for size in (n // 10, n // 4, n):
        x, y, _t = city(size)
        tasks.append(("density", (x, y, *_grids(x, y)), 0))
    rows = []
    for (_what, (x, y, x_grid, y_grid), _s), told in zip(tasks, _asked(tasks), strict=True):

        def ours(x=x, y=y, x_grid=x_grid, y_grid=y_grid):
            return hot_spots.kde(x, y, bandwidth=400, x_grid=x_grid, y_grid=y_grid)

        def same(found, told):
            other = np.array(told["answer"])
            return np.abs(found.ravel() - other).max() < 1e-12 * other.max()

        rows.append(_beside("Density on 200 by 200", ours, "scikit-learn KernelDensity", told,
                            told["seconds"], x.size, same))  # fmt: skip
    return rows


def gi_star_named(n=10_000):
    """Gi* of a square grid, queen neighbours and the cell itself, beside esda's G_Local."""
    chance = np.random.default_rng(0)
    sides = [int(np.sqrt(size)) for size in (n // 4, n, 4 * n)]
    tasks = [("gi_star", (chance.poisson(1, (side, side)) + 0.0,), 0) for side in sides]
    rows = []
    for (_what, (values,), _s), told in zip(tasks, _asked(tasks), strict=True):

        def ours(values=values):
            return hot_spots.getis_ord_star(values)

        def same(found, told):
            return np.abs(found.ravel() - np.array(told["answer"])).max() < 5e-6

        rows.append(_beside("Gi*", ours, "esda 2.9.0 G_Local", told, told["seconds"], values.size,
                            same))  # fmt: skip
    return rows


def new_york_table(n=21_903):
    """Thirty cells, 999 shuffles, of the incidents of 2006 to mid 2023, beside no shuffle."""
    path = Path(os.environ.get("CEASEFIRE_SHARED_DATA", "../shared/data"))
    path = path / "nyc_shootings/nyc_shoot_2006_2023.csv.gz"
    if not path.exists():
        return []
    with gzip.open(path) as file:
        events = pd.read_csv(file).drop_duplicates("INCIDENT_KEY")
    date = pd.to_datetime(events["OCCUR_DATE"], format="%m/%d/%Y")
    day = (date - pd.Timestamp("2006-01-01")).dt.days.to_numpy(float)
    x, y = (events[name].to_numpy(float) for name in ("X_COORD_CD", "Y_COORD_CD"))
    bands = {"space_edges": [0, 0.5, 400, 800, 1200, 1600], "time_edges": [0, 5, 8, 15, 22, 29, 57]}
    return [
        row(
            "30 cells, 999 shuffles",
            lambda part=part: near_repeat.knox(x[part], y[part], day[part], **bands),
            "the same without shuffles",
            lambda part=part: near_repeat.knox(
                x[part], y[part], day[part], **bands, permutations=0
            ),
            len(range(*part.indices(min(n, len(x))))),
            lambda one, other: (one.observed == other.observed).all(),
        )
        for part in (slice(None, None, 4), slice(None, None, 2), slice(None))
    ]


def _knox(x, y, t, name, told):
    def ours():
        return near_repeat.knox(x, y, t, space_edges=SPACE, time_edges=TIME, permutations=SHUFFLES)

    def same(found, told):
        return found.observed.item() == told["answer"]

    return _beside("Knox, 999 shuffles", ours, name, told, told["seconds"], t.size, same)


def _beside(name, ours, other, told, other_s, n, same):
    """A row of ours and of what a peer has already told."""
    ours()
    found, peak = with_peak(ours)
    if not same(found, told):
        raise AssertionError(f"{name}, n = {n}: {other} found something else.")
    seconds = []
    for _run in range(3):
        begun = time.perf_counter()
        ours()
        seconds.append(time.perf_counter() - begun)
    ours_s = min(seconds)
    return {"name": name, "ours_s": ours_s, "other": other, "other_s": other_s,
            "ratio": other_s / ours_s, "n": n, "peak_mb": peak}  # fmt: skip


def _grids(x, y):
    return [np.linspace(axis.min(), axis.max(), 200) for axis in (x, y)]


def _asked(tasks):
    """What the peers tell of the tasks; nothing where they cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        told = []
        for nth, (what, arrays, shuffles) in enumerate(tasks):
            path = Path(folder) / f"{nth}.npz"
            np.savez(path, *arrays)
            told.append((what, str(path), shuffles))
        found = peers.asked("pysal_peer.py", PYSAL, json.dumps(told))
    if found is None:
        tasks.clear()
    return found or []
