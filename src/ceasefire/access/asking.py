"""Who a session or an account is at this moment, as the database itself answers."""

import hashlib
import time

from django.db import connection

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.roles import Role
from ceasefire.access.walls import proof

LONGEST_SECONDS = 12 * 60 * 60


def actor_of_user(user) -> Actor | None:
    """The person as a command or a job acts: no session, a pass of this home. None: no role now."""
    return _answered(user, proof.of_user(user.pk))


def actor_of_session(user, secret: str) -> Actor | None:
    """The person at a page. None: no current role, or the session has ended or been idle."""
    shown = proof.of_session(secret)
    return _answered(user, shown, secret) or _begun(user, shown, secret)


def session_end(secret: str) -> None:
    """End the session in the database at once, whatever else still remembers it."""
    shown = proof.of_session(secret)
    with identity.showing(identity.NO_ROOM, shown), connection.cursor() as cursor:
        cursor.execute("SELECT wall.session_end()")


def _answered(user, shown: str, secret: str = "") -> Actor | None:
    with identity.showing(identity.NO_ROOM, shown), connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, role, agency_kind, wall.session_seen() FROM wall.who()"
            " WHERE user_id = %s",
            [user.pk],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    agency_id, role, kind, _seen = row
    return Actor(
        name=str(user),
        role=Role(role),
        agency_kind=kind,
        agency_id=agency_id,
        user_id=user.pk,
        session_secret=secret,
    )


def _begun(user, shown: str, secret: str) -> Actor | None:
    """Begin the session in the database, or go on with it after a lock; an ended one stays so."""
    hashed = hashlib.sha256(secret.encode()).digest()
    until = int(time.time()) + LONGEST_SECONDS
    signature = proof.mac(f"begin:{user.pk}:{hashed.hex()}:{until}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.session_begin(%s, %s, %s, %s)", [user.pk, hashed, until, signature]
        )
    return _answered(user, shown, secret)
