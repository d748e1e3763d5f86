"""Seal and open bytes: AES-256-GCM, bound to what the bytes are about.

A sealed value is {key id: 16 bytes}{nonce: 12 bytes}{ciphertext and tag}.
"""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_ID_BYTES, _NONCE_BYTES = 16, 12
_HEAD = _ID_BYTES + _NONCE_BYTES


class SealingError(Exception):
    """A value could not be sealed or opened; the message says which and what to do."""


@dataclass(frozen=True)
class Key:
    id: int
    secret: bytes = field(repr=False)


def fresh_secret() -> bytes:
    return os.urandom(KEY_BYTES)


def seal(plain: bytes, *, key: Key, about: str) -> bytes:
    """`about` is authenticated, not stored: the value opens only where it says the same."""
    nonce = os.urandom(_NONCE_BYTES)
    return _id_bytes(key.id) + nonce + AESGCM(key.secret).encrypt(nonce, plain, about.encode())


def unseal(sealed: bytes, *, key: Key, about: str) -> bytes:
    """Raises SealingError for another key, another place or an altered value."""
    nonce = sealed[_ID_BYTES:_HEAD]
    try:
        if sealed[:_ID_BYTES] != _id_bytes(key.id):
            raise InvalidTag
        return AESGCM(key.secret).decrypt(nonce, sealed[_HEAD:], about.encode())
    except (InvalidTag, ValueError):
        raise SealingError(
            f"A sealed value does not open as {about}: it was altered, or moved there from "
            "another record. Restore the row from a backup and look at who changed it."
        ) from None


def _id_bytes(number: int) -> bytes:
    return number.to_bytes(_ID_BYTES, "big")
