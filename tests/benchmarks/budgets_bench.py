"""What counting persons read costs a page, and how long a breach's whole scope takes.

One account's rows of the last day lie among those of 200 others. `other` is the same row without
persons, which is not counted.
"""

import json
import sys
import time
from datetime import date, timedelta

from tests.benchmarks import in_its_own_process, result, throw_away_home

ROWS = 1_000
# Rows of the account within the hour, persons on each, and different persons in all of them.
DAYS = {"a common hour": (60, 5, 90), "a long list, again and again": (60, 50, 190)}

FILL = """
INSERT INTO access_auditentry OVERRIDING SYSTEM VALUE
SELECT nextval('access_auditentry_id_seq'), clock_timestamp() - n * interval '0.8 seconds',
    mod(n, 200) + 100, 1, 1, 'officer', 'page.shown', 'registry.incident', n::text,
    CASE mod(n, 2) WHEN 0 THEN ARRAY['registry.person:' || mod(n, 9000)] ELSE '{}' END,
    '{}', '', 'registry:shooting', 'shown', NULL, '{}', sha256('')
FROM generate_series(1, %s) AS n
"""
MINE = """
INSERT INTO access_auditentry OVERRIDING SYSTEM VALUE
SELECT nextval('access_auditentry_id_seq'), clock_timestamp() - n * interval '8 hours' / %s,
    %s, 1, 1, 'officer', 'page.shown', 'registry.incident', n::text,
    (SELECT array_agg('registry.person:' || mod(n * 7 + k, %s)) FROM generate_series(1, %s) AS k),
    '{}', '', 'registry:shooting', 'shown', NULL, '{}', sha256('')
FROM generate_series(1, %s) AS n
"""

# What wall.audit would have counted, had it written these rows.
COUNTED = """
INSERT INTO wall.reading SELECT user_id, key, max(at)
FROM access_auditentry, unnest(subject_keys) AS key WHERE user_id = %s GROUP BY user_id, key
"""


def budgets(*, full: bool) -> list[dict]:
    sizes = (100_000, 1_000_000) if full else (100_000,)
    return [found for n in sizes for found in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        _ask(FILL, n)
        officers = {name: _officer(nth) for nth, name in enumerate(DAYS)}
        for name, (rows, persons, different) in DAYS.items():
            day = 8 * rows
            _ask(MINE, day, officers[name].user_id, different, persons, day)
            _ask(COUNTED, officers[name].user_id)
        _ask("VACUUM ANALYZE access_auditentry")
        counted = [_counting(name, actor, n) for name, actor in officers.items()]
        return [*counted, _scoped(next(iter(officers.values())), n)]


def _scoped(actor, n: int) -> dict:
    """Everything that one account was shown, against reading the same rows and no more."""
    from django.utils import timezone

    from ceasefire.access import identity
    from ceasefire.access.breach import selectors
    from ceasefire.access.breach.models import Breach
    from ceasefire.access.partitions import Room

    now = timezone.now()
    breach = Breach(
        account_id=actor.user_id, agency_id=actor.agency_id, since=now - timedelta(days=1),
        until=now + timedelta(hours=1), found_on=now.date(), found_by="x",
        reported_on=now.date(), suspicion="x", opened_at=now,
    )  # fmt: skip
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        breach.save()
        begun = time.perf_counter()
        scope = selectors.scope(breach)
        ours = time.perf_counter() - begun
    begun = time.perf_counter()
    _ask("SELECT count(hash) FROM access_auditentry WHERE user_id = %s", actor.user_id)
    floor = time.perf_counter() - begun
    return result(
        name="everything an account was shown", ours_s=ours, other="counting its rows",
        other_s=floor, n=n,
    ) | {"persons": len(scope.subjects)}  # fmt: skip


def _ask(question: str, *words) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(question, words)


def _officer(nth: int):
    from ceasefire.access import identity
    from ceasefire.access.asking import actor_of_user
    from ceasefire.access.partitions import Room
    from ceasefire.access.roles import Role
    from ceasefire.access.services import account_open, agency_record, agreement_record

    agency = agency_record(name="Police", kind="police")
    if nth == 0:
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            agreement_record(
                agency=agency, document="MOU", starts=date.today(),
                ends=date.today() + timedelta(days=365),
            )  # fmt: skip
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        user = account_open(
            username=f"officer{nth}", password="lantern orchard kettle", display_name="Officer",
            role=Role.OFFICER, agency=agency, starts=date(2020, 1, 1),
        )  # fmt: skip
    return actor_of_user(user)


def _counting(name: str, actor, n: int) -> dict:
    from ceasefire.access import identity

    different = DAYS[name][2]
    with identity.acting(actor):
        taken = {0: [], 5: []}
        for row in range(ROWS):
            for persons, seconds in taken.items():
                seconds.append(_row_seconds([f"registry.person:{(row + k) % different}"
                                             for k in range(persons)]))  # fmt: skip
    plain, counted = (sorted(seconds)[ROWS // 2] for seconds in taken.values())
    return result(
        name=f"row that shows five persons, {name}", ours_s=counted, other="row that shows none",
        other_s=plain, n=n,
    ) | {"counting_ms": round(1000 * (counted - plain), 3)}  # fmt: skip


def _row_seconds(keys: list[str]) -> float:
    """The row alone, in a transaction that is undone: neither the disk nor the log's growth."""
    from django.db import transaction

    from ceasefire.access.audit import record

    with transaction.atomic():
        begun = time.perf_counter()
        record("page.shown", "registry.incident:12", subjects=keys)
        taken = time.perf_counter() - begun
        transaction.set_rollback(True)
    return taken


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
