"""C48: a second step for everyone, and a passkey for those who look after others' accounts."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ceasefire.access.roles import Role
from ceasefire.access.sign_in.demo_codes import code_now
from ceasefire.access.sign_in.sealing import CannotUnseal, seal, unseal
from tests.access.sign_in.conftest import Door
from tests.conftest import CODE_SECRET, PASSWORD

pytestmark = pytest.mark.django_db
PASSKEY_ROLES = frozenset({"administrator", "auditor"})


@pytest.fixture
def bare(account):
    """An account that has a password only."""
    user = account(Role.ANALYST)
    Authenticator.objects.filter(user=user).delete()
    return user


def test_c48_a_password_alone_makes_no_session(account, door):
    account(Role.ANALYST)
    assert door.password("analyst").url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in door.client.session
    assert door.client.get("/").status_code == 302


def test_c48_password_and_code_open_the_first_page(account, door):
    account(Role.ANALYST)
    door.sign_in("analyst")
    assert door.is_in()


def test_c48_a_code_works_once(account, door):
    account(Role.ANALYST)
    door.password("analyst")
    assert door.code().status_code == 302
    second = Door()
    second.password("analyst")
    assert second.code().status_code == 200
    assert not second.is_in()


def test_c48_an_account_without_a_second_step_reaches_only_its_enrolment(bare, door):
    door.password("analyst")
    for name in ("this_week", "registry:shootings", "usersessions_list", "intake:feeds"):
        answer = door.client.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index")), name
    assert "opens nothing before it has a second step" in _text(door, "mfa_index")


def test_c48_setting_up_an_app_opens_the_account(bare, door):
    door.password("analyst")
    door.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    door.client.get(reverse("mfa_activate_totp"))
    secret = door.client.session["mfa.totp.secret"]
    answer = door.client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert door.is_in()


def test_c48_a_recovery_code_opens_once_when_the_phone_is_lost(account, door):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(account(Role.ANALYST)).get_unused_codes()[0]
    door.password("analyst")
    assert door.code(code).status_code == 302
    assert door.is_in()
    door.client.logout()
    door.password("analyst")
    assert door.code(code).status_code == 200


def test_c48_the_last_second_step_cannot_be_taken_away(account, door):
    account(Role.ANALYST)
    door.sign_in("analyst")
    door.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    text = door.client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "an account needs one" in text
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_c48_a_code_is_not_enough_for_who_looks_after_others(role, account, door, settings):
    settings.PASSKEY_ROLES = PASSKEY_ROLES
    account(role)
    door.sign_in(role.value)
    answer = door.client.get("/")
    assert answer.url.startswith(reverse("mfa_add_webauthn"))
    assert "passkey only" in _text(door, "mfa_index")


def test_c48_other_roles_may_use_a_code(account, door, settings):
    settings.PASSKEY_ROLES = PASSKEY_ROLES
    account(Role.CAPTAIN)
    door.sign_in("captain")
    assert door.is_in()


def test_c48_having_a_passkey_does_not_help_who_signs_in_with_a_code(account, door, settings):
    settings.PASSKEY_ROLES = PASSKEY_ROLES
    user = account(Role.AUDITOR)
    credential = {"name": "Key", "credential": {}}
    door.sign_in("auditor")
    Authenticator.objects.create(user=user, type="webauthn", data=credential)
    assert door.client.get("/").url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_c48_secrets_lie_sealed_in_the_database(account):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = account(Role.ANALYST)
    codes = RecoveryCodes.activate(user)
    stored = str([row.data for row in Authenticator.objects.filter(user=user)])
    assert CODE_SECRET not in stored
    assert not any(code in stored for code in codes.generate_codes())
    assert unseal(codes.instance.data["seed"], purpose="second factor")


def test_a_sealed_text_opens_for_its_own_purpose_and_row_only():
    sealed = seal("words", purpose="drafts", about="7 /a/")
    assert unseal(sealed, purpose="drafts", about="7 /a/") == "words"
    for other in ({"purpose": "drafts", "about": "8 /a/"}, {"purpose": "x", "about": "7 /a/"}):
        with pytest.raises(CannotUnseal):
            unseal(sealed, **other)
    for place in range(0, len(sealed) - 4, 3):
        changed = sealed[:place] + ("B" if sealed[place] != "B" else "C") + sealed[place + 1 :]
        with pytest.raises(CannotUnseal):
            unseal(changed, purpose="drafts", about="7 /a/")


def _text(door, name):
    return door.client.get(reverse(name)).content.decode()
