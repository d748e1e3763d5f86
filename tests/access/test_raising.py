"""Raising the wall where one stands: of this release, or of an older one."""

import pytest

from ceasefire.access.walls.raising import wall_raise
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
