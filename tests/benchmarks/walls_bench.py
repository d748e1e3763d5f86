"""Row security against the same filter written by hand, on lists, one row and counts.

Both run over the same table of twenty agencies' rows, read by a captain of one of them: ours as
the web role behind the wall, the other as the owner with the condition in its WHERE clause. A
figure is the median of many runs of one statement inside one transaction.
"""

import json
import statistics
import sys
import time
from datetime import date, timedelta

from tests.benchmarks import in_its_own_process, result, throw_away_home

SIZES = (10_000, 100_000, 1_000_000)
AGENCIES = 20
RUNS = 60
QUESTIONS = {
    "list of 25": ("SELECT id, words FROM house_tip {where} ORDER BY id DESC LIMIT 25", 1),
    "one row": ("SELECT id, words FROM house_tip {where} {also} id = (SELECT %s::bigint)", 1),
    "count": ("SELECT count(*) FROM house_tip {where}", 10),
}


def walls(*, full: bool) -> list[dict]:
    sizes = SIZES if full else SIZES[:2]
    return [line for n in sizes for line in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        captain, agency, row = _city(n)
        return [
            result(
                name=f"row security, {what}", ours_s=ours, other="the filter by hand",
                other_s=other, n=n,
            )
            for what, ours, other in _measured(captain, agency, row)
        ]  # fmt: skip


def _city(n: int) -> tuple:
    """Twenty agencies with n rows among them; a captain of the tenth, and one of its rows."""
    from django.db import connections

    from ceasefire.access import identity
    from ceasefire.access.asking import actor_of_user
    from ceasefire.access.partitions import Room
    from ceasefire.access.roles import Role
    from ceasefire.access.services import account_open, agency_record, agreement_record
    from ceasefire.access.walls.raising import wall_raise
    from tests import house

    house.build()
    wall_raise(again=True)
    with identity.acting(identity.OPERATOR):
        agencies = [
            agency_record(name=f"Agency {i}", kind="neighbour_police") for i in range(AGENCIES)
        ]
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        today = date.today()
        agreement_record(
            agency=agencies[9], document="Bench", starts=today, ends=today + timedelta(days=9)
        )
        user = account_open(
            username="captain", password="quartz lantern seven rivers", display_name="A Captain",
            role=Role.CAPTAIN, agency=agencies[9], starts=date(2020, 1, 1),
        )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO house_tip (agency_id, words) SELECT (%s::bigint[])[1 + i %% %s], 'x' || i"
            " FROM generate_series(1, %s) AS i",
            [[one.pk for one in agencies], AGENCIES, n],
        )
        cursor.execute("CREATE INDEX ON house_tip (agency_id, id DESC)")
        cursor.execute("VACUUM ANALYZE house_tip")
        cursor.execute("SELECT max(id) FROM house_tip WHERE agency_id = %s", [agencies[9].pk])
        row = cursor.fetchone()[0]
    return actor_of_user(user), agencies[9].pk, row


def _measured(captain, agency: int, row: int):
    from django.db import connections, transaction

    from ceasefire.access import identity

    for what, (question, slower) in QUESTIONS.items():
        runs = RUNS // slower
        values = [row] if "%s" in question else []
        with identity.acting(captain), transaction.atomic():
            bare = question.format(where="", also="WHERE")
            ours = _median(connections["default"], bare, values, runs)
        by_hand = f"WHERE agency_id = ANY ((SELECT ARRAY[{agency}])::bigint[])"
        asked = question.format(where=by_hand, also="AND")
        with transaction.atomic(using="owner"):
            other = _median(connections["owner"], asked, values, runs)
        yield what, ours, other


def _median(connection, question: str, values: list, runs: int) -> float:
    took = []
    with connection.cursor() as cursor:
        for _run in range(runs + 5):
            begun = time.perf_counter()
            cursor.execute(question, values)
            cursor.fetchall()
            took.append(time.perf_counter() - begun)
    return statistics.median(took[5:])


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
