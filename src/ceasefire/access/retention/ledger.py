"""What has been destroyed, kept outside the database: a restore of an older copy is purged again.

Each line names a row by a keyed hash of its table and trace; without this home's secret it names
nothing. The folder (`CEASEFIRE_PURGES`) must not be restored together with the database.
"""

import hmac
import json
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

SECRET = "purges"


def mark(label: str, trace: str) -> str:
    secret = settings.HOME.secret(SECRET).encode()
    return hmac.digest(secret, f"{label}:{trace}".encode(), "sha256").hex()


def path() -> Path:
    folder = Path(settings.PURGE_LEDGER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "ledger.jsonl"


def note(marks: Iterable[str], *, way: str, run: int) -> None:
    """Write before the rows go: a row that is in the ledger and still there is purged again."""
    _append([{"mark": one, "way": way, "run": run} for one in marks])


def take_back(marks: Iterable[str]) -> None:
    """The rows stayed after all."""
    _append([{"mark": one, "way": ""} for one in marks])


def certify(certificate: dict) -> None:
    """Each certificate is kept here too: a restore forgets those made since."""
    _append([{"certificate": certificate}])


def marks() -> dict[str, str]:
    """Mark -> how its row went: destroy or redact. A line cut off by a crash is passed over."""
    found: dict[str, str] = {}
    for line in _lines():
        if "mark" in line:
            found[line["mark"]] = line["way"]
    return {one: way for one, way in found.items() if way}


def certificates() -> list[dict]:
    return [line["certificate"] for line in _lines() if "certificate" in line]


def _lines() -> Iterable[dict]:
    if not path().exists():
        return
    with open(path(), encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def _append(lines: list[dict]) -> None:
    # A line that a crash cut off is ended first, so that it spoils no other.
    text = "\n" + "".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines)
    descriptor = os.open(path(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
