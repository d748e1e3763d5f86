"""Keyed hashes of names and addresses, by which a declaration meets a record and nothing is read.

A record's hashes are made from its name at the moment of opening and kept nowhere: no two rooms
are matched by them.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ceasefire.access.interests.models import InterestToken
from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.tokens import fold, tokens_of

# Declarations lie there, whatever room their account works in.
ROOM = Room.AGGREGATE
Near = InterestToken.Near


@dataclass(frozen=True)
class Hashes:
    """Of a name that is shown: of each word itself, of all that is like it, of the address."""

    same: frozenset[UUID]
    like: frozenset[UUID]
    address: frozenset[UUID]

    @property
    def all(self) -> frozenset[UUID]:
        return self.same | self.like | self.address


def hashes_of(name: str, address: str = "") -> Hashes:
    """Raises KeyMissing."""
    words = fold(name).split()
    return Hashes(
        same=frozenset(_hash("word", word) for word in words),
        like=tokens_of(name, ROOM),
        address=frozenset(_of_address(address)),
    )


def declared_tokens(name: str, address: str) -> Iterator[tuple[int, Near, UUID]]:
    """(word, how near, hash) of everything under which a declaration is found."""
    for number, word in enumerate(fold(name).split()):
        yield number, Near.SAME, _hash("word", word)
        yield from ((number, Near.LIKE, token) for token in sorted(tokens_of(word, ROOM)))
    yield from ((0, Near.ADDRESS, token) for token in _of_address(address))


def _of_address(address: str) -> Iterator[UUID]:
    if told := "".join(letter for letter in address.casefold() if letter.isalnum()):
        yield _hash("address", told)


def _hash(kind: str, text: str) -> UUID:
    return UUID(
        bytes=hmac.digest(keyring.search_key(ROOM), f"{kind}:{text}".encode(), "sha256")[:16]
    )
