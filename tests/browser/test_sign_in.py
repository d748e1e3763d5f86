"""Signing in as a person does, in a real browser: passkeys, codes, the lock that keeps a text."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.roles import Role
from tests.browser.audit import audit, watched
from tests.browser.conftest import sign_in
from tests.conftest import PASSWORD, code_now
from tests.registry.worlds import a_register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def an_empty_cache(transactional_db):
    cache.clear()


def give_passkeys(context, page):
    """Put a security key into this browser that says yes to everything, as a finger would."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    options |= {"automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def confirm(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.fixture
def at_localhost(live_server, new_context):
    """A browser may use a passkey on the machine's own name only, not on its number."""
    base = live_server.url.replace("127.0.0.1", "localhost")
    return new_context(base_url=base)


def test_c48_an_administrator_adds_a_passkey_and_signs_in_with_it_alone(
    at_localhost, account, settings
):
    settings.PASSKEY_ROLES = frozenset({"administrator"})
    account(Role.ADMINISTRATOR)
    page = at_localhost.new_page()
    give_passkeys(at_localhost, page)
    page.goto("/account/login/")
    page.get_by_label("Username").fill("administrator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in", exact=True).click()
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    confirm(page)
    page.get_by_text("Your role opens with a passkey only").wait_for()
    page.get_by_label("Let it sign in alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/")
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("heading", name="This week").wait_for()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Accept and sign in with a passkey").click()
    page.get_by_role("heading", name="This week").wait_for()


def test_c50_a_text_survives_the_lock_and_comes_back(enter):
    with identity.acting(identity.OPERATOR):
        a_register()
    page = enter(Role.ANALYST).new_page()
    page.goto(reverse("registry:enter"))
    page.get_by_label("Incident number").fill("R-77")
    page.get_by_label("How is it known?").fill("A call from the duty officer")
    _let_the_session_grow_old()
    page.get_by_role("button", name="Enter").or_(page.locator("main form button")).first.click()
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    assert "R-77" not in page.content()
    confirm(page)
    page.get_by_text("Your text was kept").wait_for()
    assert page.get_by_label("Incident number").input_value() == "R-77"
    assert page.get_by_label("How is it known?").input_value() == "A call from the duty officer"


def test_c50_a_page_left_alone_warns_and_then_hides_itself_with_its_text_kept(enter):
    with identity.acting(identity.OPERATOR):
        a_register()
    page = enter(Role.ANALYST).new_page()
    page.clock.install()
    page.goto(reverse("registry:enter"))
    page.get_by_label("Incident number").fill("R-77")
    page.clock.fast_forward("28:10")
    page.get_by_text("This page is about to lock").wait_for()
    _let_the_session_grow_old()
    page.clock.fast_forward("02:00")
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    confirm(page)
    page.get_by_text("Your text was kept").wait_for()
    assert page.get_by_label("Incident number").input_value() == "R-77"
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert "R-77" not in page.evaluate(kept)


def _let_the_session_grow_old():
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if "active_at" in session:
            session["active_at"] -= 31 * 60
            session.save()


SECURITY = [
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "account_change_password",
]


@pytest.mark.parametrize("name", SECURITY)
def test_page_of_the_second_step_is_accessible(name, enter, live_server):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with watched(enter(Role.OFFICER), live_server.url) as look:
        page = look.page
        page.goto("/account/reauthenticate/")
        confirm(page)
        user = Authenticator.objects.get().user
        RecoveryCodes.activate(user)
        if name == "mfa_activate_totp":
            Authenticator.objects.filter(type="totp").delete()
            Authenticator.objects.create(user=user, type="webauthn", data={"name": "Phone"})
        page.goto(reverse(name))
        assert page.url.endswith(reverse(name))
        audit(look)


def test_entrance_pages_are_accessible_before_during_and_after_failing(enter, account, live_server):
    account(Role.OFFICER)
    with watched(enter(None), live_server.url) as look:
        page = look.page
        page.goto("/account/login/")
        audit(look)
        for _ in range(6):
            page.get_by_label("Username").fill("officer")
            page.get_by_label("Password").fill("wrong and wrong again")
            page.get_by_role("button", name="Accept and sign in", exact=True).click()
        page.get_by_text("is locked for 15 minutes").wait_for()
        audit(look)
        cache.clear()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Accept and sign in", exact=True).click()
        page.get_by_role("heading", name="Second step", exact=True).wait_for()
        audit(look)


@pytest.mark.parametrize("role", [Role.CAPTAIN, Role.OUTREACH])
def test_a_person_signs_in_with_name_password_and_code(role, account, new_context, live_server):
    account(role)
    context = new_context(base_url=live_server.url)
    sign_in(context, role.value)
    page = context.new_page()
    page.goto("/")
    assert page.get_by_text("Sign out").first.is_visible()
