"""Checks the whole log: each row's hash, each seal's rows, chain and signature, and the folder."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.multirange import Int8Multirange
from psycopg.types.range import Int8Range

from ceasefire.access import identity
from ceasefire.access.audit import seals
from ceasefire.access.audit.recording import record
from ceasefire.access.audit.seals import Seal
from ceasefire.access.retention.log_removal import removal_faults

log = logging.getLogger("ceasefire.audit")
# A seal made this moment may still be on its way into the folder.
ON_ITS_WAY = timedelta(minutes=1)


@dataclass(frozen=True)
class Tail:
    """Rows at the end that were sealed and are gone."""

    first_id: int
    last_id: int
    rows: int


@dataclass
class Report:
    """What `./ceasefire audit verify` says. faults: what is wrong, in words."""

    rows: int
    unsealed: int
    first_bad_row: int | None
    missing_tail: Tail | None
    seals: int
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.first_bad_row is None and self.missing_tail is None and not self.faults


def verify() -> Report:
    """Recompute everything. Reads the folder first, since a seal is in the database before."""
    filed = seals.in_folder()
    with transaction.atomic():
        held = {seal.batch: seal for seal in seals.in_database()}
        known = {**held, **{batch: seal for batch, seal in filed.items() if seal}}
        checked = _check(known.values())
        broken = _broken_seals()
    bad = [checked["altered"], checked["gone"], *broken.values()]
    return Report(
        rows=checked["rows"],
        unsealed=checked["unsealed"],
        first_bad_row=min((row for row in bad if row is not None), default=None),
        missing_tail=_tail(checked),
        seals=len(known),
        faults=[
            *_seal_faults(held, filed),
            *(_broken_words(batch) for batch in broken),
            *removal_faults(),
        ],
    )


def verify_and_note() -> Report:
    """Verify, and write into the log that it was done and whether the log is whole."""
    report = verify()
    # This home says it, whoever asked: nobody else may say that the log is whole.
    with identity.acting(identity.OPERATOR):
        record("audit.verified", result="done", detail={"ok": report.ok})
    if not report.ok:
        log.critical("The audit log is not whole. ./ceasefire audit verify says where.")
    return report


def _check(known) -> dict:
    spans = [Int8Range(first, last + 1) for seal in known for first, last in seal.ids]
    stays = "%s::int8multirange - wall.audit_removed()"
    return _rows(f"SELECT * FROM wall.audit_check({stays})", Int8Multirange(spans))[0]


def _broken_seals() -> dict[int, int | None]:
    """Batch -> the first of its rows that is not what was sealed (None: rows are only missing)."""
    found = _rows("SELECT * FROM wall.audit_check_seals()")
    return {row["batch"]: row["first_row"] for row in found}


def _rows(question: str, *words) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _tail(checked: dict) -> Tail | None:
    if not checked["tail_rows"]:
        return None
    return Tail(checked["tail_first"], checked["tail_last"], checked["tail_rows"])


def _broken_words(batch: int) -> str:
    return f"Seal {batch} does not agree with the rows that it sealed."


def _seal_faults(held: dict[int, Seal], filed: dict[int, Seal | None]) -> Iterator[str]:
    previous = ""
    for batch in range(1, max([*held, *filed], default=0) + 1):
        seal = held.get(batch) or filed.get(batch)
        yield from _place_faults(batch, held, filed)
        if seal:
            yield from _own_faults(seal, previous)
            previous = seal.root


def _place_faults(batch: int, held: dict, filed: dict) -> Iterator[str]:
    """A seal stands in the database and in the folder, the same in both."""
    if batch not in held:
        yield f"Seal {batch} is not in the database."
    elif batch not in filed:
        made = datetime.fromisoformat(held[batch].sealed_at)
        if timezone.now() - made > ON_ITS_WAY:
            yield f"Seal {batch} has no file among the seals kept off this machine."
    elif filed[batch] != held[batch]:
        yield f"Seal {batch} is not what its file off this machine says."


def _own_faults(seal: Seal, previous: str) -> Iterator[str]:
    if not seal.signature_holds():
        yield f"Seal {seal.batch} is not signed by this home's key."
    if seal.previous != previous:
        yield f"Seal {seal.batch} does not follow from the seal before it."
