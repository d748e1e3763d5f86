"""Seals short texts of signing in, with a key of this home for each purpose.

The sealing itself is `access.sealing.envelope`; `about` binds a text to the one row it is for.
"""

import base64
import hmac

from django.conf import settings

from ceasefire.access.sealing import envelope
from ceasefire.access.sealing.envelope import Key, SealingError

# One key for each purpose, never rotated: what it seals lives twelve hours or is enrolled anew.
KEY_ID = 1


class CannotUnseal(Exception):
    """The text was sealed in another home, for another purpose or row, or it was changed."""


def seal(text: str, *, purpose: str, about: str = "") -> str:
    sealed = envelope.seal(text.encode(), key=_key(purpose), about=about)
    return base64.b64encode(sealed).decode()


def unseal(sealed: str, *, purpose: str, about: str = "") -> str:
    try:
        raw = base64.b64decode(sealed, validate=True)
        return envelope.unseal(raw, key=_key(purpose), about=about).decode()
    except (ValueError, SealingError) as error:
        raise CannotUnseal(
            f"A sealed text ({purpose}) is not of this home. Were its secrets restored with it?"
        ) from error


def fingerprint(text: str, *, purpose: str) -> str:
    """The same short code for the same text in this home, from which the text cannot be found."""
    return hmac.digest(_key(purpose).secret, text.encode(), "sha256").hex()[:32]


def _key(purpose: str) -> Key:
    secret = hmac.digest(settings.HOME.secret("sign-in").encode(), purpose.encode(), "sha256")
    return Key(KEY_ID, secret)
