"""Weighted displacement difference against the published example, power and planted nulls."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import evaluation

PUBLISHED = ((207, 110), (308, 318), (178, 157), (150, 140))
COUNT = st.integers(0, 400)
PAIR = st.tuples(COUNT, COUNT)


def test_the_published_example_comes_out_as_printed():
    found = evaluation.wdd(*PUBLISHED)
    assert found.estimate == -118
    assert found.standard_error**2 == pytest.approx(1568)
    assert round(found.z, 2) == -2.98
    assert [round(limit) for limit in found.interval] == [-196, -40]


def test_area_weights_give_the_published_figures():
    found = evaluation.wdd(*PUBLISHED, area_weights=(1.2, 0.9, 1.5, 1.6))
    assert round(found.estimate, 3) == -99.694
    assert round(found.standard_error, 3) == 35.428


def test_time_weights_give_the_published_figures():
    found = evaluation.wdd((80, 20), (100, 50), time_weights=(2, 1))
    assert found.estimate == pytest.approx(-20)
    assert found.standard_error**2 == pytest.approx(115)


def test_the_quotient_is_positive_when_the_surroundings_gain_and_negative_when_it_moves():
    assert evaluation.wdd(*PUBLISHED).displacement_quotient == pytest.approx(0.258186, abs=1e-6)
    moved = evaluation.wdd((100, 50), (100, 100), (50, 75), (50, 50))
    assert moved.displacement_quotient == pytest.approx(-0.5)
    assert math.isnan(evaluation.wdd((100, 50), (100, 100)).displacement_quotient)


@pytest.mark.parametrize(
    ("events", "chance"), [(25, 0.12), (50, 0.21), (100, 0.36), (200, 0.63), (400, 0.90)]
)
def test_a_true_cut_of_31_percent_is_mostly_missed_in_small_cells(events, chance):
    assert round(evaluation.wdd_power(0.31, events, events), 2) == chance


def test_the_detectable_cut_is_the_one_found_four_times_in_five():
    cut = evaluation.wdd_detectable(120, 100, 80, 90, dispersion=1.7)
    assert evaluation.wdd_power(cut, 120, 100, 80, 90, dispersion=1.7) == pytest.approx(0.8)


def test_where_even_a_fall_to_zero_would_be_missed_no_cut_is_detectable():
    assert math.isnan(evaluation.wdd_detectable(5, 5))
    assert math.isnan(evaluation.wdd((0, 4), (5, 5)).detectable_cut)


def test_the_detectable_cut_knows_nothing_of_what_came_after():
    after = [evaluation.wdd((80, one), (90, other)) for one, other in ((80, 90), (3, 500))]
    assert after[0].detectable_cut == after[1].detectable_cut


@settings(max_examples=60, deadline=None)
@given(PAIR, PAIR, PAIR, PAIR, st.floats(1, 5))
def test_dispersion_widens_by_its_root_and_never_moves_the_estimate(t, c, d, dc, dispersion):
    if not any((*t, *c)):
        return
    plain = evaluation.wdd(t, c, d, dc)
    wide = evaluation.wdd(t, c, d, dc, dispersion=dispersion)
    assert wide.estimate == plain.estimate
    ratio = wide.standard_error / plain.standard_error
    assert ratio == pytest.approx(math.sqrt(dispersion))


@settings(max_examples=60, deadline=None)
@given(PAIR, PAIR)
def test_changing_places_turns_the_sign_and_nothing_else(treated, control):
    if not any((*treated, *control)):
        return
    one, other = evaluation.wdd(treated, control), evaluation.wdd(control, treated)
    assert one.estimate == -other.estimate
    assert one.p_value == pytest.approx(other.p_value)


@pytest.mark.parametrize(("spread", "rejected"), [(1.5, 0.11), (2, 0.17), (3, 0.26)])
def test_dispersion_brings_the_rejections_of_a_true_null_back_to_5_percent(spread, rejected):
    chance, runs = np.random.default_rng(2), 2_000
    table = chance.negative_binomial(100 / (spread - 1), 1 / spread, (runs, 4))
    naive, honest = (
        np.mean([evaluation.wdd(row[:2], row[2:], dispersion=by).p_value < 0.05 for row in table])
        for by in (1, spread)
    )
    assert naive == pytest.approx(rejected, abs=4 * math.sqrt(rejected * (1 - rejected) / runs))
    assert honest == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / runs))


def test_overdispersion_is_recovered_from_areas_of_different_size():
    chance = np.random.default_rng(4)
    mean = np.array([[5.0], [20.0], [80.0]])
    counts = chance.negative_binomial(mean, 0.5, (3, 400))
    assert evaluation.overdispersion(counts) == pytest.approx(2, abs=0.25)
    assert evaluation.overdispersion(np.full((2, 20), 7)) == 1


def test_windows_hold_their_first_day_and_not_their_last():
    counted = evaluation.count_windows(
        [0, 1, 9, 10, 365, 374.9, 375], before=(0, 10), after=(365, 375)
    )
    assert counted == (3, 2)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: evaluation.wdd((1.5, 2), (3, 4)), "treated"),
        (lambda: evaluation.wdd((1, -2), (3, 4)), "treated"),
        (lambda: evaluation.wdd((1, 2, 3), (3, 4)), "before, after"),
        (lambda: evaluation.wdd((0, 0), (0, 0)), "nothing to compare"),
        (lambda: evaluation.wdd((9, 2), (3, 4), dispersion=0.5), "at least 1"),
        (lambda: evaluation.wdd((9, 2), (3, 4), time_weights=(0, 1)), "time_weights"),
        (lambda: evaluation.wdd((9, 2), (3, 4), level=95), "level"),
        (lambda: evaluation.wdd_power(31, 100, 100), "cut"),
        (lambda: evaluation.wdd_power(0.3, 0, 100), "treated"),
        (lambda: evaluation.overdispersion([4, 5, 6]), "too few"),
        (lambda: evaluation.count_windows([1], before=(0, 10), after=(9, 19)), "overlap"),
        (lambda: evaluation.count_windows([1], before=(0, 10), after=(10, 40)), "10 and 30 days"),
        (lambda: evaluation.count_windows([1], before=(10, 0), after=(10, 40)), "is empty"),
    ],
)
def test_absurd_comparisons_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
