"""Self-excitation in time: against direct sums, a broad search, and simulated truths."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import differential_evolution

from ceasefire.statistics import self_excitation
from ceasefire.statistics.self_excitation.compiled import log_likelihood
from tests.benchmarks import planted

TRUTH = {"background": 0.35, "branching": 0.4, "decay": 0.25}


def direct(t, horizon, background, branching, decay):
    """The likelihood as it is written down, every pair by itself."""
    age = t[:, None] - t
    earlier = np.where(age > 0, np.exp(-decay * np.maximum(age, 0)), 0.0)
    rate = background + branching * decay * earlier.sum(axis=1)
    followed = branching * (1 - np.exp(-decay * (horizon - t))).sum()
    return np.log(rate).sum() - background * horizon - followed


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 400), min_size=2, max_size=40),
    st.floats(0.01, 3), st.floats(0.01, 2), st.floats(0.001, 5),
)  # fmt: skip
def test_the_recursion_is_the_direct_sum_even_with_events_of_one_moment(days, m, a, b):
    t = np.sort(np.array(days) / 4.0)
    found = log_likelihood(t, 101.0, m, a, b)[0]
    assert found == pytest.approx(direct(t, 101.0, m, a, b), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1_000), st.floats(0.05, 1), st.floats(0.05, 0.9), st.floats(0.02, 3))
def test_the_slopes_are_those_of_the_likelihood(seed, m, a, b):
    t = np.sort(np.random.default_rng(seed).uniform(0, 100, 60))
    slopes, step = log_likelihood(t, 100.0, m, a, b)[1:], 1e-5
    for nth in range(3):
        up, down = np.log([m, a, b]), np.log([m, a, b])
        up[nth] += step
        down[nth] -= step
        rise = direct(t, 100.0, *np.exp(up)) - direct(t, 100.0, *np.exp(down))
        assert slopes[nth] == pytest.approx(rise / (2 * step), rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_no_search_finds_a_higher_likelihood(seed):
    t = planted.in_time(seed, horizon=600.0, **TRUTH)
    found = self_excitation.fit(t, horizon=600.0)
    limits = [(math.log(0.01), math.log(3)), (-6, 1), (math.log(0.002), math.log(50))]
    wide = differential_evolution(
        lambda logs: -log_likelihood(t, 600.0, *np.exp(logs))[0], limits, seed=seed, maxiter=150
    )
    assert found.log_likelihood >= -wide.fun - 0.01


def test_planted_values_are_recovered_within_their_intervals():
    runs = 40
    held = np.zeros(3)
    for seed in range(runs):
        t = planted.in_time(seed + 100, horizon=4_000.0, **TRUTH)
        found = self_excitation.fit(t, horizon=4_000.0)
        held += [
            found.intervals[name][0] <= TRUTH[name] <= found.intervals[name][1] for name in TRUTH
        ]
    assert (held / runs > 0.95 - 4 * math.sqrt(0.05 * 0.95 / runs)).all()


def test_at_the_top_the_model_expects_as_many_events_as_there_were():
    t = planted.in_time(5, horizon=3_000.0, **TRUTH)
    found = self_excitation.fit(t, horizon=3_000.0)
    followed = found.branching * (1 - np.exp(-found.decay * (3_000.0 - t))).sum()
    assert found.background * 3_000 + followed == pytest.approx(t.size, rel=1e-5)


def test_on_its_own_clock_a_true_model_leaves_exponential_waits():
    t = planted.in_time(6, horizon=3_000.0, **TRUTH)
    found = self_excitation.fit(t, horizon=3_000.0)
    assert found.residuals.size == t.size
    assert found.residuals.mean() == pytest.approx(1, abs=0.05)
    assert found.ks_p_value > 0.05


def test_a_city_whose_rate_jumps_fails_the_test_of_the_clock():
    chance = np.random.default_rng(7)
    t = np.concatenate([chance.uniform(0, 900, 150), np.arange(900, 1_000, 0.05)])
    assert self_excitation.fit(t, horizon=1_000).ks_p_value < 0.01


def test_evenly_spaced_events_excite_nothing():
    found = self_excitation.fit(np.arange(200) + 0.5, horizon=200.0)
    assert found.branching == pytest.approx(0, abs=1e-6)
    assert found.log_likelihood == pytest.approx(found.poisson_log_likelihood)


def test_a_rise_over_the_whole_window_is_called_a_trend():
    chance = np.random.default_rng(8)
    rising = self_excitation.fit(1_000 * np.sqrt(chance.random(800)), horizon=1_000)
    assert rising.is_trend
    assert not self_excitation.fit(
        planted.in_time(9, horizon=2_000.0, **TRUTH), horizon=2_000
    ).is_trend


def test_order_does_not_matter_and_neither_does_the_unit_of_time():
    t = planted.in_time(10, horizon=1_500.0, **TRUTH)
    one = self_excitation.fit(t, horizon=1_500)
    mixed = self_excitation.fit(np.random.default_rng(0).permutation(t), horizon=1_500)
    hours = self_excitation.fit(t * 24, horizon=1_500 * 24)
    assert mixed.log_likelihood == one.log_likelihood
    assert hours.branching == pytest.approx(one.branching, rel=1e-3)
    assert hours.decay * 24 == pytest.approx(one.decay, rel=1e-3)


def test_whole_days_are_fitted_and_say_how_many_events_share_a_moment():
    t = np.floor(planted.in_time(11, horizon=2_000.0, **TRUTH))
    found = self_excitation.fit(t, horizon=2_000)
    assert found.tied == t.size - np.unique(t).size
    assert math.isnan(found.ks_p_value)
    assert 0.1 < found.branching < 0.6


@pytest.mark.parametrize(
    ("t", "horizon", "reason"),
    [
        (np.arange(19.0), 30, "19 events"),
        (np.arange(30.0), 20, "lies outside"),
        (np.arange(30.0) - 5, 40, "lies outside"),
        (np.full(30, 3.0), 40, "one moment"),
        (np.arange(30.0), 0, "horizon"),
        ([float("nan")] * 30, 40, "missing"),
    ],
)
def test_absurd_times_are_refused_with_the_reason(t, horizon, reason):
    with pytest.raises(ValueError, match=reason):
        self_excitation.fit(t, horizon=horizon)
