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
    type(web.ops).execute_sql_flush = lambda _ops, statements: empty(statements)
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


def empty(statements: list[str]) -> None:
    """Run TRUNCATEs, which also take the rows of the tests' own tables that point at theirs; the
    rows that migrations wrote come back."""
    with as_owner() as connection:
        for statement in statements:
            connection.execute(statement.rstrip(";").removesuffix(" CASCADE") + " CASCADE")
        for table, held in _first_rows.items():
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
            with connection.cursor().copy(_copied(table, "FROM STDIN")) as copy:
                copy.write(held)


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
