import pytest

from ceasefire.access import identity
from ceasefire.access.identity import Actor, NobodyIsReading
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.roles import Role
from ceasefire.registry.models import City, Incident

pytestmark = pytest.mark.django_db


def test_a_query_that_nobody_asked_for_raises():
    with pytest.raises(NobodyIsReading):
        Incident.objects.count()


def test_a_role_without_the_register_finds_it_empty():
    with identity.acting(Actor("worker", Role.OUTREACH, "community")):
        assert "WHERE" not in str(City.objects.all().query)
        assert Incident.objects.all().query.is_empty()


def test_reading_the_register_does_not_allow_changing_it():
    with identity.acting(Actor("captain", Role.CAPTAIN, "police")), pytest.raises(NotPermitted):
        require_change(Incident)
