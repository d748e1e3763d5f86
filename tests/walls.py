"""The test database: made by the owner, used as the web role, emptied by the owner again."""

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql


def make_database() -> str:
    """Create and migrate the test database and point the product at it; its old name."""
    from ceasefire.access.walls.raising import wall_raise
    from tests import house, mechanisms

    owner, web = connections["owner"], connections["default"]
    old_name = owner.settings_dict["NAME"]
    name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    house.build()
    wall_raise()
    mechanisms.switch_off_in_database(owner)
    owner.close()
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
    """Run TRUNCATEs, which also take the rows of the tests' own tables that point at theirs."""
    with as_owner() as connection:
        for statement in statements:
            connection.execute(statement.rstrip(";").removesuffix(" CASCADE") + " CASCADE")


def shows(row: str, word: str) -> bool:
    """Whether a row that is printed as text holds a word, also as the bytes of a binary column."""
    return word in row or word.encode().hex() in row
