"""The purge: what is due goes, with all that hangs on it and every copy; a certificate stays.

Each record is a transaction: claimed under lock, its reaches removed, its rows deleted, its key
destroyed, its mark in the ledger. Killed anywhere, the next run goes on under the same certificate.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from ceasefire.access import audit, identity
from ceasefire.access.identity import OPERATOR
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.retention import ledger
from ceasefire.access.retention.dependencies import kept_models
from ceasefire.access.retention.models import Order
from ceasefire.access.retention.reaches import Gone, reach_all
from ceasefire.access.retention.sweeping import sweep_copies
from ceasefire.access.retention.warrants import ask, one, warrant
from ceasefire.access.sealing.models import RecordKey
from ceasefire.access.sealing.services import record_key_destroy

BATCH = 200


@dataclass(frozen=True)
class Certificate:
    """What a purge removed. counts: what, record_class, rule, way, rows; nothing that names."""

    id: int
    kind: str
    finished_at: str
    previous: str
    hash: str
    counts: list[dict] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows about people that are gone, copies not counted."""
        return sum(each["rows"] for each in self.counts if each["record_class"])


def purge_due() -> Certificate:
    """Purge whatever is due and neither held nor under an order. Safe to repeat and to race."""
    run = _begin("due")
    with identity.acting(OPERATOR):
        for model in kept_models():
            room = policy_of(model).room
            with identity.acting(OPERATOR, room):
                for roots in _due(model._meta.label_lower):
                    _purge(roots, "due", run, room)
    return _finish(run)


def purge_order(*, order: Order) -> Certificate | None:
    """Destroy and redact what an order found. None: a hold stands on a record of it."""
    begun = _order_rows(order)
    if not begun:
        return None
    run, room = begun[0][0], Room(order.room)
    with identity.acting(OPERATOR, room):
        ways = {root: way for _run, root, way in begun if root}
        _sweep(ways, "order", run, room)
        for root, way in ways.items():
            _redact(root, "order", run) if way == "redact" else _erase(root, "order", run)
    if any(root for _run, root, _way in _order_rows(order)):
        return None
    return _finish(run)


def purge_replay() -> Certificate:
    """After a restore of an older copy: purge again what the ledger says is gone."""
    run, gone = _begin("replay"), ledger.marks()
    for model in kept_models():
        room, label = policy_of(model).room, model._meta.label_lower
        with identity.acting(OPERATOR, room):
            found = {root: gone[mark] for root, mark in _traces(label) if mark in gone}
            _sweep(found, "replay", run, room)
            for root, way in found.items():
                _redact(root, "replay", run) if way == "redact" else _erase(root, "replay", run)
    return _finish(run)


def _begin(kind: str) -> int:
    with transaction.atomic():
        return one("wall.purge_begin(%s, %s, %s)", kind, *warrant(f"begin:{kind}"))


@transaction.atomic
def _finish(run: int) -> Certificate:
    told = one("wall.purge_finish(%s, %s, %s)", run, *warrant(f"finish:{run}"))
    told = told if isinstance(told, dict) else json.loads(told)
    names = ("id", "kind", "finished_at", "previous", "hash", "counts")
    certificate = Certificate(**{name: told[name] for name in names})
    audit.record(
        "retention.purged", f"access.purgerun:{run}", result="done",
        detail={"hash": certificate.hash, "rows": certificate.rows},
    )  # fmt: skip
    ledger.certify(told)
    return certificate


def _due(label: str) -> Iterator[list[str]]:
    """What is due, some at a time."""
    after = 0
    while numbers := _due_after(label, after):
        yield [f"{label}:{number}" for number in numbers]
        after = numbers[-1]


def _due_after(label: str, after: int) -> list[int]:
    words = (label, after, BATCH, *warrant(f"due:{label}"))
    return [number for (number,) in ask("wall.purge_due(%s, %s, %s, %s, %s)", *words)]


def _order_rows(order: Order) -> list[tuple]:
    with transaction.atomic():
        return list(ask("wall.order_begin(%s, %s, %s)", order.pk, *warrant(f"order:{order.pk}")))


def _traces(label: str) -> Iterator[tuple[str, str]]:
    for number, trace in ask("wall.purge_traces(%s, %s, %s)", label, *warrant(f"traces:{label}")):
        yield f"{label}:{number}", ledger.mark(label, str(trace))


def _purge(roots: list[str], why: str, run: int, room: Room) -> None:
    _sweep(roots, why, run, room)
    for root in roots:
        _erase(root, why, run)


def _sweep(roots, why: str, run: int, room: Room) -> None:
    """Copies of the names first, while the rows still say what to look for."""
    rows = [gone for root in roots for gone in _looked_at(root, why)]
    sweep_copies(names=[name for gone in rows for name in gone.names()], room=room, run=run)


@transaction.atomic
def _looked_at(root: str, why: str) -> list[Gone]:
    return _claim(root, why) or []


def _claim(root: str, why: str) -> list[Gone] | None:
    told = one("wall.purge_claim(%s, %s, %s, %s)", root, why, *warrant(f"claim:{root}:{why}"))
    return told if told is None else [Gone(**row) for row in _plain(told)]


def _plain(told) -> list[dict]:
    return told if isinstance(told, list) else json.loads(told)


def _erase(root: str, why: str, run: int) -> bool:
    """Take a record away; whether it went. Held, gone or not yet due it stays as it is."""
    with _noting(run, "destroy") as marks, transaction.atomic():
        gone = _claim(root, why)
        if gone is None:
            return False
        reached = json.dumps(reach_all(gone))
        orphans = ask(
            "wall.purge_erase(%s, %s, %s, %s::jsonb, %s, %s)", root, why, run, reached,
            *warrant(f"erase:{root}:{why}:{run}"),
        )  # fmt: skip
        for key, room in orphans:
            _destroy(key, Room(room), run)
        marks(gone)
    return True


def _redact(root: str, why: str, run: int) -> bool:
    with _noting(run, "redact") as marks, transaction.atomic():
        gone = _claim(root, why)
        if gone is None:
            return False
        mine = [row for row in gone if row.key == root]
        reach_all(mine)
        one("wall.purge_redact(%s, %s, %s, %s, %s)", root, why, run,
            *warrant(f"redact:{root}:{why}:{run}"))  # fmt: skip
        marks(mine)
    return True


class _noting:
    """Marks go into the ledger as the last step before the commit, and out if that fails."""

    def __init__(self, run: int, way: str) -> None:
        self.run, self.way, self.noted = run, way, []

    def __enter__(self):
        return self._note

    def _note(self, gone: list[Gone]) -> None:
        self.noted = [ledger.mark(row.label, row.columns["trace"]) for row in gone if row.is_kept]
        ledger.note(self.noted, way=self.way, run=self.run)

    def __exit__(self, failure, *_rest) -> None:
        if failure and self.noted:
            ledger.take_back(self.noted)


def _destroy(key, room: Room, run: int) -> None:
    with identity.acting(OPERATOR, room):
        record_key_destroy(key=RecordKey.objects.get(pk=key), reason=f"purge {run}")


def certificates_check() -> list[int]:
    """The numbers of certificates that are not as they were finished, or not in their chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.purge_check()")
        return [number for (number,) in cursor]
