"""Seals what finished transactions have written: signed, chained, and a file off the machine."""

import time

from django.db import connection, transaction

from ceasefire.access.audit import seals
from ceasefire.access.walls import proof

MOST_ROWS = 10_000
VALID_SECONDS = 60


def seal(*, at_most: int = MOST_ROWS) -> list[int]:
    """Seal every row that is not sealed yet and return the batches made.

    Raises seals.SealConflict where the folder of seals says otherwise than the database.
    """
    batches = list(iter(lambda: _seal_some(at_most), None))
    seals.write_missing()
    return batches


@transaction.atomic
def _seal_some(at_most: int) -> int | None:
    until = int(time.time()) + VALID_SECONDS
    signed = proof.mac(f"seal:{at_most}:{until}")
    batch = _ask("SELECT wall.audit_seal(%s, %s, %s)", at_most, until, signed)
    if batch is not None:
        (fresh,) = seals.in_database(after=batch - 1)
        signature = seals.key().sign(fresh.signed_part())
        signed = proof.mac(f"sign:{batch}:{signature.hex()}")
        _ask("SELECT wall.audit_sign(%s, %s, %s)", batch, signature, signed)
    return batch


def _ask(question: str, *words):
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.fetchone()[0]
