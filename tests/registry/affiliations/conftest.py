"""A city whose policy on groups is in force, its analyst and captain, and sources that count."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import stating
from ceasefire.access.roles import Role
from ceasefire.access.sealing import keyring
from ceasefire.registry.affiliations import services
from ceasefire.registry.groups.services import group_open, policy_record
from ceasefire.registry.people.models import Person, PersonRecord
from ceasefire.registry.sources.services import source_record

TODAY = timezone.localdate()
AGO = timedelta(days=40)
numbers = count(1)


@pytest.fixture(autouse=True)
def keys(rivermouth):
    for room in (Room.INVESTIGATIVE, Room.AGGREGATE):
        if not keyring.numbered(room):
            keyring.make(room)


def publish():
    return policy_record(
        document="Directive 640.05", published_at="city.example/policies/640-05",
        published_on=date(2025, 1, 1), approved_by="A. Reyes, chief of police",
        effective_from=date(2025, 1, 1),
    )  # fmt: skip


@pytest.fixture
def policy(rivermouth):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        return publish()


@pytest.fixture
def staff(account):
    """Each by role; a second captain besides."""
    made = {
        name: actor_of_user(account(role, username=name))
        for name, role in (
            ("analyst", Role.ANALYST), ("captain", Role.CAPTAIN), ("captain2", Role.CAPTAIN),
            ("officer", Role.OFFICER), ("director", Role.DIRECTOR), ("outreach", Role.OUTREACH),
            ("probation", Role.PROBATION),
        )
    }  # fmt: skip
    return made


@pytest.fixture
def why(shoot):
    """What everybody here looks at people for."""
    return f"registry.incident:{shoot(date(2026, 1, 3), incident_number='26-1').pk}"


@pytest.fixture
def being(staff, why):
    """with being("analyst"): in that person's name, for a stated purpose."""
    from contextlib import contextmanager

    @contextmanager
    def act(name, room=Room.INVESTIGATIVE):
        with identity.acting(staff[name], room):
            if room is Room.INVESTIGATIVE and name not in ("director", "outreach"):
                with stating(why):
                    yield
            else:
                yield

    return act


def person(agency, *, born=date(1995, 5, 1), **more) -> Person:
    clock = {"record_class": "incident", "basis_on": TODAY - AGO}
    made = Person.objects.create(agency=agency, entered_by="shooting", **clock)
    record(made, born=born, **more)
    return made


def record(of, *, born, family="Okafor"):
    return PersonRecord.objects.create(
        agency=of.agency, person=of, family=family, given="Ben", born=born, content_key=uuid4(),
        first_said=timezone.now(), last_said=timezone.now(), record_class="incident",
        basis_on=TODAY - AGO,
    )  # fmt: skip


def source(**more):
    told = {
        "form": "report", "number": f"R-{next(numbers)}", "on": TODAY - AGO,
        "reliability": "reliable", "content": "confirmed", "words": "He was with them and said so.",
        "lawful": True,
    }  # fmt: skip
    return source_record(**told | more)


def two(**more):
    """Two sources that suffice."""
    return [(source(**more), "own_word"), (source(form="court", **more), "court")]


def draft(whom, group, **more):
    told = {
        "person": whom, "group": group, "role": "member", "confidence": "moderate",
        "suspicion": "Shots on Oak Street, reports 26-1 and 26-2.",
    }  # fmt: skip
    told |= more
    if "citations" not in told:
        told["citations"] = two()
    return services.tie_draft(**told)


@pytest.fixture
def ben(police_agency, being):
    with being("analyst"):
        return person(police_agency)


@pytest.fixture
def group(policy, being):
    with being("analyst"):
        return group_open(name="Dock Street", source=source())


@pytest.fixture
def standing(ben, group, being):
    """A tie of Ben's that stands: drafted, attested, told."""
    with being("analyst"):
        tie = draft(ben, group)
    with being("captain"):
        services.tie_attest(tie=tie, words="I have read both.")
        services.notice_give(tie=tie, on=TODAY, way="letter")
        tie.refresh_from_db()
    return tie
