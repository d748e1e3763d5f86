"""C57: what counts against a budget, and who reads more than their fellows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.audit import selectors
from ceasefire.access.budgets.refusals import OverBudget
from tests.access import auditing
from tests.access.budgets.conftest import keys, read

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]


@pytest.fixture
def analyst(empty, budget):
    empty.be(1, "analyst")


def earlier(hours):
    auditing.ask(
        "UPDATE wall.reading SET at = at - %s * interval '61 minutes' WHERE user_id = 1", hours
    )


def test_c57_an_hour_later_the_budget_is_whole_again(analyst):
    read(0, 10)
    earlier(1)
    read(10, 20)


def test_c57_a_days_budget_holds_however_slowly_somebody_reads(analyst):
    read(0, 10)
    earlier(2)
    read(10, 20)
    earlier(2)
    read(0, 10)
    earlier(2)
    with pytest.raises(OverBudget) as refusal:
        read(20, 21)
    assert (refusal.value.span, refusal.value.allowed) == ("day", 20)
    earlier(24)
    read(20, 30)


def test_two_accounts_do_not_share_a_budget(analyst):
    read(0, 10)
    auditing.be(2, "analyst")
    read(10, 20)


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(1, 5)), max_size=9))
def test_c57_whatever_the_pages_no_hour_shows_more_than_its_budget(analyst, pages):
    auditing.ask("DELETE FROM wall.reading")
    seen = set()
    for first, many in pages:
        asked = {*keys(first, first + many)}
        try:
            read(first, first + many)
        except OverBudget:
            assert len(seen | asked) > 10
        else:
            seen |= asked
            assert len(seen) <= 10


def test_c57_an_account_that_reads_much_more_than_its_fellows_is_listed(empty):
    for user, persons in ((1, 12), (2, 10), (3, 9), (4, 90), (5, 150)):
        empty.be(user, "officer" if user < 5 else "captain")
        read(0, persons)
    empty.be(99, "auditor")
    week = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    found = [(one.user_id, one.times) for one in selectors.anomalies(week) if one.kind == "peers"]
    assert found == [(4, 90)]
