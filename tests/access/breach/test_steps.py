"""What was done about a breach, and whom it is shown."""

import pytest
from django.db import connection

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.breach.models import BreachStep
from ceasefire.access.breach.services import step_note
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from tests.access.breach.test_breach import reported
from tests.conftest import in_force

pytestmark = pytest.mark.django_db


def test_c22_a_privacy_officer_reads_the_steps_of_the_own_agency_s_breaches_alone(
    account, police_agency
):
    with identity.acting(identity.OPERATOR):
        other = in_force(agency_record(name="Helpers", kind="community"))
    officers = {
        agency: actor_of_user(account(Role.PRIVACY_OFFICER, agency, f"privacy.{agency.pk}"))
        for agency in (police_agency, other)
    }
    with identity.acting(actor_of_user(account(Role.AUDITOR))):
        step_note(breach=reported(police_agency), kind="contained", words="The account was closed.")
    for agency, officer in officers.items():
        seen = 1 if agency == police_agency else 0
        with identity.acting(officer, Room.AGGREGATE), connection.cursor() as cursor:
            assert BreachStep.objects.count() == seen
            cursor.execute("SELECT count(*) FROM access_breachstep")
            assert cursor.fetchone() == (seen,)
