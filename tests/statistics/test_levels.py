"""Levels against worked values, every way to fall written out, and series of chance."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ceasefire.statistics import levels


@pytest.mark.parametrize(("held", "g"), [((3,), 11.68), ((2, 1), 7.86), ((1, 1, 1), 5.08)])
def test_g_of_three_events_in_a_week_matches_the_worked_values(held, g):
    week = [*held, *[0] * (7 - len(held))]
    assert round(levels.evenness(week).g, 2) == g


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=4).filter(lambda c: 0 < sum(c) < 7))
def test_the_chance_is_that_of_every_way_in_which_the_events_could_fall(held):
    cells, events = len(held), sum(held)
    g = [
        stats.power_divergence(np.bincount(way, minlength=cells), lambda_=0).statistic
        for way in product(range(cells), repeat=events)
    ]
    found = levels.evenness(held)
    seen = stats.power_divergence(held, lambda_=0).statistic
    assert found.g == pytest.approx(seen)
    assert found.p_value == pytest.approx(np.mean(np.array(g) >= seen - 1e-9))


def test_many_events_have_the_chance_of_a_known_library():
    held = [60, 41, 38, 44, 39, 55, 70]
    found = levels.evenness(held)
    assert found.p_value == pytest.approx(stats.power_divergence(held, lambda_=0).pvalue)
    assert (found.events, found.cells) == (347, 7)
    assert "chi-squared" in found.method


def test_the_exact_and_the_large_sample_chance_meet_where_one_takes_over():
    exact = levels.evenness([9, 3, 4, 6, 5, 8, 5])
    assert "exact" in exact.method
    assert exact.p_value == pytest.approx(stats.chi2.sf(exact.g, 6), abs=0.04)


def test_no_event_falls_as_evenly_as_can_be():
    assert (levels.evenness([0] * 7).g, levels.evenness([0] * 7).p_value) == (0, 1)


def test_a_planted_change_is_found_where_it_was_planted():
    chance = np.random.default_rng(3)
    series = np.concatenate([chance.poisson(30, 18), chance.poisson(60, 12)])
    found = levels.shift(series)
    assert found.start == 18
    assert found.ratio == pytest.approx(2, abs=0.2)
    assert found.p_value == 1 / 1000


def test_the_split_is_the_one_that_brute_force_finds():
    chance = np.random.default_rng(8)
    for _ in range(20):
        held, days = chance.poisson(4, 15) + 0.0, chance.integers(28, 32, 15) + 0.0

        def likelihood(split, held=held, days=days):
            rates = [(part.sum() / on.sum(), part, on) for part, on in
                     ((held[:split], days[:split]), (held[split:], days[split:]))]  # fmt: skip
            return sum(stats.poisson.logpmf(part, rate * on).sum() for rate, part, on in rates)

        best = max(range(3, 13), key=likelihood)
        assert levels.shift(held, exposure=days, permutations=0).start == best


@pytest.mark.parametrize("spread", [1.01, 3.0])
def test_a_series_that_keeps_its_level_is_seldom_called_changed(spread, seeds):
    chance = np.random.default_rng(1)
    series = chance.negative_binomial(20 / (spread - 1), 1 / spread, (2 * seeds, 30))
    rejected = np.mean([levels.shift(row, permutations=199).p_value <= 0.05 for row in series])
    assert rejected < 0.05 + 4 * np.sqrt(0.05 * 0.95 / len(series))


@pytest.mark.parametrize(("ratio", "spread"), [(1.5, 1.01), (1.5, 2.0), (2.5, 2.0)])
def test_when_the_change_came_lies_within_the_periods_named(ratio, spread, seeds):
    chance = np.random.default_rng(6)
    mean = 30 * np.where(np.arange(30) < 18, 1, ratio)
    series = chance.negative_binomial(mean / (spread - 1), 1 / spread, (2 * seeds, 30))
    found = [levels.shift(row, permutations=0) for row in series]
    held = np.mean([one.earliest <= 18 <= one.latest for one in found])
    assert held > 0.95 - 4 * np.sqrt(0.05 * 0.95 / len(found))


def test_the_same_seed_gives_the_same_chance():
    series = np.random.default_rng(2).poisson(9, 24)
    assert levels.shift(series, seed=4) == levels.shift(series, seed=4)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: levels.evenness([5]), "two cells"),
        (lambda: levels.evenness([0.5, 0.5]), "whole number"),
        (lambda: levels.evenness([1, -1]), "position 1"),
        (lambda: levels.shift([1, 2, 3, 4, 5]), "5 periods"),
        (lambda: levels.shift([0] * 8), "no event"),
        (lambda: levels.shift([1] * 8, exposure=[1] * 7), "exposure has 7"),
        (lambda: levels.shift([1] * 8, exposure=[1] * 7 + [0]), "position 7"),
    ],
)
def test_absurd_series_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()


def test_portlands_shootings_changed_their_level_in_the_summer_of_2020(shared_data):
    """The city's own analysis puts it in July. June, at 62, was already halfway."""
    rows = pd.read_csv(shared_data("portland_ppb_shootings/Shootings.csv"))
    months = pd.to_datetime(rows["Occurence Date"]).dt.to_period("M").value_counts().sort_index()
    found = levels.shift(months.to_numpy(), exposure=months.index.days_in_month)
    within = [str(months.index[at]) for at in (found.earliest, found.latest)]
    assert within == ["2020-06", "2020-07"]
    assert found.ratio == pytest.approx(2.77, abs=0.02)
    assert found.p_value == 1 / 1000
    assert months[:"2020-06"].mean() == pytest.approx(36.17, abs=0.005)
    assert months["2020-07":].mean() == pytest.approx(100.22, abs=0.005)
