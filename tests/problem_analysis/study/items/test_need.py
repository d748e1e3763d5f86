"""T24: how circumstances overlap, and the range of how many people need service now."""

import pytest

from ceasefire.problem_analysis.study.items import t24_need
from ceasefire.problem_analysis.study.items.history import Fact
from tests.problem_analysis.study.items.hand_made import (
    ANN,
    BEN,
    CAL,
    DEE,
    EVE,
    codes,
    column,
    known,
    material,
    table,
)

SHOOTINGS = [
    (1, "2024-06-01", "injury"), (2, "2025-02-10", "injury"), (3, "2025-03-10", "fatal"),
    (4, "2025-04-10", "injury"), (5, "2025-05-10", "injury"), (6, "2025-06-10", "no_injury"),
]  # fmt: skip
PARTS = [
    (ANN, 2, "2025-02-10", "victim_hurt"), (ANN, 4, "2025-04-10", "suspect"),
    (BEN, 3, "2025-03-10", "victim_killed"), (CAL, 3, "2025-03-10", "suspect"),
    (DEE, 5, "2025-05-10", "victim_hurt"), (EVE, 5, "2025-05-10", "victim_hurt"),
]  # fmt: skip


@pytest.fixture
def world():
    people = known(
        PARTS, contacts=[(ANN, "arrest", "2024-01-01", "F", None),
                         (CAL, "arrest", "2024-01-01", "F", None)],
        terms=[(BEN, "Probation", "2024-01-01", None)], hurt=[(DEE, 900, "2020-01-01")],
    )  # fmt: skip
    told = codes((3, "confirmed", "group_feud", "", "yes"), (5, "not", "personal", "", "no"))
    return material(SHOOTINGS[1:], people, told)


def test_how_many_circumstances_hold_together(world):
    found = t24_need.build(world)
    shot = table(found, "victim-together")
    # Ann: two shootings and an arrest; Ben: supervised, and a group; Dee: shot before; Eve: none.
    assert column(shot, "n") == {"0": 1, "1": 1, "2": 2, "3": 0, "all": 4}
    # As suspects Ann has been shot before too; Cal: arrested, and a group.
    assert column(table(found, "suspect-together"), "n") == {
        "0": 0, "1": 0, "2": 1, "3": 1, "all": 2,
    }  # fmt: skip


def test_a_shooting_that_no_review_coded_is_not_known_to_be_without_a_group(world):
    facts = table(t24_need.build(world), "victim-facts")
    assert (facts.cell("group", "n"), facts.cell("group", "unknown")) == (1, 1)
    assert facts.cell("group", "rest") == 2
    assert facts.cell("group", "share") == pytest.approx(1 / 3)


def test_the_range_stands_on_its_steps(world):
    found = t24_need.build(world)
    # Everybody once: Ben died; Ann and Cal two or more, Dee one, Eve none.
    assert column(table(found, "lately"), "n") == {"died": 1, "0": 1, "1": 1, "2": 2, "all": 5}
    assert column(table(found, "open"), "n") == {"with": 2, "without": 3, "all": 5}
    assert table(found, "named").cell("wide", "each") == 1  # Ann and Cal, two shootings
    need = table(found, "need")
    # 2 rounded down to fives; 3 and one for each of three shootings, rounded up.
    assert (need.cell("range", "low"), need.cell("range", "high")) == (0, 10)


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0, 0), (4, 0, 5), (5, 5, 5), (99, 95, 100), (101, 100, 110)]
)
def test_low_is_rounded_down_and_high_up(n, low, high):
    import math

    assert t24_need._rounded(n, math.floor) == low
    assert t24_need._rounded(n, math.ceil) == high


def test_only_the_last_twelve_months_count_for_the_range():
    people = known([(ANN, 1, "2024-06-01", "victim"), (BEN, 2, "2025-02-10", "victim")])
    found = t24_need.build(material(SHOOTINGS, people))
    assert table(found, "lately").cell("all", "n") == 1


def test_c34_circumstances_are_counted_of_people_together_and_of_nobody_alone():
    counted = t24_need.held(
        [Fact("a", "a", frozenset({1, 2})), Fact("b", "b", None), Fact("c", "c", frozenset({2}))],
        frozenset({1, 2, 3}),
    )
    assert sorted(counted.values()) == [0, 1, 2]
    # What leaves the item has no row of a person: as many people again change counts, not rows.
    one = known([(ANN, 2, "2025-02-10", "victim")])
    many = known([(9_000_000 + n, 2, "2025-02-10", "victim") for n in range(40)])
    few, more = (t24_need.build(material(SHOOTINGS, people)) for people in (one, many))
    assert [len(t.rows) for t in few.tables] == [len(t.rows) for t in more.tables]
