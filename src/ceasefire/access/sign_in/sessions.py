"""The clocks of a session, and one session for each class of device.

A session locks after half an hour without its person's doing anything, and ends twelve hours
after it began. Pages that ask by themselves say so (POLLING) and do not count as doing something.
"""

import time
from enum import StrEnum

from allauth.usersessions.adapter import get_adapter as session_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.models import User
from ceasefire.access.sign_in.events import emit

POLLING = "X-Ceasefire-Poll"
NOTED_EVERY = 30  # seconds


class Standing(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    ENDED = "ended"


class Device(StrEnum):
    """A projector, a phone and a desk may each hold one session of the same person."""

    PHONE = "phone"
    DESK = "desk"
    SHARED = "shared"

    @property
    def label(self):
        words = {
            Device.PHONE: _("Phone"),
            Device.DESK: _("Computer or tablet"),
            Device.SHARED: _("Shared screen"),
        }
        return words[self]


def begin(sender, request, user, **_kwargs) -> None:
    """Start both clocks; the library has just given the session a new key."""
    request.session["signed_in_at"] = request.session["active_at"] = time.time()


def standing(session) -> Standing:
    """How the session stands now. One without clocks, which nobody began, has ended."""
    now = time.time()
    if now - session.get("signed_in_at", 0) >= settings.SESSION_END:
        return Standing.ENDED
    if now - session.get("active_at", 0) >= settings.IDLE_LOCK:
        return Standing.LOCKED
    return Standing.OPEN


def note_activity(request) -> None:
    """Written down twice a minute at most: a session may lock that much too early, never late."""
    now = time.time()
    if POLLING in request.headers or 0 <= now - request.session["active_at"] < NOTED_EVERY:
        return
    request.session["active_at"] = now
    here = UserSession.objects.filter(session_key=request.session.session_key)
    here.update(last_seen_at=timezone.now())


def unlock(sender, request, user, reauthenticated=False, **_kwargs) -> None:
    """Somebody showed again who they are; the twelve hours go on from where they were."""
    if not reauthenticated:
        return
    if standing(request.session) == Standing.LOCKED:
        emit("unlocked", username=user.username, user_id=user.pk)
    request.session["active_at"] = time.time()
    request.session.pop("told_locked", None)


def device_of(request) -> Device:
    """Phones say so themselves; a shared screen is what its person says it is."""
    if request.session.get("shared_screen"):
        return Device.SHARED
    words = request.headers.get("User-Agent", "")
    return Device.PHONE if "Mobi" in words and "iPad" not in words else Device.DESK


def replace_others(sender, request, user, **_kwargs) -> None:
    """End the person's older sessions of the same class; two at once leave one."""
    User.objects.select_for_update().get(pk=user.pk)
    here = UserSession.objects.get(session_key=request.session.session_key)
    here.data["device"] = device_of(request).value
    here.save(update_fields=["data"])
    same = UserSession.objects.filter(user=user, data__device=here.data["device"])
    older = list(same.exclude(pk=here.pk))
    session_adapter().end_sessions(older)
    for _session in older:
        emit("replaced", username=user.username, user_id=user.pk, device=here.data["device"])
