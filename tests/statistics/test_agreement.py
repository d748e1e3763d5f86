"""Agreement of two coders, against published tables and against what must hold of any."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.statistics.agreement import ac1, ac1_of, interval, kappa, kappa_of, table

LABELS = st.sampled_from(["confirmed", "suspected", "not", "undetermined"])
PAIRS = st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=40)


def coders(counts):
    """Two coders' labels that make up a table."""
    a, b = [], []
    for x, row in enumerate(counts):
        for y, times in enumerate(row):
            a += [x] * times
            b += [y] * times
    return a, b


def test_kappa_of_a_table_worked_by_hand():
    # 35 of 50 agree; expected .5 * .6 + .5 * .4 = .5, so (.7 - .5) / (1 - .5).
    assert kappa(*coders([[20, 5], [10, 15]])) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("counts", "told"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)]
)
def test_kappa_of_feinstein_and_cicchetti_at_85_per_cent_agreement(counts, told):
    assert kappa(*coders(counts)) == pytest.approx(told, abs=0.005)


def test_ac1_survives_the_paradox_in_which_kappa_falls_below_nought():
    # 118 of 125 agree. By hand: e = .984 * .96 + .016 * .04 = .94528;
    # m = .972, g = 2 * .972 * .028 = .054432.
    a, b = coders([[118, 5], [2, 0]])
    assert kappa(a, b) == pytest.approx((0.944 - 0.94528) / (1 - 0.94528))
    assert kappa(a, b) < 0
    assert ac1(a, b) == pytest.approx((0.944 - 0.054432) / (1 - 0.054432))
    assert ac1(a, b) == pytest.approx(0.94, abs=0.005)


@given(PAIRS)
def test_it_makes_no_difference_who_is_the_first(pairs):
    a, b = zip(*pairs, strict=True)
    for of in (kappa, ac1):
        assert of(a, b) == pytest.approx(of(b, a), nan_ok=True)


@given(st.lists(LABELS, min_size=2, max_size=30).filter(lambda told: len(set(told)) > 1))
def test_it_is_one_where_both_say_the_same_with_two_labels_at_least(told):
    assert kappa(told, told) == pytest.approx(1)
    assert ac1(told, told) == pytest.approx(1)


@given(PAIRS)
def test_it_lies_between_minus_one_and_one(pairs):
    a, b = zip(*pairs, strict=True)
    for of in (kappa, ac1):
        assert math.isnan(of(a, b)) or -1 - 1e-9 <= of(a, b) <= 1 + 1e-9


def test_kappa_is_not_defined_where_one_label_alone_is_used():
    assert math.isnan(kappa(["not"] * 5, ["not"] * 5))
    assert math.isnan(ac1(["not"] * 5, ["not"] * 5))
    assert ac1(["not"] * 5, ["not"] * 5, labels=["not", "confirmed"]) == 1


def test_pairs_in_which_one_is_missing_are_dropped():
    a, b = ["x", "y", None, "x", ""], ["x", "y", "x", float("nan"), "y"]
    assert kappa(a, b) == 1
    assert table(a, b).sum() == 2


@pytest.mark.parametrize(("a", "b"), [([], []), (["x"], []), ([None], ["x"])])
def test_without_pairs_it_says_so(a, b):
    with pytest.raises(ValueError, match="pair"):
        kappa(a, b)


def test_a_label_that_is_not_on_the_scale_is_refused():
    with pytest.raises(ValueError, match="scale"):
        ac1(["x"], ["y"], labels=["x", "z"])


def test_it_agrees_with_scikit_learn_where_that_is_there():
    sklearn = pytest.importorskip("sklearn.metrics")
    draw = np.random.default_rng(3)
    a, b = draw.integers(0, 4, (2, 200))
    assert kappa(a, b) == pytest.approx(sklearn.cohen_kappa_score(a, b))


@pytest.mark.parametrize("of", [kappa_of, ac1_of])
def test_the_interval_covers_about_as_often_as_it_says(of):
    # 600 draws of 120 pairs: 95% of them, give or take four standard errors.
    truth = np.array([[0.40, 0.06, 0.02], [0.05, 0.25, 0.04], [0.02, 0.04, 0.12]])
    draw = np.random.default_rng(11)
    hit = 0
    for counts in draw.multinomial(120, truth.ravel(), size=600):
        low, high = interval(counts.reshape(3, 3), of)
        hit += low <= of(truth) <= high
    assert 0.91 <= hit / 600 <= 0.985


def test_of_fewer_than_two_pairs_there_is_no_interval():
    assert all(math.isnan(one) for one in interval(np.array([[1, 0], [0, 0]])))
