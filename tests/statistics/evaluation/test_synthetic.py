"""Synthetic control and its difference: Proposition 99 as printed, and planted panels."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from ceasefire.statistics import evaluation
from ceasefire.statistics.evaluation import panels

CALIFORNIA = {
    "unit": "state", "time": "Year", "outcome": "packs", "treated": "California", "start": 1989
}  # fmt: skip
PLANTED = {"unit": "u", "time": "t", "outcome": "y", "treated": 0, "start": 16}


@pytest.fixture(scope="module")
def smoking(shared_data):
    path = shared_data("evaluation/synthetic_control/california_prop99.csv")
    return pd.read_csv(path).melt("Year", var_name="state", value_name="packs")


@pytest.fixture(scope="module")
def california(smoking):
    return evaluation.synthetic_control(smoking, **CALIFORNIA)


def planted(seed, *, units=20, before=16, after=6, effect=0.0):
    """Units that share two random walks; unit 0 is moved by `effect` from `before` on."""
    chance = np.random.default_rng(seed)
    walk = chance.normal(0, 1, (before + after, 2)).cumsum(axis=0)
    table = (
        50 + walk @ chance.normal(0, 1, (2, units)) + chance.normal(0, 1, (before + after, units))
    )
    table[before:, 0] += effect
    unit, time = np.tile(np.arange(units), len(table)), np.repeat(np.arange(len(table)), units)
    return pd.DataFrame({"u": unit, "t": time, "y": table.ravel()})


def test_proposition_99_has_the_printed_effect_fit_and_ratio(california):
    assert california.effect == pytest.approx(-19.5136, abs=5e-5)
    assert california.fit_before == pytest.approx(1.6564, abs=5e-5)
    assert california.ratio == pytest.approx(12.440, abs=5e-4)


def test_proposition_99_ranks_third_of_39(california):
    assert (california.rank, california.units) == (3, 39)
    assert round(california.p_value, 4) == 0.0769


def test_proposition_99_is_made_of_the_printed_states(california):
    printed = {"Utah": 0.394, "Montana": 0.232, "Nevada": 0.205, "Connecticut": 0.109,
               "New Hampshire": 0.045, "Colorado": 0.015}  # fmt: skip
    assert california.weights.round(3).to_dict() == printed
    assert california.weights.sum() == pytest.approx(1)


def test_the_path_holds_every_year_and_its_gap(california):
    path = california.path
    assert path.index.tolist() == list(range(1970, 2001))
    assert (path["gap"] == path["observed"] - path["synthetic"]).all()
    assert path.loc[path["after"], "gap"].mean() == pytest.approx(california.effect)
    assert path.loc[2000, "gap"] == pytest.approx(-26, abs=1)


def test_the_synthetic_difference_is_the_published_one(smoking):
    found = evaluation.synthetic_difference(smoking, **CALIFORNIA)
    assert round(found.effect, 3) == -15.605
    assert found.time_weights.sum() == pytest.approx(1)
    assert found.unit_weights.sum() == pytest.approx(1)
    assert found.placebos.size == 38


def test_every_placebo_is_what_an_analysis_of_that_unit_would_find(smoking, california):
    without = smoking[smoking["state"] != "California"]
    for state in ("Utah", "Ohio"):
        alone = evaluation.synthetic_control(without, **CALIFORNIA | {"treated": state})
        assert alone.ratio == pytest.approx(california.placebos.loc[state, "ratio"])
        assert alone.effect == pytest.approx(california.placebos.loc[state, "effect"])


def test_order_of_rows_changes_nothing(smoking, california):
    again = evaluation.synthetic_control(smoking.sample(frac=1, random_state=1), **CALIFORNIA)
    assert again.effect == california.effect
    assert (again.placebos == california.placebos).all().all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7), st.integers(3, 10), st.floats(0.01, 1000))
def test_weights_are_the_constrained_minimum(seed, corners, dimensions, scale):
    chance = np.random.default_rng(seed)
    points = scale * (chance.normal(0, 1, (dimensions, corners)) + 1)
    weights = panels.hull_weights(points)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    # At a minimum no corner lies on the near side of the plane through the nearest point.
    nearest = points @ weights
    assert (points.T @ nearest).min() >= nearest @ nearest * (1 - 1e-7) - 1e-9 * scale**2
    other = minimize(
        lambda w: ((points @ w) ** 2).sum() / scale**2, np.full(corners, 1 / corners),
        bounds=[(0, 1)] * corners, constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
    )  # fmt: skip
    assert (nearest**2).sum() / scale**2 <= other.fun + 1e-7


def test_a_planted_effect_is_recovered_by_both():
    panel = planted(4, effect=-12.0)
    control = evaluation.synthetic_control(panel, **PLANTED)
    difference = evaluation.synthetic_difference(panel, **PLANTED)
    assert control.effect == pytest.approx(-12, abs=2.5)
    assert difference.effect == pytest.approx(-12, abs=2.5)
    assert (control.rank, difference.rank) == (1, 1)
    assert difference.interval[0] < -12 < difference.interval[1]


def test_the_placebo_test_rejects_a_true_null_about_as_often_as_it_says():
    runs = 120
    p_value = [
        evaluation.synthetic_control(planted(seed), **PLANTED).p_value for seed in range(runs)
    ]
    rejected = np.mean(np.array(p_value) <= 0.05)
    assert rejected <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / runs)
    assert np.mean(p_value) == pytest.approx(0.525, abs=0.11)


def test_few_units_say_how_small_a_p_value_can_be():
    found = evaluation.synthetic_control(planted(1, units=9), **PLANTED)
    assert found.least_p_value == pytest.approx(1 / 9)
    assert math.isnan(found.detectable)


def test_the_detectable_misfit_ranks_within_5_percent(california):
    others = california.placebos["ratio"].iloc[1:]
    assert (others * california.fit_before >= california.detectable).sum() == 1


def test_four_periods_before_are_refused_with_the_reason():
    with pytest.raises(ValueError, match="4 periods before the start are too few"):
        evaluation.synthetic_control(planted(1), **PLANTED | {"start": 4})


@pytest.mark.parametrize(
    ("change", "asked", "reason"),
    [
        (lambda p: p, {"treated": 99}, "no unit 99"),
        (lambda p: p, {"outcome": "rate"}, "no column 'rate'"),
        (lambda p: p, {"start": 30}, "No period from the start"),
        (lambda p: p.iloc[:-1], {}, "1 of 440 values are missing"),
        (lambda p: pd.concat([p, p.iloc[:2]]), {}, "2 rows repeat"),
        (lambda p: p[p["u"] < 2], {}, "1 other units"),
    ],
)
def test_a_broken_panel_is_refused_with_the_reason(change, asked, reason):
    for method in (evaluation.synthetic_control, evaluation.synthetic_difference):
        with pytest.raises(ValueError, match=reason):
            method(change(planted(1)), **PLANTED | asked)
