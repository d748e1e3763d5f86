"""Four standing people, and a client of one organisation who may say yes or no."""

from datetime import date, timedelta

import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.consent.models import Consent
from ceasefire.access.consent.services import consent_record
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record

CLIENT, KEY = 12, "outreach.client:12"


@pytest.fixture
def agencies(db, keys):
    """name -> agency: the file's holder, its partner, another organisation, the police."""
    kinds = {"owner": "community", "partner": "community", "outsider": "community",
             "police": "police", "probation": "probation", "bureau": "federal"}  # fmt: skip
    with identity.acting(identity.OPERATOR):
        return {
            name: agency_record(name=f"Agency {name}", kind=Agency.Kind(kind))
            for name, kind in kinds.items()
        }


ROLES = {
    "owner": Role.CASE_MANAGER, "partner": Role.CASE_MANAGER, "outsider": Role.CASE_MANAGER,
    "police": Role.CAPTAIN, "probation": Role.PROBATION,
}  # fmt: skip


@pytest.fixture
def users(agencies, account):
    return {name: account(role, agencies[name], username=name) for name, role in ROLES.items()}


@pytest.fixture
def people(users):
    """name -> actor."""
    return {name: actor_of_user(user) for name, user in users.items()}


@pytest.fixture
def say(people, agencies):
    """say(answer, voice, **words): what is said for the client, recorded by the file's holder."""

    def record(answer="agreed", voice="person", to="partner", **words):
        today = date.today()
        said = {
            "person": KEY, "scopes": ["plan"], "purpose": "To plan together",
            "given_on": today, "expires_on": today + timedelta(days=90), "method": "paper",
            "signature": "A. Client", "recipient": agencies.get(to), "answer": answer,
            "voice": voice,
        } | words  # fmt: skip
        with identity.acting(people["owner"], Room.SERVICES):
            return consent_record(**said)

    return record


@pytest.fixture
def as_owner_says(people):
    """Bind the file's holder."""
    with identity.acting(people["owner"], Room.SERVICES):
        yield Consent


@pytest.fixture
def plan(people, agencies):
    """What the holder plans with the client."""
    from tests.house import CasePlan

    with identity.acting(people["owner"], Room.SERVICES):
        return CasePlan.objects.create(agency=agencies["owner"], client=CLIENT, words="the plan")
