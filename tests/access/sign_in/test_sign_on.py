"""C48: the agency's sign-on is bound to issuer and subject, against providers that really sign."""

import copy

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import invitations, oidc
from tests.access.sign_in import providers
from tests.access.sign_in.conftest import Door

pytestmark = pytest.mark.django_db
SECOND_STEP = reverse("mfa_authenticate")


@pytest.fixture(scope="module")
def issuers():
    """The city's provider, one of another agency, and one whose tokens are old when they come."""
    with (
        providers.running() as city,
        providers.running() as other,
        providers.running("--token-max-age", "-60") as late,
    ):
        yield {"city": city, "other": other, "late": late}


@pytest.fixture(autouse=True)
def installed(settings, issuers):
    """An installation that knows all three."""
    known = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    apps = [providers.app(name, issuer) for name, issuer in issuers.items()]
    known["openid_connect"]["APPS"] = apps
    settings.SOCIALACCOUNT_PROVIDERS = known
    return {entry["provider_id"]: entry for entry in apps}


def begin(door, provider="city", path=None):
    path = path or reverse("openid_connect_login", args=[provider])
    answer = door.client.post(path)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def sign_on(door, subject, provider="city"):
    return door.client.get(providers.consent(begin(door, provider), subject))


def link(user, subject, provider="city"):
    """Tie an account as its holder does, by the link of an invitation."""
    with identity.acting(Actor("sys", Role.ADMINISTRATOR, "vendor", user_id=user.pk)):
        token = invitations.invite(user=user, provider=provider)
    door = Door()
    page = door.client.get(reverse("account_invited", args=[token]))
    assert page.status_code == 200
    answer = sign_on(door, subject, provider)
    return door, token, answer


@pytest.fixture
def captain(account):
    user = account(Role.CAPTAIN)
    link(user, "anna-17")
    return user


def refused(answer):
    text = answer.content.decode()
    return answer.status_code in (401, 403) and (
        "did not work" in text or "belongs to no account" in text
    )


def test_c48_the_right_issuer_and_subject_sign_in_with_our_second_step(captain, door):
    assert sign_on(door, "anna-17").url == SECOND_STEP
    assert not door.is_in()
    door.code()
    assert door.is_in()
    assert door.client.session["_auth_user_id"] == str(captain.pk)


def test_c48_the_same_subject_of_another_issuer_does_not(captain, door):
    assert refused(sign_on(door, "anna-17", "other"))
    assert not door.is_in()


def test_c48_a_provider_moved_to_another_issuer_opens_nothing(captain, door, installed, issuers):
    installed["city"]["settings"] |= {"server_url": issuers["other"], "issuer": issuers["other"]}
    assert refused(sign_on(door, "anna-17"))


def test_c48_a_provider_that_calls_itself_otherwise_is_not_believed(door, installed, issuers):
    installed["city"]["settings"]["server_url"] = issuers["other"]
    answer = door.client.post(reverse("openid_connect_login", args=["city"]))
    assert refused(answer)


def test_c48_a_name_or_address_that_the_provider_tells_is_never_looked_at(account, door):
    user = account(Role.CAPTAIN)
    user.email = "captain"
    user.save()
    assert refused(sign_on(door, "anna-17"))
    assert refused(sign_on(door, "captain"))
    assert not SocialAccount.objects.exists()


def test_c48_a_token_for_another_client_is_refused(captain, door, issuers, monkeypatch):
    stolen = providers.token_for(issuers["city"], "anna-17", client="another-app")
    back = providers.consent(begin(door), "anna-17")
    give(monkeypatch, stolen)
    assert refused(door.client.get(back))


def test_c48_a_token_that_somebody_changed_is_refused(captain, door, issuers, monkeypatch):
    head, _body, signature = providers.token_for(issuers["city"], "two-steps").split(".")
    mine = providers.token_for(issuers["city"], "anna-17").split(".")[1]
    back = providers.consent(begin(door), "anna-17")
    give(monkeypatch, f"{head}.{mine}.{signature}")
    assert refused(door.client.get(back))


def test_c48_a_good_token_in_that_place_would_have_been_accepted(
    captain, door, issuers, monkeypatch
):
    good = providers.token_for(issuers["city"], "anna-17")
    back = providers.consent(begin(door), "anna-17")
    give(monkeypatch, good)
    assert door.client.get(back).url == SECOND_STEP


def test_c48_an_expired_token_is_refused(account, door):
    _door, _token, answer = link(account(Role.CAPTAIN), "anna-17", "late")
    assert refused(answer)
    assert not SocialAccount.objects.exists()


def test_c48_an_answer_is_taken_once(captain, door):
    back = providers.consent(begin(door), "anna-17")
    assert door.client.get(back).url == SECOND_STEP
    assert refused(door.client.get(back))


def test_c48_an_answer_that_another_browser_began_is_refused(captain, door):
    assert refused(Door().client.get(providers.consent(begin(door), "anna-17")))


def test_c48_the_providers_second_factor_is_not_ours(account, door):
    link(account(Role.CAPTAIN), "two-steps")
    assert sign_on(door, "two-steps").url == SECOND_STEP


def test_c48_a_setting_may_accept_the_providers_second_factor(account, door, installed):
    link(account(Role.CAPTAIN), "two-steps")
    installed["city"]["settings"]["second_factor"] = {"amr": ["mfa"]}
    assert sign_on(door, "two-steps").url == "/"
    assert door.is_in()


def test_c48_the_setting_helps_nobody_whose_provider_asked_for_one(captain, door, installed):
    installed["city"]["settings"]["second_factor"] = {"amr": ["mfa"], "acr": ["high"]}
    assert sign_on(door, "anna-17").url == SECOND_STEP


def test_c48_an_account_is_tied_by_invitation_and_by_nothing_else(account, door):
    user = account(Role.CAPTAIN)
    client = door.sign_in("captain")
    path = reverse("openid_connect_login", args=["city"]) + "?process=connect"
    assert refused(client.get(providers.consent(begin(door, path=path), "anna-17")))
    assert not SocialAccount.objects.filter(user=user).exists()


def test_c48_an_invitation_works_once_and_for_three_days(account):
    from ceasefire.access.sign_in.models import SignOnInvitation

    user = account(Role.CAPTAIN)
    _door, token, _answer = link(user, "anna-17")
    assert Door().client.get(reverse("account_invited", args=[token])).status_code == 404
    with identity.acting(Actor("sys", Role.ADMINISTRATOR, "vendor", user_id=user.pk)):
        late = invitations.invite(user=user, provider="city")
    SignOnInvitation.objects.update(ends_at="2026-01-01T00:00:00Z")
    assert invitations.open_invitation(late) is None
    assert token not in str(SignOnInvitation.objects.values())


def test_c48_a_sign_on_tied_to_somebody_else_takes_no_second_account(captain, account):
    _door, _token, answer = link(account(Role.OFFICER), "anna-17")
    assert refused(answer)
    assert SocialAccount.objects.get().user == captain


def test_c48_an_administrator_alone_invites(captain):
    with identity.acting(Actor("chief", Role.CAPTAIN, "police")), pytest.raises(NotPermitted):
        invitations.invite(user=captain, provider="city")


def test_c48_of_the_providers_claims_only_the_binding_is_kept(captain, issuers):
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"iss": issuers["city"], "sub": "anna-17"}


def give(monkeypatch, token):
    """Have the token endpoint hand out this ID token instead of its own."""
    library = oidc.OpenIDConnectOAuth2Adapter
    fetch = library.get_access_token_data
    monkeypatch.setattr(
        library, "get_access_token_data", lambda *a, **k: fetch(*a, **k) | {"id_token": token}
    )
