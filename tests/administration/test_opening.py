"""Opening an account: searched for first, a passphrase told once, changed at the first sign-in."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.models import Agency, Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import HELD_AT, Role
from ceasefire.access.services import agency_record
from ceasefire.access.sign_in.models import PasswordStanding, SignOnInvitation
from tests.administration.test_access import provider
from tests.administration.test_agencies import at
from tests.people import Person

SECRET = re.compile(r'<code class="secret">([^<]+)</code>')
NEW = "/administration/people/new/officer/"


@pytest.fixture
def said(police_agency):
    return {
        "display_name": "Pat Doe", "username": "pat.doe", "agency": police_agency.pk,
        "starts": timezone.localdate(),
    }  # fmt: skip


def told(answer) -> str:
    (secret,) = SECRET.findall(answer.text)
    return secret


def test_every_role_is_offered_with_its_sentence(director):
    text = director.get(reverse("administration:person_new")).text
    for role in Role:
        assert str(role.sentence) in text.replace("&#x27;", "'")
        assert reverse("administration:account_new", args=[role.value]) in text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASE_MANAGER, Role.AUDITOR])
def test_only_agencies_that_have_the_role_are_offered(director, office, role):
    for kind in Agency.Kind:
        agency_record(name=f"Agency {kind.value}", kind=kind)
    form = director.get(f"/administration/people/new/{role.value}/").context["form"]
    assert {one.kind for one in form.fields["agency"].queryset} == set(HELD_AT[role])


def test_a_role_that_no_agency_has_says_what_to_do_first(director):
    text = director.get("/administration/people/new/probation/").text
    assert "No agency has this role yet" in text
    assert "Probation and parole" in text


def test_an_account_opens_with_a_passphrase_and_waits_for_somebody_else(
    administrator, director, said, world
):
    answer = administrator.post(NEW, said)
    assert answer.status_code == 200
    user = world.user("pat.doe")
    assert user.check_password(told(answer))
    assert PasswordStanding.objects.get(user=user).must_change
    assert not world.has_access("pat.doe")
    director.post(at("certify", world.held("pat.doe").pk))
    assert world.has_access("pat.doe")


def test_c51_the_first_passphrase_is_told_once_and_kept_nowhere(administrator, said, world, caplog):
    answer = administrator.post(NEW, said)
    passphrase = told(answer)
    assert answer["Cache-Control"] == "no-store"
    assert "messages" not in answer.cookies
    assert passphrase not in caplog.text
    person = at("person", world.user("pat.doe").pk)
    for url in (person, NEW, "/administration/people/"):
        assert passphrase not in administrator.get(url).text
    assert not any(passphrase in str(one.get_decoded()) for one in Session.objects.all())
    assert passphrase not in world.user("pat.doe").password
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM web_cache")
        assert not any(passphrase in str(row) for row in cursor.fetchall())


def test_passphrases_are_long_and_never_the_same(administrator, said):
    secrets = set()
    for number in range(5):
        name = {"username": f"pat{number}", "display_name": f"{chr(97 + number) * 9} Doe"}
        secrets.add(told(administrator.post(NEW, said | name | {"another": "on"})))
    assert len(secrets) == 5
    assert all(re.fullmatch(r"(?:[a-z0-9]{5}-){3}[a-z0-9]{5}", secret) for secret in secrets)


def test_c51_the_first_passphrase_opens_nothing_but_the_page_that_changes_it(
    administrator, director, said, world
):
    passphrase = told(administrator.post(NEW, said))
    director.post(at("certify", world.held("pat.doe").pk))
    newcomer, change = Person(), reverse("account_change_password")
    login = {"login": "pat.doe", "password": passphrase}
    assert newcomer.post(reverse("account_login"), login).status_code == 302
    assert newcomer.get("/").url.startswith(change)
    own = "violet harbour notebook sparrow"
    typed = {"oldpassword": passphrase, "password1": passphrase, "password2": passphrase}
    same = newcomer.post(change, typed)
    assert "the password that you have now" in same.text.replace("&#x27;", "'")
    assert newcomer.get("/").url.startswith(change), "the same again is no change"
    newcomer.post(change, typed | {"password1": own, "password2": own})
    assert not newcomer.get("/").url.startswith(change)
    assert world.user("pat.doe").check_password(own)


def test_a_second_sending_opens_no_second_account_and_shows_the_first(administrator, said, world):
    administrator.post(NEW, said)
    again = administrator.post(NEW, said)
    assert "This name is taken" in str(again.context["form"].errors["username"])
    assert at("person", world.user("pat.doe").pk) in again.text
    assert not SECRET.findall(again.text)
    assert Membership.objects.filter(user__username="pat.doe").count() == 1


@pytest.mark.parametrize(
    "known", [{"display_name": "Doe, Pat"}, {"display_name": "Pat Döe"}, {"username": "pat_doe"}]
)
def test_a_likely_duplicate_is_shown_before_a_second_account_is_made(
    administrator, said, world, known
):
    administrator.post(NEW, said)
    other = {"username": "somebody", "display_name": "Quite Different"} | known
    asked = administrator.post(NEW, said | other)
    assert "Look at what is here already" in asked.text
    assert at("person", world.user("pat.doe").pk) in asked.text
    assert not User.objects.filter(username=other["username"]).exists()
    assert told(administrator.post(NEW, said | other | {"another": "on"}))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "pat doe"}, "username"),
        ({"username": "p" * 151}, "username"),
        ({"username": ""}, "username"),
        ({"username": "pat\x00"}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "x" * 121}, "display_name"),
        ({"agency": "0"}, "agency"),
        ({"agency": "9" * 40}, "agency"),
        ({"starts": "9999-12-31"}, "starts"),
        ({"starts": "soon"}, "starts"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_no_account_is_made(
    administrator, said, wrong, field
):
    answer = administrator.post(NEW, said | wrong)
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    assert not User.objects.filter(display_name__startswith="Pat").exists()


def test_a_name_differing_in_capitals_alone_is_taken(administrator, said):
    administrator.post(NEW, said)
    again = administrator.post(NEW, said | {"username": "PAT.DOE", "another": "on"})
    assert "username" in again.context["form"].errors


def test_no_account_opens_where_no_agreement_is_in_force(administrator, said, world):
    world.agreement_ends("administrator", 300)
    agency = agency_record(name="Eastbank Police", kind=Agency.Kind.NEIGHBOUR_POLICE)
    answer = administrator.post(NEW, said | {"agency": agency.pk})
    assert "no agreement in force" in str(answer.context["form"].errors["agency"])


def test_a_mislaid_passphrase_is_made_anew_and_the_earlier_opens_nothing(
    administrator, said, world
):
    first = told(administrator.post(NEW, said))
    user = world.user("pat.doe")
    assert at("passphrase", user.pk) in administrator.get(at("person", user.pk)).text
    anew = told(administrator.post(at("passphrase", user.pk)))
    user.refresh_from_db()
    assert (user.check_password(first), user.check_password(anew)) == (False, True)


def test_a_forgotten_password_is_replaced_where_a_second_step_stands_guard(
    director, as_role, world
):
    worker = as_role(Role.OUTREACH)
    assert worker.get("/").status_code == 200
    passphrase = told(director.post(at("passphrase", world.user("outreach").pk)))
    assert worker.get("/").url.startswith(reverse("account_login")), "open sessions end"
    anybody = Person()
    login = {"login": "outreach", "password": passphrase}
    assert anybody.post(reverse("account_login"), login).url == reverse("mfa_authenticate")
    assert anybody.get("/").url.startswith(reverse("account_login"))
    assert PasswordStanding.objects.get(user__username="outreach").must_change


def test_c10_nobody_makes_a_passphrase_that_alone_would_open_a_certified_role(
    administrator, director, said, world
):
    first = told(administrator.post(NEW, said))
    director.post(at("certify", world.held("pat.doe").pk))
    user = world.user("pat.doe")
    assert at("passphrase", user.pk) not in director.get(at("person", user.pk)).text
    refused = director.post(at("passphrase", user.pk), follow=True)
    assert "could walk in" in refused.text
    user.refresh_from_db()
    assert user.check_password(first)


def test_another_role_is_given_once_the_first_has_ended(director, account, world, police_agency):
    user = account(Role.OUTREACH)
    new = reverse("administration:role_new", args=[user.pk, "officer"])
    said = {"agency": police_agency.pk, "starts": timezone.localdate()}
    refused = director.post(new, said, follow=True)
    assert "one role at a time" in refused.text
    director.post(at("role_end", world.held("outreach").pk), {"because": "left"})
    assert new in director.get(at("role_choose", user.pk)).text
    for _time in range(2):
        answer = director.post(new, said)
        assert answer.url == at("person", user.pk)
    assert world.held("outreach").role == Role.OFFICER
    assert Membership.objects.filter(user=user).count() == 2
    assert "Outreach worker" in director.get(answer.url).text, "the role before"


def test_an_invitation_is_a_link_told_once_and_an_earlier_one_ends(
    administrator, account, world, settings
):
    user = account(Role.OUTREACH)
    invite = at("invite", user.pk)
    assert administrator.get(invite).status_code == 404, "no agency has a sign-on here"
    assert invite not in administrator.get(at("person", user.pk)).text
    settings.SOCIALACCOUNT_PROVIDERS = provider()
    assert invite in administrator.get(at("person", user.pk)).text
    assert "provider" in administrator.post(invite, {"provider": "x"}).context["form"].errors
    first, second = (told(administrator.post(invite, {"provider": "city"})) for _n in range(2))
    assert SECRET.findall(administrator.get(invite).text) == []
    visitor = Person()
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    assert SignOnInvitation.objects.filter(user=user).count() == 2


def test_what_was_typed_is_kept_when_the_session_locks(administrator, said, settings):
    settings.IDLE_LOCK = 0
    locked = administrator.post(NEW, said)
    assert (locked.status_code, "reauthenticate" in locked.url) == (302, True)
    settings.IDLE_LOCK = 1800
    form = administrator.get(NEW).context["form"]
    assert form.initial["display_name"] == "Pat Doe"
    assert not User.objects.filter(username="pat.doe").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_same_account_at_once_open_one(account, police_agency):
    users = [account(Role.ADMINISTRATOR), account(Role.DIRECTOR)]
    clients = [Person(), Person()]
    for client, user in zip(clients, users, strict=True):
        client.force_login(user)
        client.get("/")
    said = {
        "display_name": "Pat Doe", "username": "pat.doe", "agency": police_agency.pk,
        "starts": timezone.localdate(), "another": "on",
    }  # fmt: skip

    def send(client):
        try:
            return client.post(NEW, said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, clients))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len([one for one in answers if SECRET.findall(one.text)]) == 1
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        assert Membership.objects.filter(user__username="pat.doe").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_same_agreement_at_once_record_one(account, police_agency):
    from ceasefire.access.models import Agreement

    client = Person()
    client.force_login(account(Role.DIRECTOR))
    client.get("/")
    said = {"document": "The paper", "starts": timezone.localdate(), "ends": timezone.localdate()}

    def send(_number):
        try:
            again = Person()
            again.cookies = client.cookies
            return again.post(at("agreement_new", police_agency.pk), said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, range(2))) == [302, 302]
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        assert Agreement.objects.filter(document="The paper").count() == 1
