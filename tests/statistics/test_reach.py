"""Reach against a real call-in, small networks of known optimum, and brute force."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import reach
from ceasefire.statistics.reach import budget, cover, reduce
from tests.benchmarks.networks import co_arrests
from tests.statistics.small_networks import DAVIS, FLORENTINE, GRID, KARATE, PETERSEN

REALLY_CALLED_IN = [4, 5, 11, 22]
SUPERVISED = [2, 5, 7, 12, 20]

person = st.integers(0, 8)
networks = st.lists(st.tuples(person, person), max_size=16)
somebody = st.sets(person, max_size=9)


@pytest.fixture(scope="module")
def gang(shared_data):
    return pd.read_csv(shared_data("networks/wheeler_gang1/Edges_Gang1.csv"))


def reached_by(edges, invited):
    ties = [*edges, *((b, a) for a, b in edges), *((one, one) for one in range(9))]
    return {b for a, b in ties if a in invited}


def most_by_trying_all(edges, eligible, k):
    lists = combinations(sorted(eligible), min(k, len(eligible)))
    return max(len(reached_by(edges, invited)) for invited in lists)


def test_eight_of_the_real_gang_reach_all_twenty_two(gang):
    found = reach.fewest(gang)
    assert (len(found.people), found.of, found.reached, found.proven) == (8, 22, 22, True)
    assert reach.observed(gang, found.people).unreached == ()


def test_the_four_really_called_in_reached_six_where_four_could_reach_sixteen(gang):
    found = reach.observed(gang, REALLY_CALLED_IN)
    assert (found.reached, found.of, len(found.unreached)) == (6, 22, 16)
    assert (found.best.reached, found.best.proven) == (16, True)


def test_all_supervised_people_reach_thirteen_and_the_others_are_named(gang):
    found = reach.fewest(gang, eligible=SUPERVISED)
    assert sorted(found.people) == SUPERVISED
    assert (found.reached, found.proven) == (13, True)
    assert len(found.unreached) == 9
    assert reach.observed(gang, SUPERVISED).reached == 13


def test_best_reach_grows_with_the_number_of_invitations_as_worked_out_before(gang):
    everyone = [reach.most(gang, k) for k in range(1, 9)]
    supervised = [reach.most(gang, k, eligible=SUPERVISED) for k in range(1, 6)]
    assert [one.reached for one in everyone] == [8, 11, 14, 16, 18, 20, 21, 22]
    assert [one.reached for one in supervised] == [6, 8, 10, 12, 13]
    assert all(one.proven for one in everyone + supervised)


@pytest.mark.parametrize(
    ("edges", "fewest"),
    [(KARATE, 4), (DAVIS, 5), (FLORENTINE, 5), (GRID, 16), (PETERSEN, 3)],
    ids=["karate", "davis", "florentine", "grid of 8 by 8", "petersen"],
)
def test_small_networks_have_the_optimum_that_is_known(edges, fewest):
    found = reach.fewest(edges)
    assert (len(found.people), found.proven, found.unreached) == (fewest, True, ())
    assert reach.most(edges, fewest).reached == found.of
    assert reach.most(edges, fewest - 1).reached < found.of


@settings(max_examples=150, deadline=None)
@given(networks, somebody)
def test_no_shorter_list_reaches_everyone_who_can_be_reached(edges, eligible):
    found = reach.fewest(edges, people=range(9), eligible=eligible)
    reachable = reached_by(edges, eligible)
    assert set(found.people) <= eligible
    assert set(found.unreached) == set(range(9)) - reachable
    assert reached_by(edges, found.people) == reachable
    assert found.proven
    if found.people:
        assert most_by_trying_all(edges, eligible, len(found.people) - 1) < len(reachable)


@settings(max_examples=150, deadline=None)
@given(networks, somebody, st.integers(0, 9))
def test_no_other_list_of_as_many_reaches_more(edges, eligible, k):
    found = reach.most(edges, k, people=range(9), eligible=eligible)
    assert set(found.people) <= eligible
    assert len(found.people) <= k
    assert len(reached_by(edges, found.people)) == found.reached
    assert set(found.unreached) == set(range(9)) - reached_by(edges, found.people)
    assert (found.reached, found.proven) == (most_by_trying_all(edges, eligible, k), True)


@settings(max_examples=60, deadline=None)
@given(networks, st.permutations(range(9)))
def test_names_do_not_change_how_many_are_needed(edges, names):
    plain = reach.fewest(edges, people=range(9))
    renamed = reach.fewest([(names[b], names[a]) for a, b in edges], people=names)
    assert len(plain.people) == len(renamed.people)


def test_ties_read_alike_from_pairs_arrays_and_frames_whatever_the_labels():
    named = [("Ana", "Ben"), ("Ben", "Cai"), ("Ben", "Ana"), ("Cai", "Cai")]
    assert reach.fewest(named).people == ("Ben",)
    assert reach.fewest(np.array(named)).people == ("Ben",)
    assert reach.fewest(pd.DataFrame(named)).people == ("Ben",)
    assert reach.fewest([((0, 0), (0, 1)), ((0, 1), (1, 1))]).people == ((0, 1),)


def test_people_without_ties_can_only_be_reached_by_an_invitation():
    assert reach.fewest([], people=["Ana", "Ben"]).people == ("Ana", "Ben")
    assert reach.fewest([], people=["Ana", "Ben"], eligible=["Ben"]).unreached == ("Ana",)
    nobody = reach.fewest([])
    assert (nobody.people, nobody.of, nobody.proven) == ((), 0, True)
    assert reach.most([], 3).people == ()


def test_nobody_is_invited_who_adds_nobody():
    assert reach.most([("Ana", "Ben"), ("Ben", "Cai")], 3).people == ("Ben",)
    assert reach.most([("Ana", "Ben")], 0).people == ()


def test_without_time_for_a_proof_the_list_still_reaches_all_and_the_gap_is_said():
    chance = np.random.default_rng(3)
    edges = chance.integers(0, 120, (240, 2))
    hurried = reach.fewest(edges, people=range(120), seconds=1e-9)
    assert not hurried.proven
    assert 0 < hurried.gap == len(hurried.people) - hurried.at_least
    assert reach.observed(edges, hurried.people, people=range(120)).reached == 120
    patient = reach.fewest(edges, people=range(120))
    assert patient.proven
    assert hurried.at_least <= len(patient.people) <= len(hurried.people)


def test_reach_without_time_for_a_proof_is_bounded_from_above():
    chance = np.random.default_rng(3)
    edges = chance.integers(0, 120, (240, 2))
    hurried = reach.most(edges, 12, people=range(120), seconds=1e-9)
    patient = reach.most(edges, 12, people=range(120))
    assert patient.proven
    assert not hurried.proven
    assert hurried.reached <= patient.reached <= hurried.at_most


def test_a_solver_that_gives_nothing_back_leaves_the_greedy_list(monkeypatch):
    import scipy.optimize

    class Nothing:
        x, fun, mip_dual_bound = None, None, None

    monkeypatch.setattr(scipy.optimize, "milp", lambda *_, **__: Nothing)
    edges = np.random.default_rng(3).integers(0, 120, (240, 2))
    assert reach.observed(edges, reach.fewest(edges).people).unreached == ()
    assert reach.most(edges, 12).gap > 0
    assert cover.Fewest((1, 2, 3), (), 9, 2, 1.0).gap == 1
    assert budget.Most((1,), 4, 9, 1, 6, (), 1.0).gap == 2


def test_what_is_too_large_to_reduce_the_solver_proves_alone(monkeypatch):
    edges = co_arrests(300)
    reduced = reach.fewest(edges, people=range(300)), reach.most(edges, 20, people=range(300))
    monkeypatch.setattr(reduce, "_MOST_PRODUCTS", 0)
    whole = reach.fewest(edges, people=range(300)), reach.most(edges, 20, people=range(300))
    assert all(one.proven for one in reduced + whole)
    assert len(reduced[0].people) == len(whole[0].people)
    assert reduced[1].reached == whole[1].reached


def test_ten_thousand_people_are_proven_and_the_answer_repeats():
    edges = co_arrests(10_000)
    found = reach.fewest(edges, people=range(10_000))
    assert found.proven
    assert found.people == reach.fewest(edges, people=range(10_000)).people
    assert reach.observed(edges, found.people, people=range(10_000)).reached == 10_000


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: reach.fewest([(1, 2, 3)]), "each tie is a pair"),
        (lambda: reach.fewest(np.zeros((2, 3))), "each tie is a pair"),
        (lambda: reach.fewest([(1, None)]), "missing"),
        (lambda: reach.fewest([(1, float("nan"))]), "missing"),
        (lambda: reach.fewest([(1, pd.NA)]), "missing"),
        (lambda: reach.fewest([(1, 2)], people=[1]), "2 has a tie but is not among the people"),
        (lambda: reach.fewest([(1, 2)], people=[1, 2, 2]), "1 are given more than once"),
        (lambda: reach.fewest([(1, 2)], eligible=[3]), "for example 3"),
        (lambda: reach.observed([(1, 2)], [3]), "invited: 1 of 1"),
        (lambda: reach.most([(1, 2)], 1.5), "whole number"),
        (lambda: reach.most([(1, 2)], -1), "whole number"),
        (lambda: reach.fewest([(1, 2)], seconds=0), "some time"),
        (lambda: reach.most([(1, 2)], 1, seconds=-1), "some time"),
    ],
)
def test_absurd_questions_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
