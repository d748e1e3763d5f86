"""Retaliation against plain loops, every possible shuffle, planted answers and pure chance."""

from itertools import permutations as orders

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import retaliation
from tests.benchmarks.feuds import incidents

group = st.sampled_from(["Elm", "Oak", "Fir"])
sides = st.tuples(st.sets(group, max_size=2), st.sets(group, max_size=2))
events = st.lists(st.tuples(sides, st.integers(0, 20)), max_size=12)
WINDOWS = (3, 7)


def rows(events):
    """Rows of `lag_curve` from (victims' groups, suspects' groups), day."""
    found = [
        (nth, name, role, float(day))
        for nth, (parts, day) in enumerate(events)
        for role, names in zip(("victim", "suspect"), parts, strict=True)
        for name in names
    ]
    return [list(column) for column in zip(*found, strict=True)] if found else [[], [], [], []]


def answers(events, window, toward):
    """Each group's answers, one by one."""
    count = 0
    for (victims, suspects), day in events:
        for (victims_after, suspects_after), after in events:
            if not 0 < after - day <= window:
                continue
            for name in victims & suspects_after:
                if toward == "anyone":
                    count += 1
                else:
                    count += len((suspects & victims_after) - {name})
    return count


@settings(max_examples=150, deadline=None)
@given(events, st.sampled_from(["anyone", "attackers"]))
def test_answers_are_those_counted_one_by_one(events, toward):
    found = retaliation.lag_curve(*rows(events), within_days=WINDOWS, toward=toward, permutations=0)
    assert found.observed.tolist() == [answers(events, window, toward) for window in WINDOWS]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(sides, st.integers(0, 12)), min_size=2, max_size=6))
def test_what_is_expected_is_the_mean_over_every_possible_shuffle(events):
    """One group: dates are shuffled over its own incidents, whoever else was there."""
    of_elm = [
        (tuple(names & {"Elm"} for names in parts), day)
        for parts, day in events
        if "Elm" in parts[0] | parts[1]
    ]
    found = retaliation.lag_curve(*rows(of_elm), within_days=WINDOWS, permutations=0)
    parts = [part for part, _ in of_elm]
    for at, window in enumerate(WINDOWS):
        counts = [
            answers(
                [(part, day) for part, (_, day) in zip(order, of_elm, strict=True)],
                window,
                "anyone",
            )
            for order in orders(parts)
        ]
        assert found.expected[at] == pytest.approx(np.mean(counts))


@pytest.mark.parametrize("toward", ["anyone", "attackers"])
def test_the_shuffles_agree_with_the_exact_expectation(toward):
    found = retaliation.lag_curve(*incidents(400, answered=0.1), toward=toward)
    assert (np.abs(found.simulation_error) < 4).all()


@pytest.mark.parametrize("toward", ["anyone", "attackers"])
def test_neither_the_order_of_rows_nor_the_number_of_shuffles_changes_a_shuffle(toward):
    columns = incidents(200, answered=0.1)
    order = np.random.default_rng(0).permutation(len(columns[0]))
    mixed = [[column[row] for row in order] for column in columns]
    here, there = (
        retaliation.lag_curve(*each, toward=toward, permutations=99) for each in (columns, mixed)
    )
    assert here.p_value.tolist() == there.p_value.tolist()
    assert here.simulated_mean.tolist() == there.simulated_mean.tolist()
    assert here.p_curve == there.p_curve


def test_planted_retaliation_is_found_where_it_is_and_fades_as_the_window_grows():
    found = retaliation.lag_curve(*incidents(800, answered=0.15), toward="attackers")
    assert found.p_curve == found.p_value[0] == 1 / 1_000
    assert found.ratio[0] > 1.3
    assert (np.diff(found.ratio) < 0).all()
    assert found.excess[2] > 20
    assert found.ratio_between[-1] < 1.2
    assert retaliation.lag_curve(*incidents(800, answered=0.15)).p_curve < 0.01


@pytest.mark.parametrize("toward", ["anyone", "attackers"])
def test_pure_chance_is_called_retaliation_no_more_often_than_said(seeds, toward):
    found = [
        retaliation.lag_curve(
            *incidents(200, groups=8, days=730, seed=seed), toward=toward, permutations=99
        )
        for seed in range(seeds)
    ]
    called = (np.array([[*one.p_value, one.p_curve] for one in found]) <= 0.05).mean(axis=0)
    assert (called <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / seeds)).all()


def test_p_is_never_nought_and_one_where_nothing_can_be_told():
    found = retaliation.lag_curve([1, 2], ["Elm", "Elm"], ["victim", "suspect"], [0, 2])
    assert found.observed.tolist() == [1] * 5
    assert found.expected.tolist() == [0.5] * 5
    assert found.ratio.tolist() == [2] * 5
    assert (found.p_value > 0.4).all()
    silent = retaliation.lag_curve([1, 2], ["Elm", "Elm"], ["victim", "victim"], [0, 2])
    assert (silent.groups, silent.p_curve, set(silent.p_value)) == (0, 1, {1})
    assert np.isnan(silent.ratio).all()


def test_no_incidents_and_no_shuffles_give_an_empty_curve():
    found = retaliation.lag_curve([], [], [], [], permutations=0)
    assert found.observed.tolist() == [0] * 5
    assert np.isnan(found.p_value).all()
    assert np.isnan(found.p_curve)


def test_two_incidents_on_one_day_have_no_order_and_are_said_apart():
    columns = [1, 2, 3], ["Elm"] * 3, ["victim", "suspect", "suspect"], [5, 5, 6]
    found = retaliation.lag_curve(*columns)
    assert (found.observed[0], found.same_time) == (1, 1)


def test_an_answer_on_the_last_day_of_a_window_counts_and_a_day_later_does_not():
    for day, counted in ((3, [1, 1]), (3.5, [0, 1]), (7, [0, 1]), (7.001, [0, 0])):
        columns = [1, 2], ["Elm", "Elm"], ["victim", "suspect"], [0, day]
        found = retaliation.lag_curve(*columns, within_days=WINDOWS, permutations=0)
        assert found.observed.tolist() == counted


@pytest.mark.parametrize(
    ("columns", "options", "reason"),
    [
        (([1], ["Elm"], ["witness"], [0]), {}, "witness"),
        (([1], [None], ["victim"], [0]), {}, "missing"),
        (([1], ["Elm"], ["victim"], [np.nan]), {}, "missing"),
        (([1], ["Elm"], ["victim"], [0, 1]), {}, "t has 2"),
        (([1, 1], ["Elm", "Oak"], ["victim", "suspect"], [0, 1]), {}, "incident 1 is at two times"),
        (([1], ["Elm"], ["victim"], [0]), {"within_days": (7, 3)}, "increasing"),
        (([1], ["Elm"], ["victim"], [0]), {"within_days": ()}, "increasing"),
        (([1], ["Elm"], ["victim"], [0]), {"within_days": (0, 3)}, "above 0"),
        (([1], ["Elm"], ["victim"], [0]), {"toward": "police"}, "police"),
        (([1], ["Elm"], ["victim"], [0]), {"permutations": -1}, "whole number"),
    ],
)
def test_absurd_input_is_refused_with_the_reason(columns, options, reason):
    with pytest.raises(ValueError, match=reason):
        retaliation.lag_curve(*columns, **options)


def test_more_pairs_than_memory_holds_are_refused(monkeypatch):
    monkeypatch.setattr(retaliation, "_MOST_PAIRS", 100)
    with pytest.raises(ValueError, match="shorten the windows"):
        retaliation.lag_curve(*incidents(300))
