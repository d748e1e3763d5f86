"""What people of one home share never joins them."""

import csv
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.registry.linkage import homes
from ceasefire.registry.linkage.linking import JOINED, REVIEWED, link
from ceasefire.registry.linkage.records import records_of
from ceasefire.registry.linkage.training import train
from tests.benchmarks.people import person_of, write_people
from tests.registry.linkage.test_quality import pairs_of

RECORDS = 4_000


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Invented households (twins and namesakes among them), a tenth of the records twice."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    write_people(path, RECORDS, seed=11)
    return path


@pytest.fixture(scope="module")
def linked(city):
    table = records_of([city])
    return link(table, train(table), why=True)


def test_people_of_one_home_are_not_joined_and_second_records_are(linked):
    told = linked.people.to_pydict()
    people = dict(zip(told["record_id"], told["cluster_id"], strict=True))
    true, found = pairs_of({one: person_of(one) for one in people}), pairs_of(people)
    assert len(true & found) / len(found) >= 0.98
    assert len(true & found) / len(true) >= 0.75


def test_what_is_not_joined_is_mostly_asked(linked):
    told = linked.pairs.to_pydict()
    sides = zip(told["record_id_l"], told["record_id_r"], strict=True)
    looked_at = {tuple(sorted(pair)) for pair in sides}
    people = linked.people["record_id"].to_pylist()
    true = pairs_of({one: person_of(one) for one in people})
    assert len(true & looked_at) / len(true) >= 0.85
    # Nobody is asked about ten pairs to find one.
    assert len(true & looked_at) / len(looked_at) >= 0.9


def test_the_evidence_shown_adds_up_to_the_weight(city, linked):
    begins = train(records_of([city])).settings["probability_two_random_records_match"]
    before = np.log2(begins / (1 - begins))
    weights = linked.pairs["match_weight"].to_pylist()
    for weight, fields in zip(weights, linked.why, strict=True):
        assert before + sum(one.weight + one.rare for one in fields) == pytest.approx(weight)
        assert weight >= REVIEWED
    assert any(one.field == "home" for fields in linked.why for one in fields)


def test_two_people_of_a_home_who_share_all_but_their_own_stay_apart(tmp_path):
    """However rare the family's name and however much the address agrees."""
    chance = random.Random(3)
    path = tmp_path / "people.csv"
    write_people(path, 600, seed=3)
    with path.open("a", newline="") as file:
        home = ("Quartermain", "{}", "77 ELDERBERRY CLOSE", "TOWN 3", "97041", "5035550111", "")
        born = (f"{chance.randrange(1, 13):02}/03/19{year}" for year in (51, 83))
        csv.writer(file).writerows(
            (f"home-{name}", name, home[0], day, *home[2:])
            for name, day in zip(("Ulric", "Bettina"), born, strict=True)
        )
    table = records_of([path])
    told = link(table, train(table)).pairs.to_pydict()
    pairs = {frozenset(one) for one in zip(told["record_id_l"], told["record_id_r"], strict=True)}
    assert frozenset(("home-Ulric", "home-Bettina")) not in pairs


def test_a_file_of_namesakes_alone_is_linked_too(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as file:
        rows = [(nth, "Ana", "Diaz", f"{1960 + nth}-03-0{1 + nth % 9}") for nth in range(30)]
        csv.writer(file).writerows([("record_id", "first", "last", "dob"), *rows])
    table = records_of([path])
    assert len(set(link(table, train(table)).people["cluster_id"].to_pylist())) > 20


@given(st.lists(st.floats(-60, 60), max_size=60), st.floats(0, 60))
def test_more_own_evidence_never_lowers_with_what_a_home_begins(own, more):
    own = np.array(own)
    assert homes.LEAST <= homes.learnt(own) <= homes.MOST
    assert homes.learnt(own + more) >= homes.learnt(own) - 1e-6


def test_a_file_without_homes_is_linked_by_what_it_has():
    assert homes.learnt(np.array([9.0] * (homes.FEWEST - 1))) == homes.BEGIN
    assert homes.Weights(["given"], ["mw_given"]).of_one_home() == f"0.0 >= {homes.TOLD}"
    assert JOINED > REVIEWED
