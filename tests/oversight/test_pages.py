"""The auditor's pages: the lines of the log, their choice, and the review of a week."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.audit.services import reviews_open
from ceasefire.access.models import User
from ceasefire.access.roles import Role
from tests.access import auditing

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
LOG, FIRST = reverse("oversight:accesses"), reverse("oversight:overview")


@pytest.fixture
def as_auditor(log, signed_in, account):
    """An auditor's client; what it shows was done by an officer."""
    officer = account(Role.OFFICER)
    log.be(officer.pk, "officer")
    audit.record("page.shown", "registry.incident:12", subjects=["registry.person:5"])
    log.nobody_else()
    return signed_in(Role.AUDITOR)


def test_the_log_shows_who_did_what_to_which_record(as_auditor):
    page = as_auditor.get(LOG).content.decode()
    assert "Test Officer or detective, Officer or detective" in page
    assert "opened a page" in page
    assert "registry.incident:12" in page
    assert "registry.person:5" in page


def test_lines_are_chosen_in_the_address(as_auditor):
    assert "registry.person:5" in as_auditor.get(LOG, {"account": "officer"}).content.decode()
    none = as_auditor.get(LOG, {"key": "registry.incident:99999"}).content.decode()
    assert "No line fits this choice" in none


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"account": "nobody"}, "There is no account of that name"),
        ({"key": "John Doe"}, "Write the kind and the number"),
        ({"day": "yesterday"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_field(as_auditor, asked, words):
    answer = as_auditor.get(LOG, asked)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_looking_at_the_log_is_in_the_log(as_auditor):
    since = auditing.last()
    as_auditor.get(LOG, {"key": "registry.person:5"})
    assert auditing.rows("verb", "object_type", "object_id", "user_id", since=since) == [
        ("audit.log_shown", "registry.person", "5", User.objects.get(username="auditor").pk)
    ]


def test_a_page_costs_the_same_queries_however_many_lines_it_has(
    as_auditor, django_assert_max_num_queries
):
    for n in range(70):
        audit.record("page.shown", f"registry.incident:{n}")
    with django_assert_max_num_queries(28):
        page = as_auditor.get(LOG).content.decode()
    assert page.count('data-label="Result"') == 50
    assert "?page=2" in page


@pytest.fixture
def review(as_auditor):
    """The page of a week whose review is due: the week of the earliest line."""
    with identity.acting(identity.OPERATOR):
        reviews_open(today=timezone.localdate() + timedelta(days=7))
    (earliest,) = auditing.ask("SELECT min(id) FROM access_auditreview")[0]
    return reverse("oversight:week", args=[earliest])


def test_a_week_is_reviewed_in_words(as_auditor, review):
    assert review in as_auditor.get(FIRST).content.decode()
    assert "Due by" in as_auditor.get(review).content.decode()
    empty = as_auditor.post(review, {"words": ""})
    assert "This field is required" in empty.content.decode()
    done = as_auditor.post(review, {"words": "Looked at ten lines; all had a cause."}, follow=True)
    assert "The review is saved." in done.content.decode()
    assert review not in as_auditor.get(FIRST).content.decode()
    assert "Looked at ten lines" in as_auditor.get(review).content.decode()
    again = as_auditor.post(review, {"words": "Once more."}, follow=True)
    assert "has been reviewed already" in again.content.decode()


def test_a_week_that_is_not_there_is_not_found(as_auditor):
    assert as_auditor.get(reverse("oversight:week", args=[10**9])).status_code == 404
