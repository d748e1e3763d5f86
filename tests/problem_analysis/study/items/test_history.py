"""T6 to T10: what was known of the people before, counted once a person and side."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.problem_analysis.study import public, results
from ceasefire.problem_analysis.study.items import (
    t06_known_before,
    t07_arrests_before,
    t08_supervision,
    t09_jail,
    t10_shot_before,
    t24_need,
)
from ceasefire.problem_analysis.study.items.item import Found, Lacking, made
from tests.problem_analysis.study.items.hand_made import (
    ANN,
    BEN,
    CAL,
    DEE,
    EVE,
    column,
    known,
    material,
    table,
)

HISTORY = (t06_known_before, t07_arrests_before, t08_supervision, t09_jail, t10_shot_before)
SHOOTINGS = [(n, f"2025-{n:02d}-10", "injury") for n in range(1, 9)]
# Ann is shot twice; Ben is shot and, later, suspected; Cal and Dee are suspected, Eve is shot.
PARTS = [
    (ANN, 1, "2025-01-10", "victim_hurt"), (ANN, 3, "2025-03-10", "victim_hurt"),
    (BEN, 2, "2025-02-10", "victim_hurt"), (BEN, 4, "2025-04-10", "suspect"),
    (CAL, 1, "2025-01-10", "arrested"), (DEE, 2, "2025-02-10", "suspect"),
    (EVE, 4, "2025-04-10", "victim_killed"),
]  # fmt: skip
CONTACTS = [
    (ANN, "arrest", "2024-05-01", "F", None), (ANN, "arrest", "2025-02-01", "M", None),
    (BEN, "arrest", "2024-06-01", "F", None), (BEN, "arrest", "2024-06-01", "M", None),
    (BEN, "arrest", "2025-03-01", "", None), (CAL, "booking", "2023-01-01", "", None),
    (CAL, "arrest", "2025-01-10", "F", 1), (DEE, "contact", "2024-01-01", "", None),
]  # fmt: skip


@pytest.fixture
def world():
    terms = [
        (CAL, "Probation", "2024-01-01", "2024-12-31"), (CAL, "Parole", "2025-01-05", None),
        (DEE, "Probation", None, "2026-01-01"), (EVE, "Probation", "2025-05-01", None),
    ]  # fmt: skip
    people = known(PARTS, CONTACTS, terms, court=[(ANN, "2024-09-01")],
                   hurt=[(EVE, 900, "2021-01-01"), (CAL, 901, "2024-10-01")])  # fmt: skip
    return material(SHOOTINGS, people)


def test_a_person_is_counted_once_a_side_and_before_their_first_shooting_there(world):
    found = t06_known_before.build(world)
    shot, suspected = table(found, "victim-known"), table(found, "suspect-known")
    assert column(shot, "n") == {
        "known": 2, "arrested": 2, "jailed": 0, "supervised-ever": 0, "court": 1, "contact": 0,
    }  # fmt: skip
    assert set(column(shot, "all").values()) == {3}
    # Cal was arrested on the day of the shooting itself, which is not before it.
    assert column(suspected, "n") == {
        "known": 2, "arrested": 1, "jailed": 1, "supervised-ever": 1, "court": 0, "contact": 1,
    }  # fmt: skip
    assert column(table(found, "either-known"), "all")["known"] == 5


def test_a_contact_that_was_no_arrest_does_not_make_somebody_known(world):
    suspected = table(t06_known_before.build(world), "suspect-known")
    assert suspected.cell("known", "rest") == 1  # Dee alone
    assert suspected.cell("contact", "n") == 1


def test_what_no_file_tells_is_not_counted_as_nobody(world):
    people = known(PARTS, CONTACTS)
    found = t06_known_before.build(material(SHOOTINGS, people))
    court = next(row for row in table(found, "victim-known").rows if row.key == "court")
    assert list(court.cells) == [None, None, 3, None]
    assert court.note


def test_arrests_of_one_day_are_one_arrest_of_each_class(world):
    found = t07_arrests_before.build(world)
    suspected = table(found, "suspect-classes")
    # Before Ben was suspected: one day with a felony and a misdemeanour, and one without a class.
    assert column(suspected, "n") == {"arrested": 1, "f": 1, "m": 1, "·none": 1}
    assert suspected.cell("arrested", "mean") == pytest.approx(2 / 3)
    assert suspected.cell("f", "mean") == pytest.approx(1 / 3)
    shot = table(found, "victim-classes")
    assert column(shot, "n") == {"arrested": 2, "f": 2, "m": 1}
    assert table(found, "victim-middle").cell("arrests", "median") == 1
    assert table(found, "suspect-middle").cell("arrests", "median") == 0


def test_court_cases_stand_apart_from_arrests_and_are_not_called_convictions(world):
    found = t07_arrests_before.build(world)
    assert column(table(found, "victim-court"), "n") == {"court": 1}
    assert "court" not in str(table(found, "victim-classes").caption).casefold()
    words = " ".join(str(part) for part in (table(found, "victim-court").caption, *(
        one.label for one in table(found, "victim-court").columns)))  # fmt: skip
    assert "convict" not in words.casefold()


def test_supervision_ever_and_on_the_day_and_not_known(world):
    found = t08_supervision.build(world)
    of = table(found, "suspect-supervision")
    assert column(of, "n") == {
        "supervised-ever": 1, "supervised": 1, "supervised-ever parole": 1, "supervised parole": 1,
        "supervised-ever probation": 1, "supervised probation": 0,
    }  # fmt: skip
    assert column(of, "unknown") == {
        "supervised-ever": 1, "supervised": 1, "supervised-ever parole": 0, "supervised parole": 0,
        "supervised-ever probation": 1, "supervised probation": 1,
    }  # fmt: skip
    assert of.cell("supervised", "share") == 0.5
    # Eve's began after she was shot.
    assert set(column(table(found, "victim-supervision"), "n").values()) == {0}


def test_a_supervision_that_ends_on_the_day_was_still_running():
    people = known([(ANN, 1, "2025-01-10", "victim")],
                   terms=[(ANN, "Probation", "2024-01-01", "2025-01-10")])  # fmt: skip
    found = t08_supervision.build(material(SHOOTINGS, people))
    assert table(found, "victim-supervision").cell("supervised", "n") == 1


def test_bookings_before_and_within_a_year(world):
    found = t09_jail.build(world)
    assert column(table(found, "suspect-jail"), "n") == {"jailed": 1, "jailed-1y": 0}
    assert column(table(found, "victim-jail"), "n") == {"jailed": 0, "jailed-1y": 0}


def test_a_suspect_who_had_been_shot_is_counted_among_the_suspects(world):
    found = t10_shot_before.build(world)
    assert column(table(found, "victim-shot"), "n") == {"shot": 1, "shot-2y": 0, "shot-1y": 0}
    assert column(table(found, "suspect-shot"), "n") == {"shot": 2, "shot-2y": 2, "shot-1y": 2}


@pytest.mark.parametrize("item", [*HISTORY, t24_need])
def test_c36_victims_and_suspects_stand_in_tables_of_their_own(item, world):
    found = item.build(world)
    both = [one.key for one in found.tables
            if {"People shot", "Suspects"} <= {str(c.label) for c in one.columns}]  # fmt: skip
    assert not both
    of_sides = [one.key for one in found.tables if one.key.startswith(("victim-", "suspect-"))]
    assert {key.partition("-")[0] for key in of_sides} == {"victim", "suspect"}


@pytest.mark.parametrize("item", [*HISTORY, t24_need])
def test_c34_no_item_holds_the_number_of_a_person(item, world):
    told = json.dumps(results.kept(made(item.ABOUT, item.build, world)))
    assert not [one for one in (ANN, BEN, CAL, DEE, EVE) if str(one) in told]


@pytest.mark.parametrize("item", [*HISTORY, t24_need])
def test_without_people_an_item_says_what_the_city_would_bring(item):
    found = item.build(material(SHOOTINGS))
    assert isinstance(found, Lacking)
    assert "file" in str(found.why.words)


def test_214_people_of_117_homicides_are_214():
    """As Portland counted: whoever stands in several rows of several shootings is one person."""
    people = [8_000_000 + n for n in range(214)]
    parts = [
        (person, nth % 117, "2025-05-01", "victim_killed" if nth % 2 else "suspect")
        for nth, person in enumerate(people)
    ]
    again = [(person, 116, "2025-06-01", role) for person, _i, _on, role in parts[:50]]
    shot = [(n, "2025-05-01", "fatal") for n in range(117)]
    found = t06_known_before.build(
        material(shot, known([*parts, *again, *parts[:30]], [(people[0], "arrest", "2024-01-01",
                                                              "F", None)]))
    )  # fmt: skip
    assert table(found, "victim-known").cell("known", "all") == 107
    assert table(found, "suspect-known").cell("known", "all") == 107
    assert table(found, "either-known").cell("known", "all") == 214


DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
PERSONS = st.sampled_from([ANN, BEN, CAL, DEE, EVE])
parts = st.lists(st.tuples(
    PERSONS, st.integers(1, 8), st.sampled_from(["victim", "victim_killed", "suspect", "charged"])
), min_size=1, max_size=25)  # fmt: skip
contacts = st.lists(st.tuples(
    PERSONS, st.sampled_from(["arrest", "booking", "release", "contact"]), DAYS,
    st.sampled_from(["F", "M", ""]), st.none(),
), max_size=25)  # fmt: skip
lengths = st.one_of(st.none(), st.integers(0, 900))
terms = st.lists(st.tuples(PERSONS, st.sampled_from(["Probation", "Parole"]),
                           st.one_of(st.none(), DAYS), lengths), max_size=12)  # fmt: skip


def _world(parts, contacts, terms):
    on = {number: day for number, day, _kind in SHOOTINGS}
    whole = [(who, number, on[number], role) for who, number, role in parts]
    ended = [
        (who, status, starts, starts and length and starts + timedelta(days=length))
        for who, status, starts, length in terms
    ]
    return material(SHOOTINGS, known(whole, contacts, ended))


@settings(deadline=None, max_examples=40)
@given(parts, contacts, terms)
def test_rows_of_facts_add_up_and_no_share_leaves_its_bounds(parts, contacts, terms):
    world = _world(parts, contacts, terms)
    for item in (*HISTORY, t24_need):
        found = item.build(world)
        for one in getattr(found, "tables", ()):
            if one.whole == "all" and not one.adds_up:
                _adds_up(one)
            total = [row for row in one.rows if row.total]
            if total and one.adds_up:
                assert total[0].cells[0] == sum(r.cells[0] for r in one.rows if not r.total)


def _adds_up(of):
    for row in of.rows:
        cells = {c.key: value for c, value in zip(of.columns, row.cells, strict=True)}
        if cells["n"] is None:
            continue
        assert cells["all"] == cells["n"] + cells.get("unknown", 0) + cells["rest"]
        assert min(cells["n"], cells.get("unknown", 0), cells["rest"]) >= 0
        assert cells["share"] is None or 0 <= cells["share"] <= 1


@settings(deadline=None, max_examples=40)
@given(parts, contacts, terms, st.randoms())
def test_neither_the_order_of_rows_nor_a_row_told_twice_changes_anything(
    parts, contacts, terms, random
):
    one = _world(parts, contacts, terms)
    again = [*contacts, *contacts[:3]]
    random.shuffle(again)
    other = _world([*reversed(parts), *parts[:5]], again, [*terms, *terms])
    for item in (*HISTORY, t24_need):
        first, second = item.build(one), item.build(other)
        assert type(first) is type(second)
        if isinstance(first, Found):
            assert [t.rows for t in first.tables] == [t.rows for t in second.tables]


@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_c46_no_small_part_of_a_row_can_be_told_from_the_rest(counts):
    columns = [results.Column(f"c{n}", str(n)) for n in range(len(counts))]
    row = results.Row("r", "r", [*counts, sum(counts)])
    of = results.Table("t", "t", "t", results.Of.PEOPLE, [*columns, results.Column("all", "all")],
                       [row], whole="all", adds_up=False)  # fmt: skip
    shown = public._suppressed(of).rows[0].cells
    gone = [n for n, value in enumerate(shown[:-1]) if value is None]
    assert not [n for n, value in enumerate(counts) if 1 <= value <= 10 and shown[n] is not None]
    if any(1 <= value <= 10 for value in counts):
        assert len(gone) > 1 or shown[-1] is None


def _facts_table(key, rows):
    columns = [results.Column(one, one) for one in ("n", "rest", "all")]
    return results.Table(key, "t", "t", results.Of.PEOPLE, columns, rows, whole="all",
                         adds_up=False)  # fmt: skip


def _item(*tables):
    return results.Item("T0", "people", "t", "d", "u", "s", "m", tables=tables)


def test_c46_what_two_tables_would_tell_together_neither_tells():
    """Of 40 arrested 37 for a felony: three were not. Another table tells the 37 again."""
    one = _facts_table("victim-a", [
        results.Row("arrested", "a", [40, 60, 100]),
        results.Row("f", "f", [37, 63, 100], within=["arrested"]),
        results.Row("m", "m", [20, 80, 100], within=["arrested"]),
    ])  # fmt: skip
    again = _facts_table("victim-b", [results.Row("f", "f", [37, 63, 100])])
    other = _facts_table("suspect-b", [results.Row("f", "f", [37, 63, 100])])
    first, second, third = (
        results.read(told)
        for told in public.items([results.kept(_item(t)) for t in (one, again, other)])
    )
    assert [row.cells[0] for row in first.tables[0].rows] == [40, None, 20]
    assert list(second.tables[0].rows[0].cells) == [None, None, 100]
    assert list(third.tables[0].rows[0].cells) == [37, 63, 100]
