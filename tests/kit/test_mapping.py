"""Columns are assigned to fields by header words and by values, and never against the values."""

from datetime import date

import pytest

from ceasefire.kit.mapping import Field, assign, score_of
from ceasefire.kit.values import Lexicon, Profile

WORDS = Lexicon(
    {
        "date": "date",
        "time": "time",
        "datetime": "date time",
        "ship": "ship",
        "vessel": "ship",
        "weight": "weight",
        "neighborhood": "hood",
        "of": "noise",
        "col": "noise",
        "sold": "sold",
    }
)


def profile(name: str, values: list) -> Profile:
    made = Profile(name, date(2026, 1, 1))
    made.add(values)
    return made


def profiles(**columns) -> dict[str, Profile]:
    return {name: profile(name, values) for name, values in columns.items()}


DATE = Field("day", ("date",), lambda p: float(p.dates is not None), lambda p: float(bool(p.dates)))
WEIGHT = Field("weight", ("ship weight", "weight"), lambda p: p.number)
HOOD = Field("hood", ("hood",), lambda p: p.lettered, forbid=frozenset({"sold"}))
DAYS, NUMBERS, NAMES = ["2023-01-05", "2023-02-17"], ["3.5", "7"], ["North", "South"]


@pytest.mark.parametrize(
    "header",
    ["NEIGHBORHOOD", "neighborhoods", "Neighborho", "nghbrhd", "NghbrhdOf", "Of Neighborhood"],
)
def test_a_header_is_understood_in_any_spelling(header):
    assert score_of(HOOD, profile(header, NAMES), WORDS)[0] > 0.7


@pytest.mark.parametrize(
    ("header", "concepts"),
    [
        ("VesselWeight", ["ship", "weight"]),
        ("vesselweight", ["ship", "weight"]),
        ("DATETIME", ["date", "time"]),
        ("ship_weight_2", ["ship", "weight"]),
        ("Fecha", ["?fecha"]),
    ],
)
def test_headers_are_read_as_concepts(header, concepts):
    assert [set(word) for word in WORDS.read(header)] == [{concept} for concept in concepts]


def test_a_header_over_values_that_cannot_be_it_counts_for_nothing():
    assert assign(profiles(date=NAMES), [DATE], WORDS) == {}


def test_values_alone_carry_a_column_whose_header_says_nothing():
    chosen = assign(profiles(col_a=NUMBERS, col_b=DAYS), [DATE, WEIGHT], WORDS)
    assert {name: choice.column for name, choice in chosen.items()} == {"day": "col_b"}
    assert chosen["day"].by_values


def test_values_alone_do_not_carry_a_column_whose_header_says_something_else():
    assert assign(profiles(weight=DAYS), [DATE], WORDS) == {}


def test_a_forbidden_word_rules_a_header_out():
    assert assign(profiles(sold_neighborhood=NAMES), [HOOD], WORDS) == {}


def test_each_column_is_used_once_and_the_best_pair_first():
    columns = profiles(weight=NUMBERS, ship_weight=NUMBERS)
    assert assign(columns, [WEIGHT], WORDS)["weight"].column == "ship_weight"
    two = [WEIGHT, Field("other", ("weight",), lambda p: p.number)]
    chosen = assign(columns, two, WORDS)
    assert {name: choice.column for name, choice in chosen.items()} == {
        "weight": "ship_weight",
        "other": "weight",
    }


def test_an_empty_column_may_be_known_by_its_header_alone():
    assert assign(profiles(date=[None, None]), [DATE], WORDS)["day"].column == "date"
