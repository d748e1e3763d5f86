"""T11, T15 to T17, F18, F19: circumstance, arrests made, groups, and people tied to one another."""

import json
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.problem_analysis.study import public, results
from ceasefire.problem_analysis.study.items import (
    f18_sociogram,
    f19_network,
    t11_circumstance,
    t13_relation,
    t15_arrest_made,
    t16_groups,
    t17_conflicts,
    t22_unhoused,
)
from ceasefire.problem_analysis.study.items.item import Lacking, made
from ceasefire.problem_analysis.study.references import Referred
from ceasefire.problem_analysis.study.showing import Showing
from tests.problem_analysis.study.items.hand_made import (
    ANN,
    BEN,
    CAL,
    DEE,
    EVE,
    codes,
    column,
    frame,
    groups,
    known,
    material,
    table,
)

SHOOTINGS = [(n, f"2025-{n:02d}-10", "fatal" if n < 3 else "injury") for n in range(1, 9)]
OF_GROUPS = (t16_groups, t17_conflicts, f18_sociogram)


def test_first_and_second_circumstance_each_add_up_to_all_shootings():
    told = codes(
        (1, "confirmed", "group_feud", "drugs", "yes"), (2, "not", "personal", "", "no"),
        (3, "undetermined", "unknown", "", "undetermined"), (99, "not", "road", "", "no"),
    )  # fmt: skip
    found = t11_circumstance.build(material(SHOOTINGS, codes=told))
    why = table(found, "why")
    first, second = column(why, "first"), column(why, "second")
    assert first == {"group_feud": 1, "personal": 1, "drugs": 0, "unknown": 1, "·none": 0,
                     "·uncoded": 5, "·all": 8}  # fmt: skip
    assert (second["drugs"], second["·none"], second["·uncoded"]) == (1, 2, 5)
    assert why.cell("group_feud", "share") == 0.5
    sake = table(found, "sake")
    assert column(sake, "n") == {"yes": 1, "no": 1, "undetermined": 1, "·uncoded": 5, "·all": 8}
    for of, key in ((why, "first"), (why, "second"), (sake, "n")):
        counts = column(of, key)
        assert counts.pop("·all") == sum(counts.values())


@pytest.mark.parametrize("item", [t13_relation, t22_unhoused])
def test_what_the_register_does_not_hold_says_what_to_bring(item):
    found = item.build(material(SHOOTINGS))
    assert isinstance(found, Lacking)
    assert "the city would bring" in str(found.why.words)


def test_a_shooting_counts_once_by_the_furthest_step_of_its_suspects():
    people = known(
        [(ANN, 1, "2025-01-10", "suspect"), (BEN, 1, "2025-01-10", "charged"),
         (CAL, 2, "2025-02-10", "suspect"), (DEE, 3, "2025-03-10", "suspect"),
         (EVE, 4, "2025-04-10", "victim")],
        # Of Dee's shooting somebody else was arrested, and Eve is the victim of hers.
        [(CAL, "arrest", "2025-02-11", "F", 2), (ANN, "arrest", "2025-03-11", "F", 3),
         (EVE, "arrest", "2025-04-11", "F", 4)],
    )  # fmt: skip
    found = t15_arrest_made.build(material(SHOOTINGS, people))
    steps = table(found, "steps")
    assert column(steps, "n") == {"charged": 1, "arrested": 1, "suspect": 1, "nobody": 5, "all": 8}
    assert column(steps, "fatal")["all"] == 2
    assert table(found, "made").cell("all", "share") == 0.25
    assert "clearance" in str(t15_arrest_made.ABOUT.definition)


@pytest.fixture
def facts():
    return groups(
        [(11, 10, 20), (12, 5, 9), (13, None, None), (14, 3, 8)],
        [(1, 11, "victim"), (1, 12, "suspect"), (2, 12, "victim"), (2, 11, "suspect"),
         (3, 11, "victim"), (3, 11, "suspect"), (4, 13, "victim"), (5, 11, ""), (5, 12, "")],
        [(11, 12, "rivalry"), (11, 14, "alliance"), (12, 13, "rivalry")],
    )  # fmt: skip


def test_a_shooting_of_a_group_is_on_one_side_both_or_unknown(facts):
    found = t16_groups.build(material(SHOOTINGS, groups=facts))
    of = table(found, "groups")
    first = {c.key: of.cell("g11", c.key) for c in of.columns}
    assert first == {"low": 10, "high": 20, "victim": 1, "suspect": 1, "both": 1, "unknown": 1,
                     "n": 4}  # fmt: skip
    assert of.cell("g13", "low") is None
    assert of.cell("g14", "n") == 0
    assert table(found, "whole").cell("all", "n") == 5
    whole = table(found, "whole")
    assert (whole.cell("all", "low"), whole.cell("all", "high")) == (18, 37)


def test_members_are_a_share_of_the_residents_that_were_loaded(facts):
    told = ({"dimension": "race", "category": "all", "people": 600},
            {"dimension": "sex", "category": "f", "people": 500},
            {"dimension": "sex", "category": "m", "people": 500})  # fmt: skip
    found = t16_groups.build(material(SHOOTINGS, groups=facts, referred=Referred(population=told)))
    whole = table(found, "whole")
    assert (whole.cell("all", "low_share"), whole.cell("all", "high_share")) == (0.018, 0.037)


def test_pairs_of_groups_hold_shootings_each_way(facts):
    found = t17_conflicts.build(material(SHOOTINGS, groups=facts))
    pairs = table(found, "pairs")
    assert [row.key for row in pairs.rows] == ["g11-g12"]
    assert [*pairs.rows[0].cells] == [1, 1, 1, 3]
    relations = table(found, "relations")
    assert column(relations, "pairs") == {"rivalry": 2, "alliance": 1, "none": 0}
    (matrix,) = found.figures
    assert matrix.data["counts"] == [[0, 1], [1, 0]]


def _feud(back_after):
    """Sixty shootings of 11 at 12, each answered so many days later; 365 days of them."""
    first = [(2 * n, 6 * n) for n in range(60)]
    back = [(2 * n + 1, day + back_after) for n, (_i, day) in enumerate(first)]
    days = [(n, f"{date(2025, 1, 1) + timedelta(days=day)}", "injury") for n, day in first + back]
    sides = [(n, group, side) for shots, by, at in ((first, 11, 12), (back, 12, 11))
             for n, _day in shots for group, side in ((by, "suspect"), (at, "victim"))]  # fmt: skip
    return material(days, groups=groups([(11, 10, 20), (12, 8, 17)], sides))


def test_answers_are_counted_by_the_days_since_and_beside_what_chance_brings():
    answers = table(t17_conflicts.build(_feud(back_after=2)), "answers")
    assert answers.cell("d3", "n") == 60
    assert answers.cell("d3", "ratio") == 60 / answers.cell("d3", "expected") > 1.5
    assert answers.cell("d3", "p") == 0.001
    assert answers.cell("d90", "ratio") == pytest.approx(1, abs=0.05)
    assert [row.key for row in answers.rows] == ["d3", "d7", "d14", "d30", "d90"]


def test_few_shootings_between_groups_tell_of_no_answers(facts):
    found = t17_conflicts.build(material(SHOOTINGS, groups=facts))
    assert "answers" not in [one.key for one in found.tables]


def test_a_group_goes_by_its_number_and_is_named_for_whoever_may_read_it(facts):
    item = made(t17_conflicts.ABOUT, t17_conflicts.build, material(SHOOTINGS, groups=facts))
    kept = results.read(results.kept(item))
    assert Showing().item(kept).tables[1].rows[0][0].startswith("Group 1 / Group 2")
    named = Showing(group={11: "Dock", 12: "Mill"}.get).item(kept)
    assert named.tables[1].rows[0][0].startswith("Dock / Mill")
    assert "Dock" not in json.dumps(results.kept(item))


@pytest.mark.parametrize("item", OF_GROUPS)
def test_c31_without_groups_an_item_says_what_opens_them(item):
    found = item.build(material(SHOOTINGS))
    assert isinstance(found, Lacking)
    assert "policy" in str(found.why.words)


@pytest.mark.parametrize("item", OF_GROUPS)
def test_no_group_is_in_a_public_edition(item, facts):
    whole = made(item.ABOUT, item.build, material(SHOOTINGS, groups=facts))
    told = results.kept(public.public(results.read(results.kept(whole))))
    assert not any(told[part] for part in ("tables", "figures", "sentences", "notes"))
    assert '"group"' not in json.dumps(told)


def test_rivalry_and_alliance_differ_by_stroke_as_well_as_by_colour(facts):
    item = made(f18_sociogram.ABOUT, f18_sociogram.build, material(SHOOTINGS, groups=facts))
    (chart,) = Showing(palette="print").item(item).figures
    lines = [one for one in str(chart.printed).split("<") if one.startswith("line")]
    dashed = [one for one in lines if "stroke-dasharray" in one]
    assert {("#b3261e" in one, one in dashed) for one in lines} == {(True, False), (False, True)}
    assert [row[1] for row in chart.rows] == ["At odds", "Allied", "At odds"]


@given(st.integers(1, 30), st.data())
@settings(deadline=None, max_examples=25)
def test_a_layout_is_the_same_again_and_stays_on_its_sheet(nodes, data):
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    lines = [one for one in data.draw(st.lists(ends, max_size=40)) if one[0] != one[1]]
    places = f18_sociogram.layout(nodes, lines)
    assert (places == f18_sociogram.layout(nodes, lines)).all()
    assert places.shape == (nodes, 2)
    assert places.min() >= 0
    assert places.max() <= 1


events = st.lists(
    st.tuples(st.sampled_from(["arrest", "victim", "suspect"]), st.integers(0, 6),
              st.sets(st.integers(1, 15), min_size=2, max_size=4)), min_size=1, max_size=10,
)  # fmt: skip


def _together(events):
    rows = [(who, kind, f"shooting {n}", "2025-01-10") for kind, n, people in events
            for who in sorted(people)]  # fmt: skip
    told = frame(("person", "kind", "event", "on"), rows)
    return told.drop_duplicates(["person", "kind", "event"])


def _by_hand(events):
    """Person -> those tied to them, from every pair of every event."""
    met: dict = {}
    for kind, n, people in events:
        met.setdefault((kind, n), set()).update(people)
    tied: dict[int, set[int]] = {}
    for people in met.values():
        for one, other in combinations(sorted(people), 2):
            tied.setdefault(one, set()).add(other)
            tied.setdefault(other, set()).add(one)
    return tied


def _part(tied, start):
    part, waits = set(), [start]
    while waits:
        one = waits.pop()
        if one not in part:
            part.add(one)
            waits += tied[one]
    return part


@given(events, st.sets(st.integers(1, 15)))
@settings(deadline=None)
def test_ties_parts_and_steps_are_those_counted_by_hand(events, shot):
    found, tied = f19_network.network(_together(events)), _by_hand(events)
    assert sorted(found.people) == sorted(tied)
    assert [*found.near.sum(axis=1)] == [len(tied[int(one)]) for one in found.people]
    largest = f19_network._chosen(found, f19_network._largest(found))
    assert len(largest) == max(len(_part(tied, one)) for one in tied)
    assert largest == _part(tied, min(largest))
    near = {one for one in tied if tied[one] & shot}
    two = near | {one for one in tied if any((tied[by] - {one}) & shot for by in tied[one])}
    assert f19_network._near(found, frozenset(shot), 1) == near
    assert f19_network._near(found, frozenset(shot), 2) == two


def test_f19_tells_counts_of_each_side_and_draws_nobody():
    together = _together([("arrest", 1, {ANN, BEN}), ("victim", 2, {BEN, CAL}),
                          ("suspect", 3, {DEE, EVE})])  # fmt: skip
    people = known(
        [(ANN, 1, "2025-01-10", "victim"), (BEN, 2, "2025-02-10", "victim"),
         (CAL, 2, "2025-02-10", "victim"), (DEE, 3, "2025-03-10", "suspect")],
        together=together.itertuples(index=False),
    )  # fmt: skip
    found = f19_network.build(material(SHOOTINGS, people))
    shot, suspects = table(found, "victim-ties"), table(found, "suspect-ties")
    assert column(shot, "n") == {"tied": 3, "largest": 3, "to_shot": 2, "to_shot_2": 2}
    assert column(suspects, "n") == {"tied": 1, "largest": 0, "to_shot": 0, "to_shot_2": 0}
    assert column(table(found, "network"), "n") == {"tied": 5, "largest": 3}
    assert not found.figures


def test_where_no_arrest_names_two_people_the_network_says_so():
    people = known(
        [(ANN, 1, "2025-01-10", "victim"), (BEN, 1, "2025-01-10", "victim")],
        together=[(one, "victim", "shooting 1", "2025-01-10") for one in (ANN, BEN)],
    )
    found = f19_network.build(material(SHOOTINGS, people))
    assert table(found, "victim-ties").cell("to_shot", "n") is None
    assert "not told" in str(found.notes[0].words)


def test_an_empty_network_has_no_largest_part():
    found = f19_network.network(_together([]))
    assert not found.people
    assert not f19_network._largest(found).size
