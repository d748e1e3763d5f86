"""Search before create: names that may mean the same person or agency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.administration.alike import alike, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("María Núñez", "maria nunez"),
        ("Nunez, Maria", "María Núñez"),
        ("John Smith", "Jon Smith"),
        ("j.smith", "J Smith"),
    ],
)
def test_order_accents_capitals_and_a_slip_do_not_hide_a_name(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("John Smith", "Jane Doe"), ("", ""), ("Ann", "--")])
def test_other_names_stay_apart(one, other):
    assert not alike(one, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways_over_exact_copies(one, other):
    assert folded(folded(one)) == folded(one)
    assert alike(one, one) == any(letter.isalnum() for letter in folded(one))
    assert alike(one, other) in (True, False)
