"""Ties the library's signals to ours, in one place."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth

from ceasefire.access.asking import session_end
from ceasefire.access.budgets.services import on_second_factor
from ceasefire.access.sign_in import lockout, oidc, passwords, sessions
from ceasefire.access.sign_in.events import emit


def connect() -> None:
    # Django's own signal comes first, whatever way somebody signs in.
    auth.user_logged_in.connect(sessions.begin)
    auth.user_logged_out.connect(ended_in_the_database)
    auth.user_logged_out.connect(signed_out)
    account.user_logged_in.connect(sessions.replace_others)
    account.user_logged_in.connect(oidc.note_provider)
    account.user_logged_in.connect(signed_in)
    account.authentication_step_completed.connect(sessions.unlock)
    for signal in (account.password_changed, account.password_set):
        signal.connect(passwords.changed)
        signal.connect(password_changed)
    mfa.authentication_failed.connect(second_step_failed)
    mfa.authenticator_used.connect(on_second_factor)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)


def signed_in(sender, request, user, **_kwargs):
    device = sessions.device_of(request).value
    emit("signed_in", username=user.username, user_id=user.pk, device=device)


def ended_in_the_database(sender, request, **_kwargs):
    if request is not None and request.session.secret:
        session_end(request.session.secret)


def signed_out(sender, request, user, **_kwargs):
    if user:
        emit("signed_out", username=user.username, user_id=user.pk)


def password_changed(sender, request, user, **_kwargs):
    emit("password_changed", username=user.username, user_id=user.pk)


def second_step_failed(sender, request, user, **_kwargs):
    address = request.META.get("REMOTE_ADDR", "")
    lockout.note_failure("second_step_failed", user.username, user=user, address=address)


def factor_added(sender, request, user, authenticator, **_kwargs):
    emit("factor_added", username=user.username, user_id=user.pk, factor=authenticator.type)


def factor_removed(sender, request, user, authenticator, **_kwargs):
    emit("factor_removed", username=user.username, user_id=user.pk, factor=authenticator.type)
