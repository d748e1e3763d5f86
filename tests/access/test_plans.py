"""Hot questions of large tables, as the web role behind the wall: none reads a whole table.

The suite asks at 50,000 rows; `CEASEFIRE_FULL=1` asks at a million, and takes minutes.
"""

import json
import os
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.audiences import audience_of
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.registry.models import Incident
from tests.registry.worlds import LAST, a_register
from tests.walls import as_owner

pytestmark = pytest.mark.timeout(600)
ROWS = 1_000_000 if os.environ.get("CEASEFIRE_FULL") == "1" else 50_000


def fill(table: str, index: str, **values: str) -> None:
    """So many rows; i counts them."""
    with as_owner() as owner:
        # Nobody asks for each row whether the agency that was just read is there.
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"
            f" FROM generate_series(1, {ROWS}) AS i"
        )
        owner.execute(f"CREATE INDEX IF NOT EXISTS {table}_hot ON {table} ({index})")
        owner.execute(f"ANALYZE {table}")


def whole_reads(actor, room, questions) -> list[str]:
    """The questions whose plan reads a large table from end to end."""
    with as_owner() as owner:
        rows = owner.execute(
            "SELECT relname FROM pg_class WHERE reltuples >= %s AND relkind = 'r'", [ROWS]
        )
        large = {name for (name,) in rows.fetchall()}
    with identity.acting(actor, room), transaction.atomic(), connection.cursor() as cursor:
        return [question for question in questions if _scanned(cursor, question) & large]


def _scanned(cursor, question: str) -> set[str]:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {question}")
    told = cursor.fetchone()[0]
    plan = json.loads(told) if isinstance(told, str) else told
    return set(_scans(plan[0]["Plan"]))


def _scans(node: dict) -> list[str]:
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return own + [scan for child in node.get("Plans", []) for scan in _scans(child)]


@pytest.fixture
def worker(transactional_db, account):
    """An outreach worker of one of twenty organisations."""
    with identity.acting(identity.OPERATOR):
        for nth in range(19):
            agency_record(name=f"Organisation {nth}", kind="community")
    return actor_of_user(account(Role.OUTREACH))


AGENCY = "(SELECT array_agg(id) FROM access_agency)"


def test_an_organisations_own_rows_are_found_by_an_index(worker):
    of_any = f"({AGENCY})[1 + i % (SELECT count(*) FROM access_agency)]"
    fill("house_casenote", "agency_id, id DESC", agency_id=of_any, words="'x'")
    questions = [
        "SELECT id, words FROM house_casenote ORDER BY id DESC LIMIT 25",
        "SELECT id, words FROM house_casenote WHERE id = 77",
        "SELECT count(*) FROM house_casenote",
    ]
    assert whole_reads(worker, Room.SERVICES, questions) == []


def test_an_organisations_own_rows_are_counted_by_the_index_alone(worker):
    """What PostgreSQL asks of each row besides costs more than the wall may (ADR 0014)."""
    of_any = f"({AGENCY})[1 + i % (SELECT count(*) FROM access_agency)]"
    fill("house_casenote", "agency_id, id DESC", agency_id=of_any, words="'x'")
    with identity.acting(worker, Room.SERVICES), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (COSTS OFF) SELECT count(*) FROM house_casenote")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: ((agency_id >= " in plan
    assert "Filter" not in plan


def test_rows_made_out_to_an_audience_are_found_by_an_index(worker):
    with identity.acting(identity.OPERATOR, Room.SHARED):
        audiences = [
            audience_of(people=[worker.user_id if nth < 5 else 10_000 + nth, 20_000 + nth]).pk
            for nth in range(200)
        ]
    of_any = f"(ARRAY{audiences})[1 + i % 200]"
    fill("house_errand", "audience_id, id DESC", audience_id=of_any, words="'x'")
    questions = [
        "SELECT id, words FROM house_errand ORDER BY id DESC LIMIT 25",
        "SELECT id, words FROM house_errand WHERE id = 77",
        "SELECT count(*) FROM house_errand",
    ]
    assert whole_reads(worker, Room.SHARED, questions) == []


def test_c06_a_search_for_a_name_keeps_its_index_behind_the_wall(worker):
    with as_owner() as owner:
        owner.execute(
            "INSERT INTO access_recordkey (id, room, wrapped, wrapped_by, made_at, destroyed_by,"
            " destroyed_because) VALUES (gen_random_uuid(), 'services', 'x', 1, now(), '', '')"
        )
    of_any = f"({AGENCY})[1 + i % (SELECT count(*) FROM access_agency)]"
    key, token = "(SELECT id FROM access_recordkey)", "md5((i / 40)::text)::uuid"
    fill(
        "house_clienttoken",
        "token",
        agency_id=of_any,
        record_key_id=key,
        token=token,
        quiet="false",
    )
    known, absent = UUID("c4ca4238a0b923820dcc509a6f75849b"), UUID(int=5)
    tokens = f"ARRAY['{known}', '{absent}']::uuid[]"
    questions = [
        f"SELECT DISTINCT record_key_id FROM house_clienttoken WHERE token = ANY ({tokens})",
        f"SELECT count(*) FROM house_clienttoken WHERE token = '{known}'",
        f"SELECT count(*) FROM house_clienttoken WHERE token = '{absent}'",
    ]
    assert whole_reads(worker, Room.SERVICES, questions) == []


def multiply_incidents() -> None:
    """The one row of the register a million times over, under other keys, over twenty years."""
    model = Incident._meta
    kept = [one.column for one in model.concrete_fields if not (one.primary_key or one.generated)]
    other = {
        "incident_key": "gen_random_uuid()",
        "occurred_on": "date '2006-04-01' + i % 7300",
        "incident_number": "'X-' || i",
    }
    values = ", ".join(other.get(column, f"t.{column}") for column in kept)
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"INSERT INTO {model.db_table} ({', '.join(kept)}) SELECT {values}"
            f" FROM (SELECT * FROM {model.db_table} WHERE withheld_at IS NULL LIMIT 1) AS t,"
            f" generate_series(1, {ROWS}) AS i"
        )
        owner.execute(f"ANALYZE {model.db_table}")


def test_the_pages_of_the_register_read_no_table_whole(transactional_db, account, client):
    with identity.acting(identity.OPERATOR):
        a_register()
        own = Incident.objects.get(incident_number="R-0").pk
    multiply_incidents()
    captain = account(Role.CAPTAIN)
    client.force_login(captain)
    since, until = LAST - timedelta(days=28), LAST
    pages = [f"/shootings/?since={since}&until={until}", f"/shootings/{own}/", "/", "/review/"]
    for page in pages:
        with CaptureQueriesContext(connection) as told:
            assert client.get(page).status_code == 200
        questions = [
            one["sql"] for one in told.captured_queries
            if one["sql"].startswith("SELECT") and "registry_" in one["sql"]
        ]  # fmt: skip
        assert questions
        found = whole_reads(actor_of_user(captain), Room.INVESTIGATIVE, questions)
        assert found == [], page
    # What nothing serves is seen: the test can fail.
    blind = ["SELECT id FROM registry_incident WHERE address LIKE '%OAK%'"]
    assert whole_reads(actor_of_user(captain), Room.INVESTIGATIVE, blind) == blind
