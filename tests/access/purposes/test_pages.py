"""The question in front of a sensitive page."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.explaining import explain
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import forms
from ceasefire.access.purposes.kinds import Kind, Reference
from ceasefire.access.purposes.selectors import purposes_stated
from ceasefire.access.purposes.services import stating
from ceasefire.access.roles import Role
from tests.access import auditing
from tests.house import Card, Suspect
from tests.people import Person

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
MEETING = {"state_purpose": "choose", "key": "house.meeting:1"}
QUESTION = "What do you open this for?"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.access.purposes.pages"


@pytest.fixture
def page(police_agency):
    with identity.acting(identity.OPERATOR), stating("house.meeting:1"):
        card = Card.objects.create(agency=police_agency, words="canary of a card")
    return f"/cards/{card.pk}/"


def test_c08_without_a_purpose_a_page_asks_and_sends_nothing(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    asked = client.get(page).content.decode()
    assert QUESTION in asked
    assert "canary" not in asked
    assert "Meeting: meeting 1" in asked
    assert "meeting 2" not in asked


def test_c08_the_question_is_the_same_for_a_record_that_is_not_there(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    there, absent = client.get(page), client.get("/cards/999999/")
    assert (there.status_code, absent.status_code) == (200, 200)
    assert _plain(there) == _plain(absent)


def _plain(answer):
    """Without the token that differs in every answer, the minute and the address."""
    import re

    return re.sub(r'"[^">]{64}"|As of [^<]*|/cards/\d+/', "", answer.content.decode())


def test_c08_after_choosing_one_is_back_on_the_page(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    chosen = client.post(f"{page}?part=2", MEETING)
    assert (chosen.status_code, chosen.url) == (302, f"{page}?part=2")
    shown = client.get(page).content.decode()
    assert "canary of a card" in shown
    assert "Open for: Meeting: meeting 1" in shown


@pytest.mark.parametrize("key", ["", "house.meeting:2", "house.meeting:99", "'; --", "\0"])
def test_a_choice_that_is_not_there_is_refused_at_its_field(page, signed_in, key):
    client = signed_in(Role.CAPTAIN)
    refused = client.post(page, {"state_purpose": "choose", "key": key})
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "There is no such meeting" in told or "Choose the meeting" in told
    assert "canary" not in client.get(page).content.decode()


def test_one_may_open_it_for_something_else(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    client.post(page, MEETING)
    assert client.post(page, {"state_purpose": "end"}).url == page
    assert QUESTION in client.get(page).content.decode()


def test_c08_signing_out_ends_the_purpose(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    client.post(page, MEETING)
    user = identity_of(client)
    client.logout()
    client.force_login(user)
    assert QUESTION in client.get(page).content.decode()


def identity_of(client):
    from ceasefire.access.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_c08_a_page_that_nobody_declared_sensitive_finds_nothing_with_a_live_purpose(
    page, signed_in
):
    client = signed_in(Role.CAPTAIN)
    client.post(page, MEETING)
    assert "canary" in client.get(page).content.decode()
    assert client.get("/cards/count/").content == b"0"


def test_c08_whoever_may_not_enter_is_not_even_asked(page, signed_in):
    client = signed_in(Role.OUTREACH)
    assert client.get(page).content == client.get("/no-such-page/").content
    assert client.post(page, MEETING).status_code == 404


def test_c08_the_row_of_a_sensitive_page_carries_the_purpose(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    since = auditing.last()
    client.get(page)
    client.post(page, MEETING)
    client.get(page)
    client.get("/cards/999999/")
    client.get("/")
    assert auditing.rows("verb", "purpose", "result", since=since) == [
        ("purpose.asked", "", "shown"),
        ("purpose.stated", "house.meeting:1", "done"),
        ("page.shown", "house.meeting:1", "shown"),
        ("page.shown", "house.meeting:1", "denied"),
        ("page.shown", "", "shown"),
    ]


def test_what_was_typed_comes_back_after_the_question(page, signed_in):
    client = signed_in(Role.CAPTAIN)
    sent = client.post("/cards/write/", {"words": "half a sentence"})
    assert (sent.status_code, sent.url) == (302, "/cards/write/")
    assert QUESTION in client.get("/cards/write/").content.decode()
    client.post("/cards/write/", MEETING)
    assert "half a sentence" in client.get("/cards/write/").content.decode()


def test_a_part_of_a_page_asks_for_the_whole_page(page, signed_in):
    answer = signed_in(Role.CAPTAIN).get(page, headers={"HX-Request": "true"})
    assert (answer.headers["HX-Refresh"], answer.content) == ("true", b"")


def test_the_review_of_a_week_is_a_purpose_for_those_who_hold_it(signed_in, account):
    from ceasefire.access.purposes import kinds

    with identity.acting(actor_of_user(account(Role.PROSECUTOR))):
        (week, *_earlier) = kinds._kinds["shooting_review.week"].offered()
        assert kinds.found(f"shooting_review.week:{week.number}")[1] == week
    with identity.acting(actor_of_user(account(Role.OUTREACH)), Room.INVESTIGATIVE):
        assert not kinds._kinds["shooting_review.week"].offered()


def test_c08_names_that_are_read_stand_in_the_log_with_the_purpose(account, police_agency, log):
    log.nobody_else()
    captain = actor_of_user(account(Role.CAPTAIN))
    with identity.acting(identity.OPERATOR):
        suspect = Suspect.objects.create(agency=police_agency, name="Somebody")
    since = log.last()
    with identity.acting(captain), stating("house.meeting:1"):
        assert names.read([suspect])[suspect.pk].name == "Somebody"
    assert ("names.read", "house.meeting:1") in log.rows("verb", "purpose", since=since)


def test_an_auditor_reads_what_people_looked_for_and_nobody_else_does(page, signed_in, account):
    client = signed_in(Role.CAPTAIN)
    client.post(page, MEETING | {"words": "who was at the vigil"})
    auditor, other = Person(), Person()
    auditor.force_login(account(Role.AUDITOR))
    told = auditor.get("/oversight/purposes/").content.decode()
    assert "who was at the vigil" in told
    assert "house.meeting:1" in told
    other.force_login(account(Role.OUTREACH))
    assert other.get("/oversight/purposes/").status_code == 404
    with identity.acting(actor_of_user(account(Role.ANALYST))):
        assert not purposes_stated(10)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.text(max_size=80), words=st.text(max_size=400), mark=st.text(max_size=8))
def test_whatever_is_typed_into_the_question_nothing_breaks_and_nothing_opens(
    page, captain, key, words, mark
):
    answer = captain.post(page, {"state_purpose": mark, "key": key, "words": words})
    assert answer.status_code == (302 if mark == "end" else 422)
    assert "canary" not in captain.get(page).content.decode()


@pytest.fixture
def captain(signed_in):
    return signed_in(Role.CAPTAIN)


def test_a_page_is_explained_with_the_purpose_that_it_wants(page, account):
    captain = actor_of_user(account(Role.CAPTAIN))
    assert "It opens once this person has stated what for." in explain(page, captain).because
    assert "Only for somebody who has stated what for, in this session." in (
        explain("house.card:1", captain).because
    )


def test_what_is_of_the_pages_own_part_is_listed_first_then_the_newest_of_each_kind(monkeypatch):
    def kind(part):
        told = [Reference(str(n), str(n)) for n in (2, 1)]
        return Kind(f"{part}.one", part, frozenset(Room), lambda: told, lambda _number: None)

    monkeypatch.setattr(forms.kinds, "here", lambda: [kind("files"), kind("weeks"), kind("study")])
    asked = forms.PurposeForm(page="study:page")
    assert [key for key, _said in asked.fields["key"].choices] == [
        "study.one:2", "study.one:1", "files.one:2", "weeks.one:2", "files.one:1", "weeks.one:1",
    ]  # fmt: skip
    assert str(asked["key"]).count("autofocus") == 1
