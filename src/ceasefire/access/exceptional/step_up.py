"""Showing a second factor again, for one thing that is to be done now."""

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponseRedirect
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.exceptional.models import STEP_UP_WITHIN
from ceasefire.access.sign_in.adapter import STRONG

SHOWN_WITHIN = STEP_UP_WITHIN.total_seconds()
_USED = "step_up_used"


def shown_at(request) -> int | None:
    """When the second factor was shown again, in whole seconds; None where that is used or old.

    A password alone, or a sign-in however recent, is no step up.
    """
    records = get_authentication_records(request, request.user)
    shown = [int(record["at"]) for record in records if _is_step_up(record)]
    newest = max(shown, default=0)
    fresh = time.time() - newest < SHOWN_WITHIN
    return newest if fresh and newest > request.session.get(_USED, 0) else None


def use(request, shown: int) -> None:
    """It serves one attempt; the database holds to that too."""
    request.session[_USED] = shown


def ask(request):
    """To the page that asks for the second factor, and from there back to this one."""
    back = f"?{urlencode({'next': request.get_full_path()})}"
    with identity.outside_rooms():
        page = _page(request.user)
    return HttpResponseRedirect(reverse(page) + back)


def _is_step_up(record: dict) -> bool:
    second = record.get("method") == "mfa" and record.get("type") in STRONG
    return second and bool(record.get("reauthenticated"))


def _page(user) -> str:
    """Where the agency's own sign-on gave the second factor, one of our own is added first."""
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return "mfa_reauthenticate"
    if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
        return "mfa_reauthenticate_webauthn"
    return "mfa_index"
