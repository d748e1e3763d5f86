"""C50: the half-hour lock that keeps what was typed, the twelve hours, one session per device."""

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts
from ceasefire.access.sign_in.models import DraftKept
from ceasefire.access.sign_in.notice import usage_notice_set
from ceasefire.registry.services import city_set
from tests.access.sign_in.conftest import Door
from tests.conftest import PASSWORD

PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36"
)
pytestmark = pytest.mark.django_db
CONFIRM = reverse("account_reauthenticate")
TYPED = {
    "incident_number": "R-77",
    "reason": "Witness names <the> corner",
    "csrfmiddlewaretoken": "x",
}


@pytest.fixture
def client(account, door):
    account(Role.ANALYST)
    return door.sign_in("analyst")


@pytest.fixture
def enter(operator):
    city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32615)
    return reverse("registry:enter")


def test_c50_after_31_idle_minutes_a_page_asks_who_is_there(client, later):
    later(minutes=31)
    answer = client.get(reverse("usersessions_list"))
    assert answer.url == f"{CONFIRM}?next=%2Faccount%2Fsessions%2F"
    text = client.get(answer.url).content.decode()
    assert "locked after 30 minutes" in text
    assert "Signed in as" not in text
    assert 'href="/shootings/"' not in text


def test_c50_a_person_who_keeps_working_is_not_locked(client, later):
    for _ in range(3):
        later(minutes=29)
        assert client.get("/").status_code == 200


def test_c50_a_page_that_asks_by_itself_does_not_keep_a_session_open(client, later):
    for _ in range(4):
        later(minutes=10)
        answer = client.get("/", headers={"X-Ceasefire-Poll": "1"})
    assert answer.url.startswith(CONFIRM)


def test_c50_a_pages_script_learns_of_the_lock_and_does_not_put_it_off(client, later):
    later(minutes=29)
    asked = reverse("account_still_here")
    assert client.get(asked, headers={"X-Ceasefire-Poll": "1"}).status_code == 204
    later(minutes=2)
    assert client.get(asked).url.startswith(CONFIRM)


def test_c50_confirming_leads_back_to_the_page_within_the_same_twelve_hours(client, later):
    later(minutes=31)
    answer = client.post(CONFIRM, {"password": PASSWORD, "next": "/account/sessions/"})
    assert answer.url == "/account/sessions/"
    assert client.get("/").status_code == 200
    later(hours=11, minutes=30)
    assert "/account/login/" in client.get("/").url


def test_c50_a_wrong_password_does_not_unlock(client, later):
    later(minutes=31)
    client.post(CONFIRM, {"password": "something else entirely"})
    assert client.get("/").url.startswith(CONFIRM)


def test_c50_part_of_a_page_takes_the_whole_page_to_the_lock(client, later):
    later(minutes=31)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/shootings/?kind=fatal"}
    answer = client.get("/shootings/", headers=headers)
    assert answer.headers["HX-Redirect"] == f"{CONFIRM}?next=%2Fshootings%2F%3Fkind%3Dfatal"


def test_c50_twelve_hours_end_a_session_whatever_is_done_in_it(client, later):
    for _ in range(24):
        later(minutes=29)
        assert client.get("/").status_code == 200
    later(minutes=25)
    assert "/account/login/" in client.get("/").url
    assert "_auth_user_id" not in client.session


def test_c50_a_session_that_nobody_began_has_ended(client):
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert "/account/login/" in client.get("/").url


def test_c50_signing_in_changes_the_sessions_key(account, door):
    account(Role.ANALYST)
    door.password("analyst")
    before = door.client.session.session_key
    door.code()
    assert door.client.session.session_key != before
    assert door.is_in()


def test_c50_no_page_of_a_signed_in_person_is_stored(client):
    for url in ("/", "/account/sessions/", "/no/such/page/", "/shootings/"):
        assert client.get(url).headers["Cache-Control"] == "no-store", url


def test_c50_a_new_session_of_the_same_device_class_ends_the_older(account, events):
    account(Role.ANALYST)
    desk, phone, wall, newer = Door(), Door(user_agent=PHONE), Door(), Door()
    desk.sign_in("analyst")
    phone.sign_in("analyst")
    wall.sign_in("analyst", shared_screen="on")
    assert all(door.is_in() for door in (desk, phone, wall))
    newer.sign_in("analyst")
    assert [door.is_in() for door in (desk, phone, wall, newer)] == [False, True, True, True]
    assert ("replaced", {"device": "desk"}) in events


def test_c50_the_rules_of_use_stand_before_signing_in(client, door):
    door.client.logout()
    assert "By signing in you accept this" in door.client.get("/account/login/").content.decode()
    usage_notice_set(language="en", words="Only for <Rivermouth>.")
    text = door.client.get("/account/login/").content.decode()
    assert "Only for &lt;Rivermouth&gt;." in text
    assert "Accept and sign in" in text


def test_c50_what_was_typed_is_kept_and_offered_back(client, enter, later, events):
    later(minutes=31)
    answer = client.post(enter, TYPED)
    assert answer.url.startswith(CONFIRM)
    client.post(answer.url, {"password": PASSWORD, "next": enter})
    text = client.get(enter).content.decode()
    assert "Your text was kept" in text
    assert 'value="R-77"' in text
    assert "Witness names &lt;the&gt; corner" in text
    assert [kind for kind, _ in events if kind in ("idle_locked", "unlocked")] == [
        "idle_locked",
        "unlocked",
    ]


def test_c50_nothing_that_was_typed_is_carried_out_while_locked(client, enter, later):
    from ceasefire.registry.models import Incident

    later(minutes=31)
    client.post(enter, TYPED)
    assert not Incident.objects.exists()


def test_c50_twelve_hours_keep_what_was_typed_too(client, enter, later):
    later(hours=12)
    assert "/account/login/" in client.post(enter, TYPED).url
    with identity.outside_rooms():
        assert DraftKept.objects.filter(path=enter).exists()


def test_c50_a_draft_is_sealed_and_its_person_alone_gets_it(client, account, enter, later):
    later(minutes=31)
    client.post(enter, TYPED)
    with identity.outside_rooms():
        assert "Witness" not in str(DraftKept.objects.values())
    account(Role.ANALYST, username="other")
    other = Door().sign_in("other")
    assert "Witness" not in other.get(enter).content.decode()
    with identity.outside_rooms():
        DraftKept.objects.update(user_id=other.session["_auth_user_id"])
    assert "Witness" not in other.get(enter).content.decode()


def test_c50_a_draft_ends_with_the_next_sending_or_after_twelve_hours(client, enter, later):
    later(minutes=31)
    client.post(enter, TYPED)
    with identity.outside_rooms():
        DraftKept.objects.update(kept_at="2026-01-01T00:00:00Z")
    client.post(CONFIRM, {"password": PASSWORD})
    assert "Your text was kept" not in client.get(enter).content.decode()
    with identity.outside_rooms():
        assert drafts.purge() == 1
    later(minutes=31)
    client.post(enter, TYPED)
    client.post(CONFIRM, {"password": PASSWORD})
    client.post(enter, {"incident_number": "R-78"})
    with identity.outside_rooms():
        assert not DraftKept.objects.exists()


def test_c50_a_page_that_locks_itself_hands_over_its_form_and_nothing_is_done(client, enter):
    answer = client.post(enter, TYPED | {drafts.MARK: "1"})
    assert answer.url == enter
    assert 'value="R-77"' in client.get(enter).content.decode()


def test_c50_no_password_code_or_foreign_page_is_kept(client, enter, later):
    later(minutes=31)
    client.post(enter, TYPED | {"old_password": "s3", "Code": "123456"})
    client.post("/account/password/change/", {"oldpassword": PASSWORD})
    with identity.outside_rooms():
        draft = DraftKept.objects.get()
    from ceasefire.access.sign_in.sealing import unseal

    body = unseal(draft.sealed, purpose="drafts", about=f"{draft.user_id} {draft.path}")
    assert "s3" not in body
    assert "123456" not in body
    assert "csrf" not in body


def test_c50_a_page_that_the_person_may_not_use_keeps_nothing(account, door, enter, later):
    account(Role.OUTREACH)
    client = door.sign_in("outreach")
    later(minutes=31)
    client.post(enter, TYPED)
    with identity.outside_rooms():
        assert not DraftKept.objects.exists()


def test_c50_signing_out_ends_the_session_in_the_database_too(client):
    from ceasefire.access import asking
    from ceasefire.access.models import User

    assert client.get("/").status_code == 200
    secret = client.cookies["sessionid"].value
    person = User.objects.get(username="analyst")
    assert asking.actor_of_session(person, secret) is not None
    client.post(reverse("account_logout"))
    assert asking.actor_of_session(person, secret) is None
