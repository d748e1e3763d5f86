"""The audit log's own retention: a year at least, disclosures as long as the record they name.

An auditor or an administrator asks, another auditor approves; the database takes exactly the
sealed rows of that time. The seals stay, so what is left can still be verified, and the removal is
signed and filed beside them: rows that are gone without one are found missing as before.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from django.db import transaction

from ceasefire.access import audit
from ceasefire.access.audit import seals
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.warrants import ask, one
from ceasefire.access.walls import proof


@dataclass(frozen=True)
class Removal:
    """What was taken away. ids: digest of the numbers of the rows."""

    id: int
    older_than: str
    ids: str
    rows: int
    last_batch: int | None
    root: str
    done_at: str

    def signed_part(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode()


def log_removal_ask(*, older_than: date) -> int:
    """Ask to remove rows older than a day; its number. Raises NotPermitted, ValidationError."""
    with in_words():
        number = one("wall.log_removal_ask(%s)", older_than)
        audit.record("retention.log_removal_asked", f"access.logremoval:{number}", result="done")
    return number


def log_removal_approve(*, removal: int) -> int:
    """Approve and remove; how many rows went. Raises NotPermitted for who asked for it."""
    with in_words():
        rows = one("wall.log_removal_approve(%s)", removal)
        audit.record("retention.log_removed", f"access.logremoval:{removal}", result="done",
                     detail={"rows": rows})  # fmt: skip
    sign_missing()
    return rows


def sign_missing() -> None:
    """Sign and file each removal that is not yet, as after a crash."""
    for removal, signature in _removals():
        if not signature:
            signature = base64.b64encode(seals.key().sign(removal.signed_part())).decode()
            mac = proof.mac(f"removal:{removal.id}:{signature}")
            with transaction.atomic():
                one("wall.log_removal_sign(%s, %s, %s)", removal.id, signature, mac)
        _file(removal, signature)


def removal_faults() -> Iterator[str]:
    """What `./ceasefire audit verify` says of removals that nobody signed, or that were changed."""
    for removal, signature in _removals():
        if not _holds(removal, signature):
            yield f"Removal {removal.id} of old rows is not signed by this home's key."
        elif not _path(removal).exists():
            yield f"Removal {removal.id} has no file among the seals kept off this machine."


def _removals() -> list[tuple[Removal, str]]:
    return [_removal(*row) for row in ask("wall.log_removals()")]


def _removal(number, older_than, ids, rows, last_batch, root, done_at, signature):
    digest = hashlib.sha256(ids.encode()).hexdigest()
    moment = done_at.isoformat()
    return Removal(
        number, older_than.isoformat(), digest, rows, last_batch, root, moment
    ), signature


def _holds(removal: Removal, signature: str) -> bool:
    try:
        seals.key().public_key().verify(base64.b64decode(signature), removal.signed_part())
    except (InvalidSignature, ValueError):
        return False
    return True


def _path(removal: Removal):
    return seals.folder() / f"removal-{removal.id:06}.json"


def _file(removal: Removal, signature: str) -> None:
    """Written once, and never over another."""
    try:
        descriptor = os.open(_path(removal), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(removal) | {"signature": signature}, file)
        file.flush()
        os.fsync(file.fileno())


_disclosures: set[str] = set()


def disclosure(verb: str) -> None:
    """Say that a verb's rows are disclosures: they stay as long as the records that they name."""
    _disclosures.add(verb)


def disclosures() -> list[str]:
    return sorted(_disclosures)


# That records were destroyed, and that sealed text was opened, is known for good.
for _verb in ("retention.purged", "retention.order_returned", "retention.court_copy_opened"):
    disclosure(_verb)
