"""Row security against the same filter written by hand, on lists, one row and counts.

Two tables of n rows: one that a captain reads agency by agency, twenty agencies in all, and one
made out to audiences, of which an outreach worker is in a few. Ours is asked as the web role behind
the wall, the other as the owner with the condition in its WHERE clause, turn about, each in one
transaction; a figure is the median of many runs.
"""

import json
import statistics
import sys
import time
from datetime import date, timedelta

from tests.benchmarks import in_its_own_process, result, throw_away_home

SIZES = (10_000, 100_000, 1_000_000)
AGENCIES, AUDIENCES, OWN = 20, 400, 12
RUNS = 60
QUESTIONS = {
    "list of 25": "SELECT id, words FROM {table} {where} ORDER BY id DESC LIMIT 25",
    "one row": "SELECT id, words FROM {table} {where} {also} id = (SELECT %s::bigint)",
    "count": "SELECT count(*) FROM {table} {where}",
}


def walls(*, full: bool) -> list[dict]:
    sizes = SIZES if full else SIZES[:2]
    return [line for n in sizes for line in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        return [
            result(
                name=f"row security {how}, {what}", ours_s=ours, other="the filter by hand",
                other_s=other, n=n,
            )
            for how, reader, table, keys in (_by_agency(n), _by_audience(n))
            for what, ours, other in _measured(reader, table, keys)
        ]  # fmt: skip


def _by_agency(n: int) -> tuple:
    """A captain of the tenth of twenty agencies; the table, its key's column and own keys."""
    from tests import house

    house.build()
    _raise_again()
    agencies = [_agency(f"Agency {i}", "neighbour_police") for i in range(AGENCIES)]
    _fill("house_tip", "agency_id", [one.pk for one in agencies], n)
    captain = _account("captain", "captain", agencies[9])
    return "by agency", captain, "house_tip", ("agency_id", [agencies[9].pk])


def _by_audience(n: int) -> tuple:
    """An outreach worker who is in twelve of four hundred audiences, the others each of another."""
    from ceasefire.access import identity
    from ceasefire.access.audiences import audience_of
    from ceasefire.access.partitions import Room

    worker = _account("worker", "outreach", _agency("Outreach", "community"))
    with identity.acting(identity.OPERATOR, Room.SHARED):
        audiences = [
            audience_of(people=[worker.user_id if i < OWN else 10_000 + i, 5_000 + i]).pk
            for i in range(AUDIENCES)
        ]
    _fill("house_errand", "audience_id", audiences, n)
    return "by audience", worker, "house_errand", ("audience_id", audiences[:OWN])


def _raise_again() -> None:
    from ceasefire.access.walls.raising import wall_raise

    wall_raise(again=True)


def _agency(name: str, kind: str):
    from ceasefire.access import identity
    from ceasefire.access.partitions import Room
    from ceasefire.access.services import agency_record, agreement_record

    today = date.today()
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        agency = agency_record(name=name, kind=kind)
        agreement_record(
            agency=agency, document="Bench", starts=today, ends=today + timedelta(days=9)
        )
    return agency


def _account(username: str, role: str, agency):
    from ceasefire.access import identity
    from ceasefire.access.asking import actor_of_user
    from ceasefire.access.partitions import Room
    from ceasefire.access.roles import Role
    from ceasefire.access.services import account_open

    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        user = account_open(
            username=username, password="quartz lantern seven rivers", display_name="Somebody",
            role=Role(role), agency=agency, starts=date(2020, 1, 1),
        )  # fmt: skip
    return actor_of_user(user)


def _fill(table: str, column: str, keys: list[int], n: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({column}, words)"
            " SELECT (%s::bigint[])[1 + i %% %s], 'x' || i FROM generate_series(1, %s) AS i",
            [keys, len(keys), n],
        )
        cursor.execute(f"CREATE INDEX ON {table} ({column}, id DESC)")
        cursor.execute(f"VACUUM ANALYZE {table}")


def _measured(reader, table: str, keys: tuple[str, list[int]]):
    from django.db import connections, transaction

    from ceasefire.access import identity
    from ceasefire.access.partitions import Room

    column, own = keys
    room = Room.INVESTIGATIVE if table == "house_tip" else Room.SHARED
    by_hand = f"WHERE {column} = ANY ((SELECT ARRAY{own})::bigint[])"
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table} WHERE {column} = %s", [own[0]])
        row = cursor.fetchone()[0]
    for what, question in QUESTIONS.items():
        values = [row] if "%s" in question else []
        bare = question.format(table=table, where="", also="WHERE")
        asked = question.format(table=table, where=by_hand, also="AND")
        with identity.acting(reader, room), transaction.atomic(), transaction.atomic(using="owner"):
            yield what, *_medians(("default", bare), ("owner", asked), values=values)


def _medians(*asked_of: tuple[str, str], values: list) -> list[float]:
    from django.db import connections

    took = {alias: [] for alias, _question in asked_of}
    for _run in range(RUNS + 5):
        for alias, question in asked_of:
            with connections[alias].cursor() as cursor:
                begun = time.perf_counter()
                cursor.execute(question, values)
                cursor.fetchall()
                took[alias].append(time.perf_counter() - begun)
    return [statistics.median(times[5:]) for times in took.values()]


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
