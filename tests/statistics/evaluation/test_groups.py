"""Groups by quarter: against a regression with every dummy, and planted effects."""

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ceasefire.statistics import evaluation

SETTINGS = {"group": "group", "quarter": "quarter", "outcome": "shootings", "start": 12}


def city(seed, *, groups=40, treated=8, tied=8, effect=0.0, spill=0.0):
    chance = np.random.default_rng(seed)
    mean = chance.gamma(2, 1.5, groups)[:, None] * np.exp(chance.normal(0, 0.15, 20))
    mean[:treated, 12:] *= math.exp(effect)
    mean[treated : treated + tied, 12:] *= math.exp(spill)
    counts = chance.poisson(mean * chance.gamma(2, 0.5, mean.shape))
    group, quarter = np.repeat(np.arange(groups), 20), np.tile(np.arange(20), groups)
    return pd.DataFrame({"group": group, "quarter": quarter, "shootings": counts.ravel()})


def regression(panel, treated):
    after = (panel["quarter"] >= 12).to_numpy()
    mine = panel["group"].isin(treated).to_numpy()
    dummies = [pd.get_dummies(panel["group"]), pd.get_dummies(panel["quarter"], drop_first=True)]
    design = np.column_stack([*(one.to_numpy(float) for one in dummies), (after & mine) * 1.0])
    model = sm.GLM(panel["shootings"].to_numpy(), design, family=sm.families.Poisson())
    groups = {"groups": panel["group"].to_numpy(), "use_correction": False}
    fit = model.fit(cov_type="cluster", cov_kwds=groups)
    return math.exp(fit.params[-1]), fit.bse[-1]


def test_the_ratio_of_ratios_is_the_regression_with_every_group_and_quarter():
    panel = city(1, groups=20, treated=10, effect=-0.4)
    found = evaluation.group_effects(panel, treated=range(10), **SETTINGS)
    ratio, error = regression(panel, range(10))
    assert found.treated.rate_ratio == pytest.approx(ratio, rel=1e-8)
    # Ten groups on each side: the small-sample factor is the same for both.
    assert found.treated.standard_error == pytest.approx(error * math.sqrt(10 / 9), rel=1e-6)


def test_tied_groups_do_not_enter_the_direct_effect():
    panel = city(2, effect=-0.5, spill=-0.2)
    both = evaluation.group_effects(panel, treated=range(8), tied=range(8, 16), **SETTINGS)
    alone = evaluation.group_effects(
        panel[~panel["group"].between(8, 15)], treated=range(8), **SETTINGS
    )
    assert both.treated.rate_ratio == pytest.approx(alone.treated.rate_ratio)
    assert alone.tied is None
    assert both.comparison_groups == 24


def test_direct_and_spill_over_effects_are_recovered():
    runs = [
        evaluation.group_effects(
            city(seed, effect=math.log(0.6), spill=math.log(0.8)),
            treated=range(8), tied=range(8, 16), permutations=0, **SETTINGS,
        )
        for seed in range(60)
    ]  # fmt: skip
    direct = np.mean([math.log(run.treated.rate_ratio) for run in runs])
    spill = np.mean([math.log(run.tied.rate_ratio) for run in runs])
    assert math.exp(direct) == pytest.approx(0.6, abs=0.05)
    assert math.exp(spill) == pytest.approx(0.8, abs=0.07)
    covered = np.mean([run.treated.interval[0] < 0.6 < run.treated.interval[1] for run in runs])
    assert covered > 0.95 - 4 * math.sqrt(0.05 * 0.95 / 60)


def test_no_effect_is_seldom_found():
    p_value = [
        evaluation.group_effects(
            city(seed + 500), treated=range(8), permutations=99, seed=seed, **SETTINGS
        ).treated.p_value
        for seed in range(100)
    ]
    assert np.mean(np.array(p_value) <= 0.05) <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 100)


def test_the_same_seed_gives_the_same_answer_and_p_is_never_0():
    panel = city(3, effect=-3.0)
    one, two = (
        evaluation.group_effects(panel, treated=range(8), permutations=99, **SETTINGS)
        for _ in range(2)
    )
    assert one.treated == two.treated
    assert one.treated.p_value == 0.01


def test_the_event_study_starts_from_the_last_quarter_before():
    events = evaluation.group_effects(
        city(5), treated=range(8), tied=range(8, 16), **SETTINGS
    ).events
    last = events[events["from_start"] == -1]
    assert (last["rate_ratio"] == 1).all()
    assert sorted(events["class"].unique()) == ["tied", "treated"]
    assert len(events) == 40


def test_groups_that_parted_before_the_start_are_shown_as_no_comparison():
    panel = city(6)
    rising = panel["group"].lt(8) & panel["quarter"].between(6, 11)
    panel.loc[rising, "shootings"] = panel.loc[rising, "shootings"] * 4 + 3
    found = evaluation.group_effects(panel, treated=range(8), **SETTINGS)
    assert found.trend_p_value < 0.02


def test_a_group_without_events_says_nothing_and_is_named():
    panel = city(7)
    panel.loc[panel["group"] == 30, "shootings"] = 0
    assert evaluation.group_effects(panel, treated=range(8), **SETTINGS).dropped == [30]


def test_the_detectable_ratio_ignores_what_came_after():
    one, other = city(8), city(8)
    other.loc[other["quarter"] >= 12, "shootings"] *= 5
    found = [evaluation.group_effects(p, treated=range(8), **SETTINGS) for p in (one, other)]
    assert found[0].detectable_ratio == found[1].detectable_ratio
    assert 0 < found[0].detectable_ratio < 1


@pytest.mark.parametrize(
    ("change", "asked", "reason"),
    [
        (lambda p: p, {"start": 4}, "4 quarters before"),
        (lambda p: p, {"start": 20}, "0 from it on"),
        (lambda p: p, {"treated": [0]}, "1 treated"),
        (lambda p: p, {"treated": [0, 99]}, "no such group: 99"),
        (lambda p: p, {"tied": [0, 9]}, "a group is both"),
        (lambda p: p, {"tied": [9]}, "One tied group"),
        (lambda p: p.iloc[1:], {}, "1 group-quarters are missing"),
        (lambda p: pd.concat([p, p.iloc[:1]]), {}, "more than one row"),
        (lambda p: p.assign(shootings=-1), {}, "negative"),
        (lambda p: p[p["group"] < 9], {}, "comparison groups"),
        (lambda p: p.drop(columns="quarter"), {}, "no column 'quarter'"),
    ],
)
def test_absurd_panels_are_refused_with_the_reason(change, asked, reason):
    with pytest.raises(ValueError, match=reason):
        evaluation.group_effects(change(city(1)), **SETTINGS | {"treated": range(8)} | asked)
