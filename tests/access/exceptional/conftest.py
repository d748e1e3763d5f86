"""An emergency: a neighbour's captain, a tip of the city's police, two outreach organisations."""

import secrets
import time
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_session
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.exceptional.services import (
    OpeningRefused,
    opening_review,
    record_look,
    record_open,
)
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from tests.house import CaseNote, Item, Tip

REASON = "A shooter may be on the way to her house now."
_shown = {"last": 0}


def stepped_up() -> int:
    """A moment at which a second factor was shown: fresh, and no two attempts have the same one."""
    newest = int(time.time()) - 1
    earlier = _shown["last"] - 1
    _shown["last"] = earlier if newest - 200 < earlier < newest else newest
    return _shown["last"]


def seated(user):
    """The person at a page, in a session of its own."""
    return actor_of_session(user, secrets.token_hex(32))


@pytest.fixture
def agencies(police_agency):
    with identity.acting(identity.OPERATOR):
        return SimpleNamespace(
            police=police_agency,
            neighbours=agency_record(name="Hillside Police", kind="neighbour_police"),
            helpers=agency_record(name="Helpers", kind="community"),
            others=agency_record(name="Others", kind="community"),
        )


ROWS = {
    "tip": (Tip, Room.INVESTIGATIVE, "police"),
    "own_tip": (Tip, Room.INVESTIGATIVE, "neighbours"),
    "item": (Item, Room.SHARED, "police"),
    "own_note": (CaseNote, Room.SERVICES, "helpers"),
    "note": (CaseNote, Room.SERVICES, "others"),
    "second_note": (CaseNote, Room.SERVICES, "others"),
}


@pytest.fixture
def records(agencies):
    """The captain and the worker see their own; tip, note and second_note are hidden from them."""
    made = SimpleNamespace()
    for name, (model, room, owner) in ROWS.items():
        agency = getattr(agencies, owner)
        with identity.acting(identity.OPERATOR, room):
            setattr(made, name, model.objects.create(agency=agency, words=f"canary of {owner}"))
    return made


WHO = {
    "captain": (Role.CAPTAIN, "neighbours"),
    "chief": (Role.CAPTAIN, "police"),
    "worker": (Role.OUTREACH, "helpers"),
    "colleague": (Role.OUTREACH, "helpers"),
    "other": (Role.OUTREACH, "others"),
    "auditor": (Role.AUDITOR, None),
    "second": (Role.AUDITOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
}


class _Each:
    """Makes each one when a test first names it."""

    def __init__(self, make):
        self._make = make

    def __getattr__(self, name):
        if name not in WHO:
            raise AttributeError(name)
        setattr(self, name, made := self._make(name))
        return made


@pytest.fixture
def users(account, agencies):
    def hire(name):
        role, agency = WHO[name]
        return account(role, agency and getattr(agencies, agency), name)

    return _Each(hire)


@pytest.fixture
def people(users):
    """Everybody in a session; nobody sees anything of another agency."""
    return _Each(lambda name: seated(getattr(users, name)))


def opens(actor, record, *, model=None, room=None, minutes=60, step=None) -> int:
    """The number of an opening. Raises OpeningRefused."""
    with identity.acting(actor, room):
        return record_open(
            model=model or record._meta.label_lower,
            record=getattr(record, "pk", record),
            minutes=minutes,
            reason=REASON,
            stepped_up=step or stepped_up(),
        )


def opening(pk) -> Opening:
    """As whoever owns the tests sees it."""
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        return Opening.objects.get(pk=pk)


TIMES = ("stepped_up_at", "opened_at", "ends_at", "closed_at", "review_due", "reviewed_at")


def pass_time(pk, *, seconds=0, days=0) -> None:
    """Let so much time go by since the opening; as the owner, of whom the walls ask nothing."""
    earlier = ", ".join(f"{name} = {name} - make_interval(secs => %s)" for name in TIMES)
    with identity.showing(*identity.NOBODY), connection.cursor() as cursor:
        ago = [seconds + days * 86_400] * len(TIMES)
        cursor.execute(f"UPDATE access_opening SET {earlier} WHERE id = %s", [*ago, pk])
        assert cursor.rowcount == 1


def looks(actor, pk, room=None):
    """What the asker reads of an opened record: its words, or None."""
    with identity.acting(actor, room):
        found = record_look(opening_of(actor, pk))
    return found and found.words


def opening_of(actor, pk):
    return Opening(pk=pk, model="house.casenote" if actor.role == Role.OUTREACH else "house.tip")


def refusal(actor, record, **words) -> str:
    with pytest.raises(OpeningRefused) as refused:
        opens(actor, record, **words)
    return refused.value.code


def reviews(actor, pk, justified=True):
    with identity.acting(actor, Room.AGGREGATE):
        found = Opening.objects.get(pk=pk)
        if found.reviewed_at is None:
            opening_review(opening=found, justified=justified, words="Looked at it.")


SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
