"""The test database: made by the owner, used as the web role, emptied by the owner again."""

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql


def make_database() -> str:
    """Create and migrate the test database and point the product at it; its old name."""
    from ceasefire.access.walls.raising import wall_raise
    from tests import house

    owner, web = connections["owner"], connections["default"]
    old_name = owner.settings_dict["NAME"]
    name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    house.build()
    wall_raise()
    owner.close()
    _keep_first_rows()
    # The web role may not truncate: what a test with transactions wrote, the owner empties.
    type(web.ops).execute_sql_flush = lambda _ops, _statements: flush()
    return old_name


def drop_database(old_name: str) -> None:
    """Also where a server's thread still holds a connection."""
    owner = connections["owner"]
    name = owner.settings_dict["NAME"]
    connections["default"].close()
    owner.close()
    owner.settings_dict["NAME"] = old_name
    with as_owner() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def as_owner() -> psycopg.Connection:
    return psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)


# What the framework writes of the models themselves.
FRAMEWORK = ("auth", "contenttypes")
# Truncating a hundred tables, of which few hold a row, takes ten times as long.
EMPTY = """
DO $$ DECLARE one regclass; held boolean; BEGIN
    -- Nothing is asked of what hangs on a row: it goes too.
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY {}::regclass[] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO held;
        IF held AND pg_relation_size(one) > 1000000 THEN
            EXECUTE format('TRUNCATE %s CASCADE', one);
        ELSIF held THEN
            EXECUTE format('DELETE FROM %s', one);
        END IF;
    END LOOP;
END $$
"""


def flush() -> None:
    """Take away what a test wrote, into its own tables too; what migrations wrote comes back."""
    from ceasefire.access.policies import declared

    models = {*apps.get_models(include_auto_created=True), *declared()}
    empty(
        *(
            model._meta.db_table for model in models
            if model._meta.managed and model._meta.app_label not in FRAMEWORK
        )
    )  # fmt: skip
    with as_owner() as connection:
        for table, held in _first_rows.items():
            with connection.cursor().copy(_copied(table, "FROM STDIN")) as copy:
                copy.write(held)


def empty(*tables: str) -> None:
    with as_owner() as connection:
        connection.execute(sql.SQL(EMPTY).format(sql.Literal(list(tables))))


_first_rows: dict[str, bytes] = {}


def _keep_first_rows() -> None:
    """What the product's migrations wrote: the budgets of reading that a city begins with."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("ceasefire.")]
    with as_owner() as connection:
        for table in [model._meta.db_table for model in ours]:
            with connection.cursor().copy(_copied(table, "TO STDOUT")) as copy:
                if held := b"".join(copy):
                    _first_rows[table] = held


def _copied(table: str, where: str) -> sql.Composable:
    return sql.SQL("COPY {} " + where).format(sql.Identifier(table))


def shows(row: str, word: str) -> bool:
    """Whether a row that is printed as text holds a word, also as the bytes of a binary column."""
    return word in row or word.encode().hex() in row
