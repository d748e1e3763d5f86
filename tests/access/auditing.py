"""What tests of the audit log share: who asks, an empty log, and ways to tamper with it."""

import json
from contextlib import contextmanager

from django.db import connection

# A test may be anybody, from a setting; where it is not set, whoever proves it to the real one.
WHO = """
ALTER FUNCTION wall.who() RENAME TO proved;
CREATE FUNCTION wall.who() RETURNS TABLE (
    user_id bigint, membership_id bigint, agency_id bigint,
    role text, agency_kind text, operator boolean, closing boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.* FROM json_to_record(nullif(current_setting('test.who', true), '')::json) AS w(
        user_id bigint, membership_id bigint, agency_id bigint,
        role text, agency_kind text, operator boolean, closing boolean)
    WHERE nullif(current_setting('test.who', true), '') IS NOT NULL
    UNION ALL
    SELECT * FROM wall.proved() WHERE nullif(current_setting('test.who', true), '') IS NULL
$$;
"""
TABLES = ("access_auditentry", "access_auditseal")
GUARDS = (
    *(("access_auditentry", "only_grows"), ("access_auditseal", "only_grows")),
    *(("access_auditseal", "signed_once"), ("access_auditentry", "goes_by_two")),
)


def ask(question, *words):
    """Every row of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.fetchall() if cursor.description else None


def value(question, *words):
    return ask(question, *words)[0][0]


def be(user_id=None, role="analyst", agency_id=1, operator=False):
    """From now on, in this transaction, this account asks."""
    who = {"user_id": user_id, "membership_id": user_id, "agency_id": agency_id, "role": role}
    who |= {"operator": operator, "closing": False}
    ask("SELECT set_config('test.who', %s, true)", json.dumps(who))


def nobody_else():
    """From now on, in this transaction, whoever proves it asks."""
    ask("SELECT set_config('test.who', '', true)")


def last():
    """The number of the newest row that any test has written."""
    told = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM access_auditentry_id_seq"
    return value(told)


def rows(*columns, since):
    """What the rows after `since` say: other tests' rows stay in the log, as rows do."""
    return ask(
        f"SELECT {', '.join(columns)} FROM access_auditentry WHERE id > %s ORDER BY id", since
    )


@contextmanager
def unguarded():
    """What an owner of the database may do who first takes the guards away."""
    number = "ALTER TABLE access_auditentry ALTER COLUMN id SET GENERATED"
    ask(f"{number} BY DEFAULT")
    for table, guard in GUARDS:
        ask(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
    yield
    ask(f"{number} ALWAYS")
    for table, guard in GUARDS:
        ask(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {guard}")


def tamper(statement, *words):
    with unguarded():
        ask(statement, *words)


def empty_log():
    """Holds a lock on the log until the test ends: not for tests that write from two sessions."""
    for table in TABLES:
        tamper(f"DELETE FROM {table}")
