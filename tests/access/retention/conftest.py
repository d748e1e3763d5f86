"""People of two rooms and their records: owner, colleague, outsider, police at a case note."""

from datetime import date, timedelta

import pytest

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.retention.classes import RecordClass, months_after
from ceasefire.access.roles import Role
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.services import agency_record
from tests.kept_house import Known, Participant, ParticipantNote, ParticipantToken, Sighting

TODAY = date.today()
NAME = "Tamsel Vorrick-Ñandú"


def ago(months: int) -> date:
    return months_after(TODAY, -months)


@pytest.fixture(autouse=True)
def ledger_of_its_own(settings, tmp_path):
    settings.PURGE_LEDGER = tmp_path / "purges"
    settings.AUDIT_SEALS = tmp_path / "seals"


@pytest.fixture
def keys(monkeypatch):
    """Every room has a key."""
    for room in (Room.INVESTIGATIVE, Room.SHARED, Room.SERVICES):
        if not keyring.numbered(room):
            keyring.make(room)


STAFF = {
    "analyst": (Role.ANALYST, ""), "captain": (Role.CAPTAIN, ""), "colleague": (Role.CAPTAIN, ""),
    "officer": (Role.OFFICER, ""), "neighbour": (Role.CAPTAIN, "neighbour_police"),
    "manager": (Role.CASE_MANAGER, ""), "second": (Role.CASE_MANAGER, ""),
    "worker": (Role.OUTREACH, ""), "outsider": (Role.CASE_MANAGER, "community"),
    "auditor": (Role.AUDITOR, ""), "auditor2": (Role.AUDITOR, ""),
    "administrator": (Role.ADMINISTRATOR, ""),
}  # fmt: skip


class People(dict):
    """Who is who, by name; hired when first asked for."""

    def __init__(self, account):
        self.account = account

    def __missing__(self, name):
        role, kind = STAFF[name]
        with identity.acting(identity.OPERATOR):
            elsewhere = agency_record(name=f"Another {kind}", kind=kind) if kind else None
        self[name] = actor_of_user(self.account(role, elsewhere, name))
        return self[name]


@pytest.fixture
def people(account, keys):
    return People(account)


def name_of(row):
    """As its rightful reader is given it."""
    return names.read([row])[row.pk].name


def as_(actor, room=None):
    return identity.acting(actor, room)


@pytest.fixture
def suspect(people, police_agency):
    """Make a suspect: suspect(months since the newest fact, ...)."""

    def make(months=0, record_class=RecordClass.INTELLIGENCE, **words):
        with as_(people["analyst"]):
            return Known.objects.create(
                **{"agency": police_agency, "name": NAME, "record_class": record_class,
                   "basis_on": ago(months)} | words
            )  # fmt: skip

    return make


@pytest.fixture
def sighting(people):
    def make(of, months=0, record_class=RecordClass.INTELLIGENCE, **words):
        with as_(people["analyst"]):
            return Sighting.objects.create(
                **{"suspect": of, "words": "Seen.", "record_class": record_class,
                   "basis_on": ago(months)} | words
            )  # fmt: skip

    return make


@pytest.fixture
def client_file(people):
    """Make a client with a note of the same record, and the tokens of the name."""
    from ceasefire.access.sealing.tokens import tokens_of

    def make(months=0, name=NAME, note="The first meeting."):
        manager = people["manager"]
        with as_(manager):
            key = record_key_make(room=Room.SERVICES)
            client = Participant.objects.create(
                agency_id=manager.agency_id, name=name, record_key=key,
                record_class=RecordClass.CASE_FILE, basis_on=ago(months),
            )  # fmt: skip
            ParticipantNote.objects.create(
                client=client, text=note, facts={"said": note}, record_key=key,
                record_class=RecordClass.OUTREACH, basis_on=ago(months),
            )  # fmt: skip
            for token in tokens_of(name, Room.SERVICES):
                ParticipantToken.objects.create(record_key=key, token=token)
        return client

    return make


def tomorrow(days=1):
    return TODAY + timedelta(days)
