"""Raising the wall where one stands: of this release, or of an older one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg import sql

from ceasefire.access.walls.raising import _said, wall_raise
from tests.walls import as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_the_wall_is_raised_again_under_the_policies_that_stand():
    assert wall_raise(again=True)
    assert not wall_raise()


def test_the_wall_is_raised_over_functions_of_an_older_release():
    """Another type of answer cannot replace a function that stands, and policies lean on it."""
    with as_owner() as owner:
        owner.execute(
            "DROP FUNCTION wall.audiences(text[], text[]) CASCADE;"
            "CREATE FUNCTION wall.audiences(a text[], b text[]) RETURNS bigint[] LANGUAGE sql AS"
            " $$ SELECT '{}'::bigint[] $$;"
            "DROP POLICY IF EXISTS wall_select ON house_errand;"
            "CREATE POLICY wall_select ON house_errand FOR SELECT"
            " USING (audience_id = ANY ((SELECT wall.audiences('{}', '{}'))::bigint[]))"
        )
    assert wall_raise(again=True)
    with as_owner() as owner:
        answer = owner.execute(
            "SELECT prorettype::regtype::text FROM pg_proc WHERE proname = 'audiences'"
        ).fetchall()
    assert answer == [("integer[]",)]


def test_two_homes_of_one_server_say_the_same_of_its_roles_at_once():
    """Roles belong to the whole server, which refuses the slower of two that write one role."""
    made = sql.SQL("CREATE ROLE raised_by_two NOLOGIN")
    told = [sql.SQL("ALTER ROLE raised_by_two SET track_activities = off")] * 50

    def say(_):
        with as_owner() as owner:
            for one in (made, *told):
                _said(owner, one)

    try:
        with ThreadPoolExecutor(4) as homes:
            list(homes.map(say, range(4)))
        with as_owner() as owner:
            rows = owner.execute(
                "SELECT rolconfig FROM pg_roles WHERE rolname = 'raised_by_two'"
            ).fetchall()
        assert rows == [(["track_activities=off"],)]
    finally:
        with as_owner() as owner:
            owner.execute("DROP ROLE IF EXISTS raised_by_two")
