"""What PostgreSQL itself would tell, and what rooms may do to the queue; and what is advised."""

import psycopg
import pytest
from django.db import connections

from ceasefire.access.audit.checks import advice
from ceasefire.access.walls.names import ROOMS
from ceasefire.config.home import Home
from ceasefire.kit import jobs


@pytest.fixture
def raw(transactional_db):
    """The web role on its own connection, with whatever it likes to say."""
    wanted = connections["default"].get_connection_params()
    wanted = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, autocommit=True) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT n_tup_ins FROM pg_stat_xact_all_tables",
        "SELECT heap_blks_read FROM pg_statio_user_tables",
        "SELECT reltuples FROM pg_class",
        "SELECT relpages FROM pg_class",
        "SELECT pg_relation_size('services.house_casenote')",
        "SELECT pg_total_relation_size('services.house_casenote')",
        "SELECT pg_stat_get_live_tuples('services.house_casenote'::regclass)",
    ],
)
def test_c06_how_many_rows_a_room_holds_is_not_told_by_statistics(raw, question):
    for role in ("ceasefire_web", *ROOMS.values()):
        raw.execute(f"SET ROLE {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(question)


def test_what_is_in_the_catalogue_besides_can_still_be_read(raw):
    assert raw.execute("SELECT oid, relname, relkind FROM pg_class LIMIT 1").fetchone()
    assert connections["default"].introspection.table_names()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("jobs", "args"),
        ("events", "at"),
        ("workers", "last_heartbeat"),
        ("periodic_defers", "task_name"),
    ],
)
def test_no_room_changes_or_takes_away_queued_work(raw, table, column):
    for role in ROOMS.values():
        raw.execute(f"SET ROLE {role}")
        for statement in ("DELETE FROM {0}", "UPDATE {0} SET {1} = NULL"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                raw.execute(statement.format(f"procrastinate_{table}", column))


def test_a_page_still_queues_its_work(transactional_db, operator):
    from ceasefire.access.budgets.jobs import forget

    jobs.enqueue(forget, timestamp=1)
    assert jobs.pending(timestamp=1)
    assert not jobs.worker_alive()


def advised():
    return {problem.id for problem in advice()}


@pytest.mark.django_db
def test_c19_seals_beside_the_log_are_advised_against(settings, tmp_path):
    settings.HOME = Home(tmp_path / "home")
    settings.AUDIT_SEALS = tmp_path / "home" / "seals"
    assert advised() == {"ceasefire.W001"}
    settings.AUDIT_SEALS = tmp_path / "elsewhere"
    assert advised() == set()
