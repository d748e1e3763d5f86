"""Ann, a victim whom police arrested once, asks what is held about her; Nia was never in a file."""

import uuid
from datetime import timedelta

import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import purpose_state
from ceasefire.access.roles import Role
from ceasefire.access.sealing import keyring
from ceasefire.access.services import agency_record
from ceasefire.rights import selectors, services
from ceasefire.rights.contesting import contest_open
from ceasefire.rights.models import Request
from tests.registry.conftest import feed, rivermouth, shoot  # noqa: F401
from tests.registry.people.conftest import ann, ben, bring, county, involve, shootings  # noqa: F401
from tests.registry.people.test_files import ARRESTS, arrest
from tests.walls import as_owner


@pytest.fixture(autouse=True)
def keys(db):
    for room in keyring.ROOMS:
        if not keyring.numbered(room):
            keyring.make(room)


@pytest.fixture
def register(involve, bring):  # noqa: F811
    involve(ann(), ben())
    bring("arrests", ARRESTS, [arrest()])


@pytest.fixture
def ask():
    """ask("Ann Lopez"): somebody without an account asks on the public page; the code."""

    def asked(name="Ann Lopez", kind=Request.Kind.HELD, token=None, language="en", **more):
        with identity.showing(*identity.NOBODY):
            return services.request_take(
                token=token or uuid.uuid4(), kind=kind, means=Request.Means.WEB, name=name,
                language=language, contact="12 Oak St", **more,
            )  # fmt: skip

    return asked


@pytest.fixture
def people(operator, account, county):  # noqa: F811
    with identity.acting(identity.OPERATOR):
        other = agency_record(name="Westhaven Police", kind="neighbour_police")
        auditors = agency_record(name="City Auditor", kind="oversight")
        for kind in ("prosecutor", "ceasefire", "community"):
            agency_record(name=f"Rivermouth {kind}", kind=kind)
    return {
        "clerk": actor_of_user(account(Role.PRIVACY_OFFICER, agency=auditors)),
        "analyst": actor_of_user(account(Role.ANALYST)),
        "captain": actor_of_user(account(Role.CAPTAIN)),
        "neighbour": actor_of_user(account(Role.CAPTAIN, agency=other, username="neighbour")),
        "prosecutor": actor_of_user(account(Role.PROSECUTOR)),
        "auditor": actor_of_user(account(Role.AUDITOR, agency=auditors)),
        "director": actor_of_user(account(Role.DIRECTOR)),
        "outreach": actor_of_user(account(Role.OUTREACH)),
        "officer": actor_of_user(account(Role.OFFICER)),
    }


@pytest.fixture
def identified(ask, people):
    """identified("Ann Lopez"): who asks has been shown; every holder owes an answer."""

    def shown(name="Ann Lopez", **more) -> Request:
        ask(name, **more)
        with identity.acting(people["clerk"], Room.AGGREGATE):
            request = Request.objects.latest("pk")
            services.identity_confirm(request=request, how=Request.Shown.DOCUMENT)
        return request

    return shown


def owing(actor, request, *, purpose=True):
    """What the bound holder owes; the purpose is the request itself."""
    number = getattr(request, "pk", request)
    due = selectors.owed_of(number)
    if purpose:
        purpose_state(key=f"rights.request:{number}")
    return due


@pytest.fixture
def contested(register, identified, people, one_day):
    """Ann contests her arrest; the analyst has laid it before others."""
    request = identified(kind=Request.Kind.CONTEST, words="It was my sister.")
    with identity.acting(people["analyst"]):
        due = owing(people["analyst"], request)
        held = held_of("Ann")
        entry = next(one for one in held.entries if one.key.startswith("registry.contact:"))
        return contest_open(due=due, held=held, entry=entry, words="It was my sister.")


def held_of(given):
    from ceasefire.access import names
    from ceasefire.registry.people.models import PersonRecord
    from ceasefire.rights import holdings

    told = names.read(PersonRecord.objects.all())
    record = PersonRecord.objects.filter(pk__in=[k for k, v in told.items() if v.given == given])
    return holdings.here().held(record.first().person_id)


def days_later(contest, days):
    """So many days have passed since a contest was opened: what stands on disk says so."""
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.rights_contest SET opened_at = opened_at - %s, due_on = due_on"
            " - %s WHERE id = %s", [timedelta(days=days), days, contest.pk],
        )  # fmt: skip
