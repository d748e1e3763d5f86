"""Self-excitation in space and over ties: planted truths, and nulls that tempt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import self_excitation
from ceasefire.statistics.self_excitation import over_network, truncated
from ceasefire.statistics.self_excitation.space_time import _Background
from tests.benchmarks import planted

CITY = {"parents": 4_000, "branching": 0.2, "decay": 0.2, "spread": 90, "horizon": 1_826.0}
TIES = {
    "people": 8_000, "ties": 16_000, "background": 4e-5, "one_step": 0.07, "decay": 0.02,
    "horizon": 3_000.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def city():
    return planted.in_space(3, **CITY)


@pytest.fixture(scope="module")
def in_city(city):
    return self_excitation.space_time(*city, horizon=CITY["horizon"])


@pytest.fixture(scope="module")
def ties():
    return planted.over_ties(1, **TIES)


@pytest.fixture(scope="module")
def over_ties(ties):
    return self_excitation.network(*ties, people=TIES["people"], horizon=TIES["horizon"])


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 20), st.floats(0.5, 500))
def test_a_cut_off_exponential_gives_its_rate_back_from_its_mean(scaled, limit):
    rate = scaled / limit
    mean = 1 / rate - limit / np.expm1(scaled)
    assert truncated.from_mean(mean, limit).rate == pytest.approx(rate, rel=1e-3)


def test_planted_branching_decay_and_spread_are_recovered(in_city):
    assert in_city.settled
    assert in_city.branching == pytest.approx(0.2, rel=0.2)
    assert in_city.decay == pytest.approx(0.2, rel=0.2)
    assert in_city.spread_m == pytest.approx(90, rel=0.2)


def test_every_bandwidth_is_shown_and_the_likeliest_taken(in_city):
    rows = in_city.sensitivity
    assert rows["bandwidth"].tolist() == [150, 250, 400, 600]
    best = rows[rows["log_likelihood"].argmax()]
    assert best["bandwidth"] == in_city.bandwidth
    assert best["branching"] == in_city.branching
    assert np.ptp(rows["branching"]) < 0.04


def test_background_and_followers_make_up_every_event(in_city, city):
    chance = in_city.background_chance
    assert chance.size == city[0].size
    assert ((chance > 0) & (chance <= 1)).all()
    assert in_city.background * CITY["horizon"] == pytest.approx(chance.sum())
    assert chance.mean() == pytest.approx(0.8, abs=0.04)


def test_uneven_places_without_excitation_are_not_taken_for_it():
    x, y, t = planted.in_space(4, **CITY | {"branching": 0.0})
    assert self_excitation.space_time(x, y, t, horizon=CITY["horizon"]).branching < 0.06


def test_many_shootings_given_the_same_corner_do_not_draw_the_spread_to_nothing():
    chance = np.random.default_rng(9)
    corners = chance.uniform(0, 6_000, (300, 2)) + 350_000
    x, y = corners[chance.integers(0, 300, 2_000)].T
    t = chance.uniform(0, 1_000, 2_000)
    found = self_excitation.space_time(x, y, t, horizon=1_000.0, bandwidths=[250.0])
    assert found.spread_m == pytest.approx(30)
    assert np.isfinite(found.log_likelihood)


def test_the_order_of_events_does_not_matter(city, in_city):
    order = np.random.default_rng(1).permutation(city[0].size)
    mixed = self_excitation.space_time(*(one[order] for one in city), horizon=CITY["horizon"])
    assert mixed.branching == pytest.approx(in_city.branching, rel=1e-6)
    assert mixed.background_chance == pytest.approx(in_city.background_chance[order], rel=1e-4)


def test_the_background_at_an_event_is_the_kernel_sum_over_all_others():
    chance = np.random.default_rng(2)
    x, y = chance.normal(0, 700, (2, 800))
    weight = chance.uniform(0.2, 1, 800)
    near = np.exp(-((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2) / (2 * 300.0**2))
    np.fill_diagonal(near, 0)
    exact = near @ weight / (2 * np.pi * 300.0**2)
    found = _Background(x, y, 300.0)
    seen = (found.at_events(weight) - 1 / found.area) * weight.sum() / (weight.sum() - 1)
    assert np.abs(seen - exact).max() < 0.01 * exact.max()


def test_following_along_planted_ties_is_recovered(over_ties):
    assert over_ties.settled
    same, one, two = over_ties.followers
    assert one == pytest.approx(0.07, rel=0.2)
    assert over_ties.decay == pytest.approx(0.02, rel=0.2)
    assert over_ties.background[0] == pytest.approx(4e-5, rel=0.1)
    assert same < 0.02
    assert two < 0.01


def test_the_event_followed_is_earlier_and_within_two_ties(ties, over_ties):
    person, day, edges = ties
    near = over_network._within_two(edges, TIES["people"]).tocsr()
    later = np.flatnonzero(over_ties.follows >= 0)
    earlier = over_ties.follows[later]
    assert later.size > 50
    assert (day[earlier] < day[later]).all()
    assert (near[person[earlier], person[later]] > 0).all()
    assert (over_ties.cascade[earlier] == over_ties.cascade[later]).all()


def test_steps_between_people_are_the_fewest():
    edges = np.array([[0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [1, 0]])
    steps = over_network._within_two(edges, 6).toarray() - 1
    expected = [
        [0, 1, 1, 2, -1, -1], [1, 0, 1, 2, -1, -1], [1, 1, 0, 1, 2, -1],
        [2, 2, 1, 0, 1, -1], [-1, -1, 2, 1, 0, -1], [-1, -1, -1, -1, -1, 0],
    ]  # fmt: skip
    assert steps.tolist() == expected


def test_events_scattered_over_a_network_follow_little(ties):
    chance = np.random.default_rng(5)
    person = chance.integers(0, TIES["people"], 1_000)
    day = chance.uniform(0, TIES["horizon"], 1_000)
    found = self_excitation.network(person, day, ties[2], people=8_000, horizon=3_000.0)
    assert found.following < 0.05


def test_a_bad_year_everywhere_can_be_taken_out(ties):
    chance = np.random.default_rng(6)
    person = chance.integers(0, TIES["people"], 3_000)
    day = np.concatenate([chance.uniform(0, 2_700, 600), chance.uniform(2_700, 3_000, 2_400)])
    steady, spans = (
        self_excitation.network(
            person, day, ties[2], people=8_000, horizon=3_000.0, background_edges=edges
        )
        for edges in (None, [0.0, 2_700.0, 3_000.0])
    )
    assert spans.background[1] > 20 * spans.background[0]
    assert spans.following < steady.following


PLACE = np.random.default_rng(0).uniform(0, 5_000, (2, 60)) + 350_000
DAY = np.linspace(0, 90, 60)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: self_excitation.space_time(*PLACE / 1e5, DAY, horizon=90), "degrees"),
        (lambda: self_excitation.space_time(*PLACE[:, :9], DAY[:9], horizon=90), "9 events"),
        (lambda: self_excitation.space_time(*PLACE, DAY, horizon=50), "horizon 50"),
        (lambda: self_excitation.space_time(*PLACE, DAY, horizon=90, bandwidths=()), "bandwidths"),
        (lambda: self_excitation.space_time(*PLACE, DAY, horizon=90, bandwidths=[0.5]), "cells"),
        (lambda: self_excitation.space_time(*PLACE, DAY, horizon=90, within_m=0), "within_m"),
        (lambda: self_excitation.network([1] * 9, DAY[:9], [], people=3, horizon=90), "9 events"),
        (lambda: self_excitation.network([3] * 60, DAY, [], people=3, horizon=90), "person"),
        (lambda: self_excitation.network([1] * 60, DAY, [[0, 9]], people=3, horizon=90), "edges"),
        (lambda: self_excitation.network([1] * 60, DAY, [], people=3, horizon=50), "horizon 50"),
        (
            lambda: self_excitation.network(
                [1] * 60, DAY, [], people=3, horizon=90, background_edges=[0, 50]
            ),
            "background_edges",
        ),
    ],
)  # fmt: skip
def test_absurd_places_people_and_times_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
