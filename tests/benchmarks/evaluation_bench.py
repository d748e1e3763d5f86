"""Evaluation designs: how long beside a named peer, and how often they find what is not there.

Rows as in `statistics_bench`. The rows of `evaluation_nulls` also hold `rejected`, the share of
true nulls that a nominal 5% test rejected, and `other_rejected`, that of the usual way beside it;
their time is no comparison.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from ceasefire.statistics import evaluation
from tests.benchmarks import peers
from tests.benchmarks.statistics_bench import row, with_peak

PANEL = {"unit": "unit", "time": "time", "outcome": "outcome", "treated": 0}


def synthetic_control(n=156):
    """With every placebo, against mlsynth at three sizes and against one fit of pysyncon."""
    sizes = n // 4, n // 2, n
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for size in sizes:
            paths.append(Path(folder) / f"{size}.csv")
            _panel(size, 1, before=19).to_csv(paths[-1], index=False)
        every = peers.asked("mlsynth_peer.py", ["mlsynth==1.0.0"], 19, *paths)
        one = peers.asked("pysyncon_peer.py", ["pysyncon==1.7.0"], 19, paths[0])
    return [_against_mlsynth(size, told) for size, told in zip(sizes, every or (), strict=True)] + [
        _against(sizes[0], "pysyncon 1.7.0, one fit and no placebo", one["seconds"])
        for _ in range(one is not None)
    ]


def group_effects(n=160):
    """Ratio of ratios with clustered errors, against statsmodels with every dummy."""
    return [_group_effects(size) for size in (n // 4, n // 2, n)]


def evaluation_nulls(n=2_000):
    """How often each design rejects when nothing happened, at the nominal 5%, over n worlds."""
    rows = [_displacement_null(spread, n) for spread in (1.5, 2.0, 3.0)]
    rows += [_series_null(n, months, start) for months, start in ((96, 72), (60, 48), (60, 56))]
    rows += [_placebo_null(n // 4, before) for before in (8, 12, 20)]
    return [*rows, _difference_null(n // 4), _groups_null(n // 2)]


def _panel(units, seed, *, before, after=6):
    """Units that share two random walks, in long form; nothing happens to unit 0."""
    chance = np.random.default_rng(seed)
    walk = chance.normal(0, 1, (before + after, 2)).cumsum(axis=0)
    table = 50 + walk @ chance.normal(0, 1, (2, units))
    table = table + chance.normal(0, 1, table.shape)
    unit, when = np.tile(np.arange(units), len(table)), np.repeat(np.arange(len(table)), units)
    return pd.DataFrame({"unit": unit, "time": when, "outcome": table.ravel()})


def _against_mlsynth(units, told):
    row = _against(units, "mlsynth 1.0.0, every placebo", told["seconds"])
    found = evaluation.synthetic_control(_panel(units, 1, before=19), start=19, **PANEL)
    if found.rank != told["rank"] or abs(found.effect - told["effect"]) > 1e-4:
        raise AssertionError(f"mlsynth found {told}, we {found.effect} and rank {found.rank}.")
    return row


def _against(units, other, seconds):
    panel = _panel(units, 1, before=19)

    def ours():
        return evaluation.synthetic_control(panel, start=19, **PANEL)

    ours()
    _, peak = with_peak(ours)
    taken = min(_seconds(ours) for _ in range(3))
    return {"name": "Synthetic control", "ours_s": taken, "other": other, "other_s": seconds,
            "ratio": seconds / taken, "n": units, "peak_mb": peak}  # fmt: skip


def _group_effects(groups):
    import statsmodels.api as sm

    panel = _city(groups, 1)
    names = {"group": "group", "quarter": "quarter", "outcome": "shootings"}

    def ours():
        return evaluation.group_effects(panel, treated=range(8), start=12, permutations=0, **names)

    def peer():
        after = ((panel["quarter"] >= 12) & (panel["group"] < 8)).to_numpy(float)
        dummies = [pd.get_dummies(panel["group"]), pd.get_dummies(panel["quarter"]).iloc[:, 1:]]
        design = np.column_stack([*(one.to_numpy(float) for one in dummies), after])
        model = sm.GLM(panel["shootings"].to_numpy(), design, family=sm.families.Poisson())
        kinds = {"groups": panel["group"].to_numpy()}
        return np.exp(model.fit(cov_type="cluster", cov_kwds=kinds).params[-1])

    def same(found, ratio):
        return abs(found.treated.rate_ratio / ratio - 1) < 1e-6

    name = "Groups by quarter"
    return row(name, ours, "statsmodels GLM, a dummy each", peer, groups, same)


def _city(groups, seed):
    chance = np.random.default_rng(seed)
    mean = chance.gamma(2, 2, groups)[:, None] * np.exp(chance.normal(0, 0.15, 20)) + 0.2
    counts = chance.poisson(mean * chance.gamma(2, 0.5, mean.shape))
    group, quarter = np.repeat(np.arange(groups), 20), np.tile(np.arange(20), groups)
    return pd.DataFrame({"group": group, "quarter": quarter, "shootings": counts.ravel()})


def _displacement_null(spread, worlds):
    chance = np.random.default_rng(2)

    def world(_):
        row = chance.negative_binomial(100 / (spread - 1), 1 / spread, 4)
        honest, plain = (
            evaluation.wdd(row[:2], row[2:], dispersion=by).p_value for by in (spread, 1.0)
        )
        return honest < 0.05, plain < 0.05

    return _null(f"WDD, dispersion {spread}", world, "without dispersion", worlds)


def _series_null(worlds, months, start):
    def world(seed):
        run = evaluation.interrupted_series(_months(seed, months), start=start, period=12)
        return run.p_value < 0.05, abs(np.log(run.rate_ratio)) > 1.96 * run.errors["hac"]

    return _null(f"ITS, {start} + {months - start} months", world, "HAC alone", worlds)


def _months(seed, months, spread=1.5):
    chance = np.random.default_rng(seed)
    at = np.arange(months)
    mean = 25 * np.exp(0.2 * np.sin(2 * np.pi * at / 12) + 0.003 * at)
    return chance.negative_binomial(mean / (spread - 1), 1 / spread)


def _placebo_null(worlds, before):
    """Twenty units, so that rank 1 is the 5% test; beside it, a t-test of the gaps after."""
    from scipy.stats import ttest_1samp

    def world(seed):
        panel = _panel(20, seed, before=before)
        run = evaluation.synthetic_control(panel, start=before, **PANEL)
        gaps = run.path.loc[run.path["after"], "gap"]
        return run.p_value <= 0.05, ttest_1samp(gaps, 0).pvalue < 0.05

    return _null(f"Placebos, {before} before", world, "t-test of the gaps", worlds)


def _difference_null(worlds):
    def world(seed):
        panel = _panel(20, seed, before=12)
        run = evaluation.synthetic_difference(panel, start=12, **PANEL)
        return run.p_value <= 0.05, abs(run.effect) > 1.96 * run.standard_error

    return _null("SDID, 12 before", world, "its standard error", worlds)


def _groups_null(worlds):
    names = {"group": "group", "quarter": "quarter", "outcome": "shootings"}

    def world(seed):
        run = evaluation.group_effects(
            _city(40, seed), treated=range(8), start=12, permutations=199, seed=seed, **names
        ).treated
        return run.p_value <= 0.05, not run.interval[0] < 1 < run.interval[1]

    return _null("Groups, 8 of 40", world, "clustered interval", worlds)


def _null(name, world, other, worlds):
    """Both ways judge the same worlds, in one pass: their time is one figure."""
    begun = time.perf_counter()
    rejected, usual = np.mean([world(seed) for seed in range(worlds)], axis=0)
    taken = time.perf_counter() - begun
    return {
        "name": f"{name}: {rejected:.1%} of nulls rejected", "ours_s": taken,
        "other": f"{other} {usual:.1%}", "other_s": taken, "ratio": 1.0, "n": worlds,
        "peak_mb": float("nan"), "rejected": float(rejected), "other_rejected": float(usual),
    }  # fmt: skip


def _seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
