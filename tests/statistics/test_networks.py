"""Networks against plain loops, a real file of people and crimes, and small known shapes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics import networks, reach, ties
from ceasefire.statistics.networks import near
from tests.benchmarks.networks import incidents
from tests.statistics.small_networks import GRID, KARATE, PETERSEN

person = st.integers(0, 9)
rows = st.lists(st.tuples(person, st.integers(0, 7), st.integers(0, 30)), max_size=30)
edges = st.lists(st.tuples(person, person), max_size=25)


@pytest.fixture(scope="module")
def st_louis(shared_data):
    """Person and crime of 1,476 involvements in police records of the 1990s."""
    path = shared_data("networks/moreno_crime/out.moreno_crime_crime")
    return np.loadtxt(path, comments="%", dtype=int).T


def neighbours(pairs):
    near = {one: set() for one in range(10)}
    for a, b in pairs:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    return near


@settings(max_examples=100, deadline=None)
@given(rows, st.integers(0, 30), st.integers(1, 30), st.integers(1, 3))
def test_two_people_are_tied_by_the_incidents_both_were_in_inside_the_window(
    involved, as_of, within, least
):
    who, what, day = np.array(involved, dtype=int).reshape(-1, 3).T
    found = networks.co_involvement(
        who, what, t=day, as_of=as_of, within_days=within, least=least, people=range(10)
    )
    at = {one: set() for one in range(10)}
    for one, incident, when in involved:
        if as_of - within < when <= as_of:
            at[one].add(incident)
    shared = [[len(at[a] & at[b]) * (a != b) for b in range(10)] for a in range(10)]
    shared = np.where(np.array(shared) >= least, shared, 0)
    assert (found.shared.toarray() == shared).all()
    assert (found.ties.near.toarray() == (shared > 0)).all()
    assert found.incidents.tolist() == [len(at[one]) for one in range(10)]


@settings(max_examples=100, deadline=None)
@given(edges, st.sets(person))
def test_exposure_is_the_share_shot_of_people_at_one_and_two_ties(pairs, shot):
    found = networks.exposure(pairs, shot, people=range(10))
    near = neighbours(pairs)
    for one in range(10):
        two = set().union(*(near[other] for other in near[one])) - near[one] - {one}
        assert found.tied[one].tolist() == [len(near[one]), len(two)]
        assert found.shot[one].tolist() == [len(near[one] & shot), len(two & shot)]
        within = near[one] | two
        if within:
            assert found.share[one] == len(within & shot) / len(within)
        else:
            assert np.isnan(found.share[one])


def test_exposure_worked_off_in_portions_is_the_same(monkeypatch):
    who, incident = incidents(300)
    network = networks.co_involvement(who, incident).ties
    whole = networks.exposure(network, network.people[:30])
    monkeypatch.setattr(near, "_PORTION", 50)
    portions = networks.exposure(network, network.people[:30])
    assert (whole.tied == portions.tied).all()
    assert (whole.shot == portions.shot).all()


def test_exposure_by_step_says_who_is_one_tie_away_and_who_two():
    found = networks.exposure([("Ana", "Ben"), ("Ben", "Cai"), ("Ben", "Dov")], ["Cai"])
    assert found.people == ("Ana", "Ben", "Cai", "Dov")
    assert found.share_by_step[0].tolist() == [0, 0.5]
    assert found.share.tolist() == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3])


@settings(max_examples=100, deadline=None)
@given(edges)
def test_everyone_in_a_core_has_as_many_ties_within_it_and_no_larger_set_does(pairs):
    core = networks.k_core(pairs, people=range(10))
    near = neighbours(pairs)
    for k in range(core.max() + 2):
        left = set(range(10))
        while fewer := {one for one in left if len(near[one] & left) < k}:
            left -= fewer
        assert {one for one in range(10) if core[one] >= k} == left


def test_cores_and_parts_of_known_networks():
    assert np.bincount(networks.k_core(KARATE)).tolist() == [0, 1, 11, 12, 10]
    assert set(networks.k_core(PETERSEN)) == {3}
    assert set(networks.k_core(GRID)) == {2}
    assert networks.components(KARATE).size.tolist() == [34]


def test_parts_are_numbered_from_the_largest():
    found = networks.components([(1, 2), (3, 4), (4, 5)], people=[9, 1, 2, 3, 4, 5])
    assert found.component.tolist() == [2, 1, 1, 0, 0, 0]
    assert found.size.tolist() == [3, 2, 1]
    assert networks.components([]).size.size == 0
    assert networks.k_core([]).size == 0


def test_st_louis_has_the_people_crimes_and_parts_that_its_keepers_count(st_louis):
    found = networks.co_involvement(*st_louis)
    parts = networks.components(found.ties)
    assert len(found.people) == 829
    assert found.incidents.sum() == 1_476
    assert (parts.size.size, parts.size[0]) == (20, 754)
    assert reach.fewest(found.ties).proven


def test_a_network_once_made_goes_into_every_method_that_takes_ties():
    made = networks.co_involvement(["Ana", "Ben", "Cai", "Ben"], [1, 1, 2, 2])
    assert made.ties.pairs() == [("Ana", "Ben"), ("Ben", "Cai")]
    assert reach.fewest(made.ties).people == ("Ben",)
    assert reach.fewest(made.ties, people=["Dov", "Ana", "Ben", "Cai"]).people == ("Dov", "Ben")
    assert ties.of(made.ties) is made.ties


def test_dyads_count_an_incident_once_for_each_pair_and_kind():
    found = networks.dyads(
        ["Elm", "Oak", "Elm", "Elm", "Fir"],
        ["Oak", "Elm", "Oak", "Fir", "Fir"],
        [1, 1, 2, 3, 4],
        kind=["feud", "feud", "feud", "ally", "feud"],
    )
    assert found.pairs.to_numpy().tolist() == [
        ["Elm", "Oak", "feud", 2],
        ["Elm", "Fir", "ally", 1],
    ]
    assert found.groups.loc["Elm"].tolist() == [1, 1, 3]
    assert found.groups.loc["Fir"].tolist() == [0, 1, 1]
    assert found.internal == 1


def test_dyads_outside_the_window_do_not_count_but_their_groups_stay():
    found = networks.dyads(
        ["Elm", "Elm"], ["Oak", "Fir"], [1, 2], t=[0, 180], as_of=180, within_days=180
    )
    assert found.pairs.to_numpy().tolist() == [["Elm", "Fir", "feud", 1]]
    assert found.groups["feud"].to_dict() == {"Elm": 1, "Oak": 0, "Fir": 1}
    empty = networks.dyads([], [], [])
    assert (len(empty.pairs), len(empty.groups), empty.internal) == (0, 0, 0)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: networks.co_involvement([1, 2], [1]), "person has 2, incident has 1"),
        (lambda: networks.co_involvement([1, None], [1, 1]), "missing"),
        (lambda: networks.co_involvement([1, 2], [1, pd.NA]), "missing"),
        (lambda: networks.co_involvement([1], [1], least=0), "1 or more"),
        (lambda: networks.co_involvement([1], [1], within_days=30), "day of every row"),
        (lambda: networks.co_involvement([1], [1], t=[1, 2]), "2 for 1 rows"),
        (lambda: networks.co_involvement([1], [1], t=[1], within_days=0), "above 0"),
        (lambda: networks.co_involvement([1, 2], [1, 1], people=[1]), "2 is not among"),
        (lambda: networks.co_involvement(range(1_001), [1] * 1_001), "mass|1,001 people"),
        (lambda: networks.exposure([(1, 2)], [3]), "shot: 1 of 1"),
        (lambda: networks.dyads(["A"], ["B"], [1], kind=["rumour"]), "rumour"),
        (lambda: networks.dyads(["A"], [None], [1]), "missing"),
    ],
)
def test_absurd_networks_are_refused_with_the_reason(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
