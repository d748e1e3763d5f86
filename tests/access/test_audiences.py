"""A row that is made out to some readers is there for them and for nobody else."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.audiences import Audience, audience_of
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.roles import Role
from tests.house import Errand


@pytest.fixture
def people(account):
    """One person of each role that reads or writes errands."""
    roles = (Role.DIRECTOR, Role.OVP_COORDINATOR, Role.OUTREACH, Role.CAPTAIN, Role.ANALYST)
    return {role: actor_of_user(account(role)) for role in roles}


def seen(actor) -> set[str]:
    """By the first wall, and by raw SQL behind the second: the same."""
    with identity.acting(actor, Room.SHARED), connection.cursor() as cursor:
        first = set(Errand.objects.values_list("words", flat=True))
        cursor.execute("SELECT words FROM shared.house_errand")
        assert {words for (words,) in cursor.fetchall()} == first
    return first


def errand(director, words, **readers):
    with identity.acting(director):
        return Errand.objects.create(audience=audience_of(**readers), words=words)


def test_a_row_is_read_by_its_agency_its_person_and_the_director(people):
    director, worker = people[Role.DIRECTOR], people[Role.OUTREACH]
    errand(director, "for the agency", agencies=[people[Role.CAPTAIN].agency_id])
    errand(director, "for one", people=[worker.user_id])
    assert seen(director) == {"for the agency", "for one"}
    assert seen(worker) == {"for one"}
    assert seen(people[Role.CAPTAIN]) == {"for the agency"}
    assert seen(people[Role.OVP_COORDINATOR]) == set()
    # An analyst works at the same agency, and has no such right.
    assert seen(people[Role.ANALYST]) == set()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_the_walls_agree_for_any_audiences(people, data):
    actors = list(people.values())
    some = st.lists(st.sampled_from(actors), max_size=3)
    with transaction.atomic():
        for nth in range(data.draw(st.integers(1, 4))):
            agencies = [one.agency_id for one in data.draw(some)]
            persons = [one.user_id for one in data.draw(some)] or [actors[0].user_id]
            errand(people[Role.DIRECTOR], str(nth), agencies=agencies, people=persons)
        for actor in actors:
            policy = policy_of(Errand)
            assert not seen(actor) or actor.standing in policy.full | policy.limited
        transaction.set_rollback(True)


def test_the_same_readers_share_one_audience(people):
    with identity.acting(people[Role.DIRECTOR]):
        one = audience_of(agencies=[3, 1], people=[7, 7])
        assert audience_of(agencies=[1, 3, 3], people=[7]) == one


def test_an_audience_has_somebody_and_never_changes(people):
    with identity.acting(people[Role.DIRECTOR]):
        with pytest.raises(IntegrityError, match="audience_has_somebody"), transaction.atomic():
            audience_of()
        audience_of(agencies=[1])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Audience.objects.update(agencies=[2])


def test_a_row_is_made_out_to_no_audience_of_another_room(people):
    director = people[Role.DIRECTOR]
    kept = errand(director, "for one", people=[people[Role.OUTREACH].user_id])
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        elsewhere = audience_of(people=[people[Role.OUTREACH].user_id])
    with (
        identity.acting(director),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Errand.objects.filter(pk=kept.pk).update(audience=elsewhere.pk)
    assert seen(people[Role.OUTREACH]) == {"for one"}
