"""The pages of an emergency: the second factor, the form, the record with its clock, the review."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.exceptional import step_up
from ceasefire.access.exceptional.forms import OpenForm
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.oversight.forms import JudgeForm
from tests.access.exceptional.conftest import REASON, opening, pass_time
from tests.conftest import code_now
from tests.house import Tip
from tests.people import Person

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
ASK = reverse("exceptional:ask")
CONFIRM = reverse("mfa_reauthenticate")


@pytest.fixture
def browse(users):
    """Sign in as one of the emergency's people."""

    def enter(name):
        client = Person()
        client.force_login(getattr(users, name))
        return client

    return enter


def confirm(client):
    """Show the second factor again, as the library's page takes it."""
    with identity.outside_rooms():
        cache.clear()
    answer = client.post(f"{CONFIRM}?next={ASK}", {"code": code_now(), "next": ASK})
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == ASK
    return client


def filled(row, **changed):
    words = {"model": row._meta.label_lower, "record": row.pk, "reason": REASON}
    return words | {"minutes": "60"} | changed


@pytest.fixture
def opened(browse, records):
    """A client with a tip open, and where it is."""
    client = confirm(browse("captain"))
    answer = client.post(ASK, filled(records.tip))
    assert answer.status_code == 302, answer.content.decode()
    return client, answer.url


def number(url):
    return int(url.rstrip("/").rsplit("/", 1)[1])


def test_c09_the_form_opens_only_after_a_second_factor(browse, records):
    client = browse("captain")
    sent = client.get(ASK)
    assert (sent.status_code, sent.url) == (302, f"{CONFIRM}?next=%2Fexceptional%2F")
    assert client.post(ASK, filled(records.tip)).url == f"{CONFIRM}?next=%2Fexceptional%2F"
    page = confirm(client).get(ASK).content.decode()
    assert "Open a hidden record" in page
    # What was sent too early is not lost.
    assert REASON in page


def test_c09_a_password_alone_is_no_second_factor(browse, users, rf):
    from tests.conftest import PASSWORD

    client = browse("captain")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(ASK).status_code == 302


@pytest.mark.parametrize(
    ("record", "fresh"),
    [
        ({"method": "mfa", "type": "totp", "reauthenticated": True, "at": -10}, True),
        ({"method": "mfa", "type": "webauthn", "reauthenticated": True, "at": -10}, True),
        ({"method": "mfa", "type": "totp", "reauthenticated": True, "at": -301}, False),
        ({"method": "mfa", "type": "totp", "at": -10}, False),
        ({"method": "mfa", "type": "recovery_codes", "reauthenticated": True, "at": -10}, False),
        ({"method": "password", "reauthenticated": True, "at": -10}, False),
    ],
)
def test_c09_what_counts_as_showing_it_again(record, fresh, rf, users):
    request = rf.get("/")
    request.user = users.captain
    request.session = {
        "account_authentication_methods": [record | {"at": time.time() + record["at"]}],
        "account_authentication_methods_user": str(users.captain.pk),
    }
    assert (step_up.shown_at(request) is not None) == fresh


def test_whoever_has_no_factor_of_our_own_adds_one_first(browse, users):
    client = browse("captain")
    with identity.showing(*identity.NOBODY):
        Authenticator.objects.filter(user=users.captain).update(type="webauthn")
    assert client.get(ASK).url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_c09_the_record_is_shown_with_its_clock_and_without_more(opened):
    client, url = opened
    answer = client.get(url)
    page = answer.content.decode()
    assert "canary of police" in page
    assert "Open to you for 60 more minutes" in page
    assert "Close it now" in page
    assert "Rivermouth Police has been told" in page
    assert 3590 <= int(answer["Refresh"]) <= 3601
    assert answer["Cache-Control"] == "no-store"


def test_c09_after_its_hour_the_page_shows_nothing(opened):
    client, url = opened
    pass_time(number(url), seconds=3601)
    answer = client.get(url)
    assert answer.status_code == 403
    assert "closed again" in answer.content.decode()
    assert "canary" not in answer.content.decode()


def test_c09_closing_is_one_click_and_may_be_repeated(opened):
    client, url = opened
    assert url in client.get("/").content.decode()
    for _twice in range(2):
        assert client.post(f"{url}close/").status_code == 302
    assert client.get(url).status_code == 403
    assert url not in client.get("/").content.decode()


def test_c09_of_another_s_opening_nobody_finds_a_page(opened, browse):
    _client, url = opened
    for name in ("chief", "worker", "auditor"):
        client = browse(name)
        absent = client.get("/no-such-page/").content
        assert (client.get(url).status_code, client.get(url).content) == (404, absent), name
        assert client.post(f"{url}close/").status_code == 404


def test_c09_a_record_that_is_not_there_cannot_be_opened_and_says_no_more(browse, records):
    client = confirm(browse("captain"))
    answer = client.post(ASK, filled(records.tip, record=10**15))
    assert answer.status_code == 422
    assert "No record of this kind and number can be opened" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"model": "house.item"}, "Select a valid choice"),
        ({"record": "-1"}, "greater than or equal to 1"),
        ({"record": str(2**63)}, "less than or equal to"),
        ({"record": "x\0"}, "Enter a whole number"),
        ({"minutes": "61"}, "Select a valid choice"),
        ({"reason": "urgent"}, "at least 20 characters"),
        ({"reason": "\0" * 30}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browse, records, changed, told):
    client = confirm(browse("captain"))
    answer = client.post(ASK, filled(records.tip, **changed))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        assert not Opening.objects.exists()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.fixed_dictionaries({}, optional={
    name: st.text(max_size=60) | st.integers().map(str)
    for name in ("model", "record", "reason", "minutes", "justified", "words")
}))  # fmt: skip
def test_whatever_is_typed_a_form_says_what_is_wrong_or_takes_it(typed):
    asked = OpenForm(typed, openable=[Tip])
    assert asked.is_valid() or asked.errors
    judged = JudgeForm(typed)
    assert judged.is_valid() or judged.errors


def test_c09_a_second_attempt_wants_a_second_factor_again(browse, records):
    client = confirm(browse("captain"))
    assert client.post(ASK, filled(records.tip, record=10**15)).status_code == 422
    assert client.post(ASK, filled(records.tip)).url.startswith(CONFIRM)


def test_a_role_that_opens_nothing_is_told_so(browse, signed_in):
    assert "Your role opens no hidden record" in browse("chief").get(ASK).content.decode()
    director = signed_in(Role.DIRECTOR)
    assert "Your role opens no hidden record" in director.get(ASK).content.decode()
    assert "Open a hidden record in an emergency" not in director.get("/").content.decode()


def test_c09_the_owner_s_people_see_the_alert_on_this_week_until_they_have_read_it(opened, browse):
    _client, url = opened
    chief = browse("chief")
    week = chief.get("/").content.decode()
    assert f"opened Tip {_record(url)} of your agency" in week
    assert REASON in week
    assert chief.post(f"{url}seen/").status_code == 302
    assert REASON not in chief.get("/").content.decode()
    assert browse("worker").post(f"{url}seen/").status_code == 302
    assert opening(number(url)).seen_by.username == "chief"


def _record(url):
    return opening(number(url)).record


def test_c09_an_auditor_reviews_it_in_words(opened, browse):
    client, url = opened
    auditor = browse("auditor")
    assert "1 opened record waits for your review" in auditor.get("/").content.decode()
    listed = reverse("oversight:openings")
    page = reverse("oversight:opening", args=[number(url)])
    assert page in auditor.get(listed).content.decode()
    shown = auditor.get(page).content.decode()
    assert REASON in shown
    assert "canary" not in shown
    for wrong in ({}, {"justified": "yes"}, {"justified": "perhaps", "words": "x"}):
        assert auditor.post(page, wrong).status_code == 422
    done = auditor.post(page, {"justified": "no", "words": "It could wait."}, follow=True)
    assert "not justified" in done.content.decode()
    assert client.get(url).status_code == 403
    late = browse("second").post(page, {"justified": "yes", "words": "x"})
    assert "reviewed already" in late.content.decode()


def test_a_page_of_openings_costs_the_same_queries_however_many(
    opened, browse, django_assert_max_num_queries
):
    auditor = browse("auditor")
    with django_assert_max_num_queries(26):
        auditor.get(reverse("oversight:openings"))


def test_the_list_of_holidays_is_kept_from_the_command_line(operator, capsys):
    from argparse import Namespace
    from datetime import date

    from ceasefire.access.exceptional.commands import Holidays

    day = {"day": date(2026, 7, 3), "json": False}
    told = Holidays().run(Namespace(verb="add", name="Independence Day", **day))
    assert told == {"holidays": [{"day": "2026-07-03", "name": "Independence Day"}]}
    assert Holidays().run(Namespace(verb="list", **day)) == told
    assert Holidays().run(Namespace(verb="remove", **day)) == {"holidays": []}
    assert "No holidays are set" in capsys.readouterr().err
