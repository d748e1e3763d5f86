"""Alerts of reading in bulk, and the budgets."""

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.budgets.models import ReadingBudget
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from tests.access import auditing

pytestmark = pytest.mark.django_db
ALERTS, BUDGETS = reverse("oversight:alerts"), reverse("oversight:budgets")


@pytest.fixture
def alert(account):
    """The address of an officer's alert."""
    with identity.acting(actor_of_user(account(Role.OFFICER))):
        auditing.ask("SELECT wall.reading_refused('hour', 200)")
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        ((pk,),) = auditing.ask("SELECT max(id) FROM access_readingalert")
    return reverse("oversight:alert", args=[pk])


def test_c57_an_alert_waits_in_the_queue_until_somebody_says_what_it_was(alert, signed_in):
    client = signed_in(Role.AUDITOR)
    assert alert in client.get(ALERTS).content.decode()
    assert "200 persons in an hour" in client.get(alert).content.decode()
    assert "This field is required" in client.post(alert, {"words": ""}).content.decode()
    done = client.post(alert, {"words": "A meeting of forty."}, follow=True).content.decode()
    assert "The alert is closed." in done
    assert "A meeting of forty." in client.get(alert).content.decode()
    again = client.post(alert, {"words": "Once more."}, follow=True).content.decode()
    assert "closed this alert already" in again


def test_a_privacy_officer_reads_the_own_agency_s_alert_and_closes_none(alert, client, account):
    from ceasefire.access.services import agency_record

    client.force_login(account(Role.PRIVACY_OFFICER))
    page = client.get(alert)
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert client.post(alert, {"words": "Mine."}).status_code == 403
    with identity.acting(identity.OPERATOR):
        elsewhere = agency_record(name="Harbour Outreach", kind="community")
    client.force_login(account(Role.PRIVACY_OFFICER, elsewhere, "privacy_elsewhere"))
    absent = client.get(reverse("oversight:alert", args=[10**9]))
    assert (client.get(alert).status_code, client.get(alert).content) == (404, absent.content)


def test_a_budget_is_changed_on_its_page(signed_in):
    client, page = signed_in(Role.AUDITOR), reverse("oversight:budget", args=["officer"])
    assert page in client.get(BUDGETS).content.decode()
    said = {"an_hour": 40, "a_day": 80, "after_step_up": 5}
    assert client.post(page, said).status_code == 302
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        assert ReadingBudget.objects.get(role="officer").an_hour == 40


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"an_hour": 40, "a_day": 39, "after_step_up": 5}, "at least that of an hour"),
        ({"an_hour": 40, "a_day": 80, "after_step_up": 40}, "smaller than the first"),
        ({"an_hour": -1, "a_day": 80, "after_step_up": 4}, "greater than or equal to 0"),
        ({"an_hour": "many", "a_day": 80, "after_step_up": 4}, "Enter a whole number"),
        ({"an_hour": 10**30, "a_day": 10**31, "after_step_up": 4}, "less than or equal to"),
    ],
)
def test_a_budget_that_makes_no_sense_is_said_at_its_field(signed_in, said, words):
    answer = signed_in(Role.AUDITOR).post(reverse("oversight:budget", args=["officer"]), said)
    assert answer.status_code == 200
    assert words in answer.content.decode()
