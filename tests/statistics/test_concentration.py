"""Concentration against published examples, brute force and New York's addresses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import concentration

counts = st.lists(st.integers(0, 20), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("held", "plain", "generalised"),
    [
        ((10, 8, 2), 0.78, 0.78),
        ((5, 2, 1), 0.80, 0.75),
        ((10,), 0.90, 0.90),
        ((3, 1, 1), 0.78, 0.56),
    ],
)
def test_gini_of_ten_places_matches_the_worked_examples(held, plain, generalised):
    ten = [*held, *[0] * (10 - len(held))]
    assert concentration.gini(ten) == pytest.approx(plain)
    assert concentration.generalised_gini(ten) == pytest.approx(generalised)


def test_all_events_at_one_place_is_as_concentrated_as_can_be():
    assert concentration.gini([10] + [0] * 9, unbiased=True) == pytest.approx(1)


@settings(max_examples=80, deadline=None)
@given(counts.filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(held):
    x = np.array(held, float)
    difference = np.abs(x[:, None] - x).mean()
    assert concentration.gini(x) == pytest.approx(difference / x.mean() / 2)


@given(st.integers(1, 40), st.integers(0, 40))
def test_the_most_even_spread_has_no_generalised_concentration(events, empty):
    spread = [1] * events + [0] * empty
    assert concentration.generalised_gini(spread) == pytest.approx(0, abs=1e-12)


def test_no_events_have_no_gini_and_need_no_places():
    assert np.isnan(concentration.gini([0, 0]))
    assert np.isnan(concentration.generalised_gini([0, 0]))
    assert concentration.places_holding([0, 0], 0.5).places == 0
    with pytest.raises(ValueError, match="no events"):
        concentration.lorenz([0, 0])


@settings(max_examples=80, deadline=None)
@given(counts, st.integers(0, 20).map(lambda value: value / 20))
def test_the_fewest_places_hold_the_share_and_one_fewer_do_not(held, share):
    found = concentration.places_holding(held, share)
    most = sorted(held, reverse=True)
    needed = share * sum(held) - 1e-9
    assert found.held == sum(most[: found.places]) >= needed
    assert found.places == 0 or sum(most[: found.places - 1]) < needed


def test_a_tie_at_the_last_place_is_stated():
    found = concentration.places_holding([3, 1, 3, 3], 0.5)
    assert (found.places, found.smallest, found.tied, found.tied_taken) == (2, 3, 3, 2)


def test_seven_hundredths_of_a_hundred_events_are_seven_whatever_the_binary_fraction():
    assert 0.07 * 100 > 7
    assert concentration.places_holding([1] * 100, 0.07).places == 7


def test_the_lorenz_curve_runs_from_corner_to_corner_below_the_diagonal():
    curve = concentration.lorenz([4, 0, 1, 5])
    assert curve.share_of_places.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert curve.share_of_events.tolist() == pytest.approx([0, 0, 0.1, 0.5, 1])


@pytest.mark.parametrize(
    ("held", "share", "reason"),
    [
        ([], 0.5, "empty"),
        ([1, -1], 0.5, "position 1"),
        ([1], 1.5, "share"),
        ([np.nan], 0.5, "missing"),
    ],
)
def test_absurd_counts_are_refused(held, share, reason):
    with pytest.raises(ValueError, match=reason):
        concentration.places_holding(held, share)


def test_half_of_new_york_shootings_lie_at_a_fifth_of_the_addresses(new_york):
    held = new_york.groupby(["x", "y"]).size().to_numpy()
    assert held.size == 12_878
    assert concentration.places_holding(held, 0.5).places == 2_776
    assert concentration.places_holding(held, 0.25).places == 701


def test_gini_over_new_york_precincts_is_the_one_worked_out_before(new_york):
    held = new_york["precinct"].value_counts()
    assert held.size == 77
    assert concentration.gini(held) == pytest.approx(0.528999, abs=5e-7)
