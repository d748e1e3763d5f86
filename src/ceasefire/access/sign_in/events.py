"""What happened at the door, one call for each event; the audit trail listens to the signal.

kind is one of KINDS. A name that was typed is passed on as a keyed hash only: people type
passwords into the box for the name.
"""

import logging

from django.dispatch import Signal

from ceasefire.access.sign_in.sealing import fingerprint

KINDS = frozenset(
    {
        *("signed_in", "signed_out", "failed", "second_step_failed", "locked", "released"),
        *("idle_locked", "unlocked", "ended", "replaced", "factor_added", "factor_removed"),
        *("password_changed", "password_refused", "sign_on_refused", "sign_on_linked"),
    }
)
# Sent with kind, username_hash, user_id and whatever else is known of the event.
sign_in_event = Signal()
_log = logging.getLogger("ceasefire.sign_in")


def emit(kind: str, *, username: str, user_id: int | None = None, **facts) -> None:
    """Tell every listener. A listener that fails stops the sign-in: what cannot be recorded
    must not happen."""
    assert kind in KINDS, kind
    hashed = username_hash(username)
    sign_in_event.send(sender=None, kind=kind, username_hash=hashed, user_id=user_id, facts=facts)


def username_hash(username: str) -> str:
    return fingerprint(username.strip().casefold(), purpose="sign-in names")


def on_sign_in_event(*, kind: str, username_hash: str, user_id: int | None, facts: dict, **_):
    """The first listener: one line in the log."""
    _log.info("%s name=%s user=%s %s", kind, username_hash, user_id, facts)


sign_in_event.connect(on_sign_in_event)
