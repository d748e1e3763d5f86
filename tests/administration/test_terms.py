"""Which agreement decides for an agency, and when its people are told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access.asking import NoRole, accounts
from ceasefire.access.models import Agreement
from ceasefire.access.roles import Role
from ceasefire.administration.terms import State, term_of

TODAY = date(2026, 11, 23)
NOW = timezone.now()


def signed(starts, ends, ended=False, number=0):
    return Agreement(
        pk=number, starts=TODAY + timedelta(days=starts), ends=TODAY + timedelta(days=ends),
        recorded_at=NOW, ended_at=NOW if ended else None,
    )  # fmt: skip


spans = st.tuples(st.integers(-300, 120), st.integers(0, 200), st.booleans())


@given(st.lists(spans, max_size=5))
def test_an_agency_has_access_while_one_agreement_is_in_force_or_closing(several):
    every = [
        signed(starts, starts + lasts, ended, number)
        for number, (starts, lasts, ended) in enumerate(several)
    ]
    term = term_of(every, TODAY)
    standing = [
        starts + lasts for starts, lasts, ended in several
        if not ended and starts <= 0 <= starts + lasts + Agreement.CLOSING_DAYS
    ]  # fmt: skip
    assert term.opens == bool(standing)
    if standing:
        assert term.days_left == max(standing)
        assert term.agreement.closed_from == TODAY + timedelta(days=max(standing) + 61)


@given(st.integers(-200, 400))
def test_people_are_told_from_ninety_days_before_the_end_until_nothing_opens(days):
    assert term_of([signed(-400, days)], TODAY).warns == (-60 <= days <= 90)


@pytest.mark.parametrize(
    ("days", "stage"), [(90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 7)]
)
def test_the_warnings_come_at_ninety_thirty_and_seven_days(days, stage):
    assert term_of([signed(-400, days)], TODAY).stage == stage


@pytest.mark.parametrize(("gap", "goes_on"), [(0, True), (1, True), (2, False)])
def test_a_renewal_that_follows_at_once_ends_the_warning(gap, goes_on):
    term = term_of([signed(-300, 20), signed(20 + gap, 385)], TODAY)
    assert (term.goes_on, term.warns) == (goes_on, not goes_on)


def test_an_agency_that_has_signed_nothing_has_no_state():
    assert term_of([], TODAY).state is None
    assert not term_of([], TODAY).warns


def test_what_is_to_come_says_more_than_what_is_over():
    assert term_of([signed(-300, -100), signed(5, 100)], TODAY).state == State.COMING


@pytest.mark.parametrize("days", [91, 7, 0, -1, -60, -61])
def test_the_term_says_what_the_database_does(account, world, days):
    """Two tellings of one rule: the wall decides, the pages announce."""
    user = account(Role.OUTREACH)
    world.agreement_ends("outreach", days)
    term = term_of([world.agreement("outreach")], timezone.localdate())
    (standing,) = accounts(user.pk)
    assert term.opens == (standing.reason is None)
    assert standing.reason in (None, NoRole.AGREEMENT)
    assert (term.state == State.CLOSING) == (standing.closing and term.opens)
