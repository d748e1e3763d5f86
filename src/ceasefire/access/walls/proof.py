"""What the asker shows to the database: a session's secret, or a pass that this home has signed."""

import hashlib
import hmac
import secrets
import time
from functools import cache

from django.conf import settings

VALID_SECONDS = 600
# As long as a purpose holds.
WORK_SECONDS = 12 * 60 * 60
OPERATOR_ID = 0


@cache
def key() -> bytes:
    """The home's key for passes and sessions; the database keeps it where no role can read it."""
    return hashlib.sha256(settings.HOME.secret("wall").encode()).digest()


def pads() -> tuple[bytes, bytes]:
    """The two padded keys of HMAC-SHA256 (RFC 2104), 64 bytes each."""
    block = key().ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def mac(message: str) -> bytes:
    return hmac.digest(key(), message.encode(), "sha256")


def hash_of(shown: str) -> str:
    """How a signed message names one proof, and the database the one that it was shown."""
    return hashlib.sha256(shown.encode()).hexdigest()


def of_session(secret: str) -> str:
    return f"s:{secret}"


def of_user(user_id: int | None) -> str:
    """A pass for a command or a job in a person's name, or (None) in the operator's."""
    # One pass serves for half its life, so that a burst of work signs one.
    return _pass(user_id or OPERATOR_ID, int(time.time() * 2 // VALID_SECONDS))


def of_work(user_id: int | None) -> str:
    """A pass as of_user's for one piece of long work: no other work ends what it states."""
    until = int(time.time()) + WORK_SECONDS
    return _signed(f"p:{user_id or OPERATOR_ID}:{until}:{secrets.token_hex(16)}")


@cache
def _pass(user_id: int, half: int) -> str:
    return _signed(f"p:{user_id}:{(half + 3) * VALID_SECONDS // 2}")


def _signed(words: str) -> str:
    return f"{words}:{mac(words).hex()}"


def errand(user_id: int, *what: object) -> str:
    """A person's name on one piece of queued work, signed: the queue's table alone sends nobody."""
    return f"{user_id}:{mac(_errand(user_id, what)).hex()}"


def errand_bearer(signed: str, *what: object) -> int:
    """Whose errand it is. Raises PermissionError where this home has not signed just this."""
    user_id, _colon, given = signed.partition(":")
    numbered = user_id.isascii() and user_id.isdigit()
    right = mac(_errand(user_id, what)).hex() if numbered else ""
    if not hmac.compare_digest(right.encode(), given.encode(errors="replace")) or not right:
        raise PermissionError("This work is not signed with this home's key.")
    return int(user_id)


def _errand(user_id: int | str, what: tuple) -> str:
    return ":".join(["errand", str(user_id), *map(str, what)])
