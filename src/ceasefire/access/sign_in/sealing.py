"""Seals short texts with a key of this home, so that a copy of the database alone tells nothing.

AES-256-GCM; each purpose has a key of its own, and `about` binds a text to the one row it is for.
"""

import base64
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class CannotUnseal(Exception):
    """The text was sealed in another home, for another purpose or row, or it was changed."""


def seal(text: str, *, purpose: str, about: str = "") -> str:
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(purpose).encrypt(nonce, text.encode(), about.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str, about: str = "") -> str:
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher(purpose).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise CannotUnseal(
            f"A sealed text ({purpose}) is not of this home. Were its secrets restored with it?"
        ) from error


def fingerprint(text: str, *, purpose: str) -> str:
    """The same short code for the same text in this home, from which the text cannot be found."""
    return hmac.digest(_key(purpose), text.encode(), "sha256").hex()[:32]


def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(purpose))


def _key(purpose: str) -> bytes:
    return hmac.digest(settings.HOME.secret("sign-in").encode(), purpose.encode(), "sha256")
