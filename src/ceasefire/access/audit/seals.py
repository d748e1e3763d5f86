"""A seal as it is signed, and the folder off this machine where every seal is kept as a file."""

import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection

from ceasefire.config.home import Home

SECRET = "audit-seal"
FILES = "seal-*.json"


class SealConflict(Exception):
    """The folder of seals already holds another seal of that number; nothing was overwritten."""


@dataclass(frozen=True)
class Seal:
    """One batch of sealed rows. ids: [[first, last], ...]; bytes are written as base64."""

    batch: int
    ids: list[list[int]]
    root: str
    previous: str
    sealed_at: str
    signature: str = ""

    def signed_part(self) -> bytes:
        words = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(words, sort_keys=True, separators=(",", ":")).encode()

    def signature_holds(self) -> bool:
        try:
            key().public_key().verify(b64decode(self.signature), self.signed_part())
        except (InvalidSignature, ValueError):
            return False
        return True


def key() -> Ed25519PrivateKey:
    """This home's sealing key, from a secret that is made on first use."""
    secret = Home(settings.HOME.path).secret(SECRET)
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret.encode()).digest())


def public_key() -> str:
    raw = key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b64encode(raw).decode()


def in_database(*, after: int = 0) -> list[Seal]:
    """The seals that the database holds, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.audit_seals(%s)", [after])
        return [_seal(*row) for row in cursor]


def _seal(batch, ids, root, previous, signature, sealed_at) -> Seal:
    return Seal(
        batch=batch,
        ids=[[span.lower, span.upper - 1] for span in ids],
        root=_text(root),
        previous=_text(previous),
        sealed_at=sealed_at.isoformat(),
        signature=_text(signature or b""),
    )


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def folder() -> Path:
    made = Path(settings.AUDIT_SEALS)
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def in_folder() -> dict[int, Seal | None]:
    """Batch -> the seal in its file, or None where no file can be read as one, or two differ."""
    found: dict[int, Seal | None] = {}
    # Files lie in a folder for each day; those of an earlier version lie in the first one.
    for path in sorted(folder().rglob(FILES)):
        batch, seal = _batch(path), _read(path)
        found[batch] = seal if found.setdefault(batch, seal) == seal else None
    return found


def _batch(path: Path) -> int:
    return int(path.stem.removeprefix("seal-"))


def _read(path: Path) -> Seal | None:
    try:
        held = json.loads(path.read_text())
        held.pop("public_key")
        return Seal(**held)
    except (ValueError, KeyError, TypeError):
        return None


def write(seal: Seal) -> None:
    """Put a seal's file into the folder of its day, whole or not at all. Raises SealConflict."""
    day = folder() / datetime.fromisoformat(seal.sealed_at).astimezone(UTC).strftime("%Y/%m/%d")
    day.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = day / f"seal-{seal.batch:010}.json"
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    with open(draft, "w") as file:
        json.dump(asdict(seal) | {"public_key": public_key()}, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, target)
    except FileExistsError:
        _require_same(target, seal)
    finally:
        draft.unlink()


def write_missing() -> int:
    """Write the file of every seal since the newest one in the folder; returns how many.

    Raises SealConflict where the newest is not what the database holds under its number.
    """
    newest = newest_file()
    fresh = in_database(after=_batch(newest) - 1 if newest else 0)
    if newest:
        _require_same(newest, fresh.pop(0) if fresh else None)
    for seal in fresh:
        write(seal)
    return len(fresh)


def newest_file() -> Path | None:
    """The file of the highest number: in the latest day's folder, without looking at the others."""
    days = sorted(folder().glob("[0-9]*/[0-9]*/[0-9]*"), reverse=True)
    found = (max(place.glob(FILES), default=None) for place in (*days, folder()))
    return next(filter(None, found), None)


def _require_same(path: Path, seal: Seal | None) -> None:
    if seal is None or _read(path) != seal:
        raise SealConflict(
            f"{path} holds another seal than the database. Either has been changed, or the "
            "database is an older copy: keep the folder as it is and find out which."
        )
