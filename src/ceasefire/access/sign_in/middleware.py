"""What stands between a signed-in person and a page: clocks, password, second step, passkey.

Each step either lets the request pass or sends the person to the page that puts it right.
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from ceasefire.access.sign_in import drafts, passwords, sessions
from ceasefire.access.sign_in.adapter import STRONG
from ceasefire.access.sign_in.events import emit
from ceasefire.access.sign_in.sessions import Standing

ENTRANCES = {"account_login", "mfa_login_webauthn", "openid_connect_login"}
LOCKED_TOO = {"account_logout", "language"}
ALWAYS = LOCKED_TOO | {"account_still_here"}
CONFIRMING = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ENROLLING = CONFIRMING | {
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
    *("mfa_view_recovery_codes", "mfa_download_recovery_codes"),
}
CHANGING = {"account_change_password", "account_set_password"}


class SignInMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = request.user.is_authenticated
        response = self.get_response(request)
        if known or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name
        if request.method == "POST" and name in ENTRANCES:
            request.session["shared_screen"] = "shared_screen" in request.POST
        if not request.user.is_authenticated:
            return None
        role = request.actor.role if request.actor else None
        request.passkey_needed = role in settings.PASSKEY_ROLES
        for step in (_clock, _password, _second_step, _passkey):
            if answer := step(request, view, name):
                return answer
        return None


def _clock(request, view, name):
    standing = sessions.standing(request.session)
    if standing == Standing.OPEN:
        return _open(request, view, name)
    _keep_draft(request, view)
    if standing == Standing.ENDED:
        return _end(request)
    _tell_locked(request)
    # Whoever sits there now is not known: the frame shows no name and no menu.
    request.actor, request.locked = None, True
    return None if name in CONFIRMING | LOCKED_TOO else _send(request, "account_reauthenticate")


def _open(request, view, name):
    sessions.note_activity(request)
    request.locks_after = settings.IDLE_LOCK
    if drafts.MARK not in request.POST:
        return None
    _keep_draft(request, view)
    return HttpResponseRedirect(drafts.page_of(request))


def _keep_draft(request, view) -> None:
    if request.method == "POST" and drafts.keep(request, view):
        messages.info(request, _("Your session was locked. What you had typed is kept."))


def _end(request):
    user = request.user
    emit("ended", username=user.username, user_id=user.pk)
    kept = list(messages.get_messages(request))
    logout(request)
    for message in kept:
        messages.add_message(request, message.level, message.message)
    messages.info(request, _("Twelve hours after signing in a session ends. Sign in again."))
    return _send(request, "account_login")


def _tell_locked(request) -> None:
    """One event for each lock, not one for each request."""
    if not request.session.get("told_locked"):
        request.session["told_locked"] = True
        emit("idle_locked", username=request.user.username, user_id=request.user.pk)


def _password(request, view, name):
    request.password_refused = passwords.must_change(request.user)
    if name in CHANGING | CONFIRMING | ALWAYS or not request.password_refused:
        return None
    return _send(request, "account_change_password")


def _second_step(request, view, name):
    if name in ENROLLING | CHANGING | ALWAYS or has_second_step(request):
        return None
    return _send(request, "mfa_index", onward=False)


def has_second_step(request) -> bool:
    by_provider = request.session.get("second_step_by_provider") == request.user.pk
    return by_provider or is_mfa_enabled(request.user, STRONG)


def _passkey(request, view, name):
    """Some roles must have shown, in this session, what cannot be phished."""
    if not request.passkey_needed or name in ENROLLING | CHANGING | ALWAYS:
        return None
    records = get_authentication_records(request, request.user)
    if any(record.get("type") == Authenticator.Type.WEBAUTHN for record in records):
        return None
    has_one = is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN])
    return _send(request, "mfa_reauthenticate_webauthn" if has_one else "mfa_add_webauthn")


def _send(request, url_name: str, *, onward: bool = True):
    """To another page, and from there back; a part of a page takes the whole page along."""
    back = request.htmx.current_url_abs_path if request.htmx else drafts.page_of(request)
    url = reverse(url_name) + (f"?{urlencode({'next': back})}" if onward and back else "")
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
