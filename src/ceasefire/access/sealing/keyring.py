"""The rooms' own keys: in a file of the home's secrets folder or in the environment.

Each line is `NUMBER:BASE64` (32 bytes); the highest number seals, the others still open.
`search:BASE64` is the room's key for search tokens, which no rotation changes. The environment
(`CEASEFIRE_KEY_SERVICES` and so on) goes before the file and may hold its lines with spaces
between. Keys are never in the database.
"""

import base64
import binascii
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from ceasefire.access.partitions import Room
from ceasefire.access.sealing.envelope import KEY_BYTES, Key, SealingError, fresh_secret

SEARCH = "search"
# The rooms that hold content; one's own account holds none.
ROOMS = tuple(room for room in Room if room != Room.ACCOUNT)


class KeyMissing(SealingError):
    """A room has no key, or not the one that is asked for."""


def variable(room: Room) -> str:
    return f"CEASEFIRE_KEY_{Room(room).value.upper()}"


def path(room: Room) -> Path:
    return settings.HOME.path / "secrets" / f"key-{Room(room).value}"


def numbered(room: Room) -> dict[int, Key]:
    """The keys of a room that wrap record keys, by number; empty where there is none."""
    lines = _lines(room)
    return {int(name): Key(int(name), held) for name, held in lines.items() if name != SEARCH}


def current(room: Room) -> Key:
    """The key that wraps from now on. Raises KeyMissing."""
    keys = numbered(room)
    if not keys:
        raise KeyMissing(_missing(room, "no key"))
    return keys[max(keys)]


def named(room: Room, number: int) -> Key:
    """Raises KeyMissing."""
    try:
        return numbered(room)[number]
    except KeyError:
        raise KeyMissing(_missing(room, f"no key number {number}")) from None


def search_key(room: Room) -> bytes:
    """The key of the room's search tokens. Raises KeyMissing."""
    try:
        return _lines(room)[SEARCH]
    except KeyError:
        raise KeyMissing(_missing(room, "no search key")) from None


def make(room: Room) -> Key:
    """Add a key to the room's file, and its search key with the first. Raises SealingError."""
    if os.environ.get(variable(room)):
        raise SealingError(
            f"The keys of the room '{Room(room).value}' come from {variable(room)}: add a line "
            "NUMBER:BASE64 of 32 random bytes there, with the next number."
        )
    key = Key(max(numbered(room), default=0) + 1, fresh_secret())
    lines = [_line(str(key.id), key.secret)]
    if SEARCH not in _lines(room):
        lines.append(_line(SEARCH, fresh_secret()))
    _append(path(room), lines)
    return key


def _append(file: Path, lines: list[str]) -> None:
    settings.HOME.folder(file.parent.name)
    descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as writing:
        writing.write("".join(f"{line}\n" for line in lines))
        writing.flush()
        # A value sealed with a key that a power cut took away is lost.
        os.fsync(writing.fileno())


def _line(name: str, secret: bytes) -> str:
    return f"{name}:{base64.b64encode(secret).decode()}"


def _lines(room: Room) -> dict[str, bytes]:
    """A changed file is read again, so that a new key serves at once in every process."""
    if held := os.environ.get(variable(room)):
        return _parsed(held, variable(room))
    file = path(room)
    try:
        state = os.stat(file)
    except FileNotFoundError:
        return {}
    return _read(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _read(file: Path, changed: int, size: int) -> dict[str, bytes]:
    return _parsed(file.read_text(), str(file))


@lru_cache(maxsize=16)
def _parsed(text: str, where: str) -> dict[str, bytes]:
    return dict(_parse(word, where) for word in text.split())


def _parse(word: str, where: str) -> tuple[str, bytes]:
    name, _colon, encoded = word.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES or not (name == SEARCH or (name.isascii() and name.isdecimal())):
        raise KeyMissing(
            f"{where} holds a line that is no key. Each is NUMBER:BASE64 of {KEY_BYTES} bytes, "
            f"or {SEARCH}:BASE64."
        )
    return name, secret


def _missing(room: Room, what: str) -> str:
    room = Room(room)
    return (
        f"The room '{room.value}' has {what}. Put the key back into {path(room)} or "
        f"{variable(room)}; a new home gets its first by ./ceasefire keys new {room.value}."
    )
