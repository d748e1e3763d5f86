"""Who a session or an account is at this moment, as the database itself answers."""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.roles import Role
from ceasefire.access.walls import proof

LONGEST_SECONDS = 12 * 60 * 60


class NoRole(TextChoices):
    """Why somebody who has signed in has no role now, with what puts it right."""

    NEVER = "never", _("Your account has no role yet. Ask your system administrator.")
    CLOSED = "closed", _("Your account is closed. Ask your system administrator.")
    ENDED = "ended", _("Your role has ended. Ask your system administrator if that is wrong.")
    COMING = "coming", _("Your role has not begun yet. Sign in again from its first day.")
    AGREEMENT = (
        "agreement",
        _("Your agency has no agreement in force. The programme's director can renew it."),
    )
    CERTIFICATION = (
        "certification",
        _("Your role must be certified, as each year. Ask the programme's director."),
    )
    ATTESTATION = (
        "attestation",
        _("This quarter you have not attested that you have no immigration enforcement duty."),
    )
    DETAILED = (
        "detailed",
        _("You said that you are detailed to immigration enforcement: your access is suspended."),
    )
    ASLEEP = (
        "asleep",
        _("Nobody has used your account for 90 days. Ask your system administrator to wake it."),
    )
    SESSION = "session", _("Your session has ended. Sign out, then sign in again.")


def actor_of_user(user) -> Actor | None:
    """The person as a command or a job acts: no session, a pass of this home. None: no role now."""
    return _answered(user, proof.of_user(user.pk))


def actor_of_session(user, secret: str) -> Actor | None:
    """The person at a page. None: no current role, or the session has ended or been idle."""
    shown = proof.of_session(secret)
    return _answered(user, shown, secret) or _begun(user, shown, secret)


def why_no_role(user, secret: str) -> NoRole:
    """What keeps this person out, where `actor_of_session` gave nobody."""
    if _begin(user, secret) == NoRole.ASLEEP:
        return NoRole.ASLEEP
    return _reason(user, proof.of_session(secret))


def why_no_role_of(user) -> NoRole:
    """The same for a command or a job, which have no session."""
    return _reason(user, proof.of_user(user.pk))


def _reason(user, shown: str) -> NoRole:
    with identity.showing(identity.NO_ROOM, shown), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(wall.bearer(), 0) = %s, wall.why_not()", [user.pk])
        known, reason = cursor.fetchone()
    return NoRole(reason or NoRole.NEVER) if known else NoRole.SESSION


@dataclass(frozen=True)
class Account:
    """How one account stands: `reason` is None where its role opens what it should.

    closing: the agency's agreement is over, and the person reads only. seen: last at a page.
    """

    user_id: int
    membership_id: int | None
    reason: NoRole | None
    closing: bool
    seen: datetime | None


def accounts(user_id: int | None = None) -> list[Account]:
    """Every account, or one, for whoever keeps or audits them; for anybody else none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, membership_id, reason, closing, seen FROM wall.accounts(%s::bigint)",
            [user_id],
        )
        return [
            Account(user, held, NoRole(reason) if reason else None, *more)
            for user, held, reason, *more in cursor.fetchall()
        ]


def session_end(secret: str) -> None:
    """End the session in the database at once, whatever else still remembers it."""
    shown = proof.of_session(secret)
    with identity.showing(identity.NO_ROOM, shown), connection.cursor() as cursor:
        cursor.execute("SELECT wall.session_end()")


def _answered(user, shown: str, secret: str = "") -> Actor | None:
    with identity.showing(identity.NO_ROOM, shown), connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, role, agency_kind, closing, wall.session_seen() FROM wall.who()"
            " WHERE user_id = %s",
            [user.pk],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    agency_id, role, kind, closing, _seen = row
    return Actor(
        name=str(user),
        role=Role(role),
        agency_kind=kind,
        agency_id=agency_id,
        user_id=user.pk,
        closing=closing,
        session_secret=secret,
    )


def _begun(user, shown: str, secret: str) -> Actor | None:
    _begin(user, secret)
    return _answered(user, shown, secret)


def _begin(user, secret: str) -> str:
    """Begin the session in the database, or go on with it after a lock; an ended one stays so."""
    hashed = hashlib.sha256(secret.encode()).digest()
    until = int(time.time()) + LONGEST_SECONDS
    signature = proof.mac(f"begin:{user.pk}:{hashed.hex()}:{until}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.session_begin(%s, %s, %s, %s)", [user.pk, hashed, until, signature]
        )
        return cursor.fetchone()[0]
