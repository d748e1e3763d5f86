"""The test database: made by the owner, used as the web role, emptied by the owner again."""

import psycopg
from django.conf import settings
from django.db import connections


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
    # The web role may not truncate: what a test with transactions wrote, the owner empties.
    web.ops.execute_sql_flush = empty
    return old_name


def drop_database(old_name: str) -> None:
    connections["default"].close()
    connections["owner"].creation.destroy_test_db(old_name, verbosity=0)


def as_owner() -> psycopg.Connection:
    return psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)


def empty(statements: list[str]) -> None:
    """Run TRUNCATEs, which also take the rows of the tests' own tables that point at theirs."""
    with as_owner() as connection:
        for statement in statements:
            connection.execute(statement.rstrip(";").removesuffix(" CASCADE") + " CASCADE")
