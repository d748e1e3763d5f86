"""Monitoring against published values, exact sums and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ceasefire.statistics import monitoring


@pytest.mark.parametrize(
    ("pair", "p"),
    [((0, 3), 0.088379), ((6, 2), 0.174875), ((20, 10), 0.068832), ((10, 5), 0.206164)],
)
def test_e_test_matches_two_other_implementations(pair, p):
    assert monitoring.e_test(*pair) == pytest.approx(p, abs=5e-7)


def test_two_single_weeks_that_a_naive_z_calls_different_are_not():
    assert round(monitoring.e_test(25, 16), 3) == 0.165


def test_e_test_is_the_plain_double_sum_with_unequal_exposures():
    a, b, long = 7, 9, 2.5
    rate = (a + b) / (1 + long)

    def gap(i, j):
        error = math.sqrt(i + j / long**2)
        return abs(i - j / long) / error if error else 0.0

    direct = sum(
        stats.poisson.pmf(i, rate) * stats.poisson.pmf(j, rate * long)
        for i in range(60)
        for j in range(80)
        if gap(i, j) >= gap(a, b) - 1e-12
    )
    assert monitoring.e_test(a, b, exposure_b=long) == pytest.approx(direct, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_e_test_is_symmetric_and_a_chance(a, b):
    p = monitoring.e_test(a, b)
    assert 0 < p <= 1
    assert p == pytest.approx(monitoring.e_test(b, a))


def test_no_events_at_all_are_no_evidence():
    assert monitoring.e_test(0, 0) == 1


@pytest.mark.parametrize(
    ("mean", "k", "h", "run"),
    [(1, 1.2, 4, 49.03), (2, 2.5, 4, 36.01), (2, 2.5, 5, 61.54), (2, 2.5, 6, 102.2)],
)
def test_cusum_run_length_matches_the_markov_chain_of_another_package(mean, k, h, run):
    assert monitoring.cusum_run_length(mean, k=k, h=h) == pytest.approx(run, abs=0.05)


def test_cusum_run_length_is_the_simulated_one():
    chance = np.random.default_rng(5)
    runs = []
    for _ in range(3_000):
        level, weeks = 0.0, 0
        while level < 3 - 1e-9:
            level = max(0.0, level + chance.poisson(1.5) - 1.7)
            weeks += 1
        runs.append(weeks)
    error = np.std(runs) / math.sqrt(len(runs))
    exact = monitoring.cusum_run_length(1.5, k=1.7, h=3)
    assert abs(np.mean(runs) - exact) < 4 * error


def test_a_chart_of_nothing_never_alarms_and_an_awkward_reference_is_still_answered():
    assert math.isinf(monitoring.cusum_run_length(0, k=1, h=4))
    near = [monitoring.cusum_run_length(1, k=k, h=4.1) for k in (1.44, 1 / math.log(2), 1.445)]
    assert near == sorted(near)


def test_a_burst_of_six_in_any_fortnight_of_eight_years_matches_the_published_chance():
    """Six cyclists killed in two weeks, 0.6 expected a fortnight, 208 fortnights."""
    p = monitoring.burst_probability(6, window=2, periods=416, rate=0.3)
    assert p == pytest.approx(0.039022, abs=2e-6)


@pytest.mark.parametrize(
    ("n", "window", "periods", "rate"), [(6, 2, 208, 0.6), (3, 1, 10, 0.4), (4, 3, 4, 0.5)]
)
def test_burst_probability_is_the_simulated_one(n, window, periods, rate):
    chance, reached, runs = np.random.default_rng(8), 0, 4_000
    for events in chance.poisson(rate * periods, runs):
        at = np.sort(chance.uniform(0, periods, events))
        reached += events >= n and (at[n - 1 :] - at[: events - n + 1] <= window).any()
    p = monitoring.burst_probability(n, window=window, periods=periods, rate=rate)
    assert p == pytest.approx(reached / runs, abs=4 * math.sqrt(p * (1 - p) / runs))


def test_the_chance_of_three_windows_without_a_pair_is_exact():
    mean = 0.7  # no two events within one window, over three windows: a finite sum
    exact = math.exp(-3 * mean) * (1 + 3 * mean + 2 * mean**2 + mean**3 / 6)
    p = monitoring.burst_probability(2, window=1, periods=3, rate=mean)
    assert p == pytest.approx(1 - exact, abs=1e-12)


def test_one_event_needs_no_burst_and_none_is_certain():
    alone = monitoring.burst_probability(1, window=2, periods=10, rate=0.1)
    assert alone == pytest.approx(1 - math.exp(-1))
    assert monitoring.burst_probability(0, window=2, periods=10, rate=0.1) == 1


def test_change_z_carries_the_baselines_own_variance():
    assert monitoring.change_z(25, [16]) == pytest.approx(math.sqrt(2))
    many = monitoring.change_z(25, [16] * 100_000)
    assert many == pytest.approx(2, abs=1e-4)


@pytest.mark.parametrize("weeks", [1, 8, 52])
def test_change_z_of_pure_chance_has_unit_spread(weeks):
    chance = np.random.default_rng(3)
    z = [monitoring.change_z(row[0], row[1:]) for row in chance.poisson(20, (4_000, weeks + 1))]
    assert np.std(z) == pytest.approx(1, abs=0.05)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 300), st.sampled_from([0.8, 0.95, 0.99]))
def test_garwood_limits_leave_the_stated_tail_on_each_side(count, level):
    found = monitoring.poisson_interval(count, level)
    tail = (1 - level) / 2
    assert stats.poisson.cdf(count, found.high) == pytest.approx(tail)
    if count:
        assert stats.poisson.sf(count - 1, found.low) == pytest.approx(tail)
    else:
        assert found.low == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=12), st.sampled_from([0.5, 1.0, 4.0]))
def test_prediction_limits_hold_exactly_the_counts_the_binomial_test_accepts(weeks, exposure):
    found = monitoring.poisson_limits(weeks, exposure=exposure)
    total, share = sum(weeks), exposure / (len(weeks) + exposure)
    seen = np.arange(found.high + 40)
    low_side = stats.binom.cdf(seen, total + seen, share)
    high_side = stats.binom.sf(seen - 1, total + seen, share)
    accepted = seen[(low_side > 0.025) & (high_side > 0.025)]
    assert (accepted[0], accepted[-1]) == (found.low, found.high)
    assert found.expected == pytest.approx(total / len(weeks) * exposure)


@pytest.mark.parametrize(("rate", "weeks"), [(0.2, 8), (3, 8), (3, 52), (25, 4)])
def test_prediction_limits_cover_at_least_their_level(rate, weeks):
    chance = np.random.default_rng(11)
    table = chance.poisson(rate, (3_000, weeks + 1))
    limits = [monitoring.poisson_limits(row[1:]) for row in table]
    held = np.mean([lim.low <= row[0] <= lim.high for lim, row in zip(limits, table, strict=True)])
    assert held > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 3_000)


def test_limits_from_one_quiet_week_still_leave_room():
    found = monitoring.poisson_limits([0])
    assert (found.expected, found.low, found.high) == (0, 0, 5)


def test_a_restless_baseline_shows_its_dispersion():
    assert monitoring.poisson_limits([0, 20, 0, 20]).dispersion > 10


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: monitoring.e_test(1.5, 2), "count_a"),
        (lambda: monitoring.e_test(1, 2, exposure_b=0), "exposure_b"),
        (lambda: monitoring.poisson_interval(-1), "count"),
        (lambda: monitoring.poisson_interval(3, 95), "level"),
        (lambda: monitoring.poisson_limits([]), "baseline"),
        (lambda: monitoring.poisson_limits([1, -2]), "position 1"),
        (lambda: monitoring.cusum_run_length(1, k=1, h=0), "h > 0"),
        (lambda: monitoring.burst_probability(3, window=5, periods=2, rate=1), "window"),
        (lambda: monitoring.change_z(float("nan"), [1]), "count"),
    ],
)
def test_absurd_counts_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
