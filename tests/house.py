"""Small tables in each closed room: the walls and seals are tried before the parts are built."""

from django.db import connections, models

from ceasefire.access import identity, purposes
from ceasefire.access.consent import Consented
from ceasefire.access.exceptional.glass import Glass
from ceasefire.access.interests import NotOwnInterest
from ceasefire.access.names import (
    CriminalHistoryField,
    NameDateField,
    NamedRow,
    NameField,
    SealedNameField,
)
from ceasefire.access.narrowing import InAudience, NotHidden, OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, PolicyManager, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.roles import Role, standings
from ceasefire.access.sealing.fields import SealedJSONField, SealedTextField
from ceasefire.access.sealing.models import SealedRow, SearchToken
from ceasefire.access.walls.names import ROOMS
from tests import kept_house


class _Row(models.Model):
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    objects = PolicyManager()

    class Meta:
        abstract = True
        app_label = "house"


class Tip(_Row):
    """What one agency of law enforcement knows."""


class Item(_Row):
    """What the programme asked a partner to do."""


class CaseNote(_Row):
    """What an outreach worker wrote."""


class Whisper(_Row):
    """What police know, some of it so secret that nobody may learn that it is there."""

    hidden = models.BooleanField(default=False)


class CasePlan(_Row):
    """What a case manager plans with a client, whom the client may let others read."""

    client = models.BigIntegerField(default=0, db_index=True)


class Neighbour(_Row):
    """A person as law enforcement knows one: somebody on the staff may be a relative."""


class Card(_Row):
    """What law enforcement knows of a person: sensitive."""


class Suspect(NamedRow):
    """Somebody whom one agency knows; it may hide that it does."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    name = NameField()
    born = NameDateField(null=True)
    hidden = models.BooleanField(default=False)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Client(SealedRow, NamedRow):
    """Somebody whom one organisation walks beside."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    name = SealedNameField(room=Room.SERVICES)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Errand(models.Model):
    """What the programme asked some people to do; the others need not know."""

    audience = models.ForeignKey("access.Audience", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class SealedNote(SealedRow):
    text = SealedTextField(room=Room.SERVICES)
    also = SealedTextField(room=Room.SERVICES, null=True)
    facts = SealedJSONField(room=Room.SERVICES, null=True)
    shared = SealedTextField(room=Room.SHARED, null=True)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class SealedNoteToken(SearchToken):
    objects = PolicyManager()

    class Meta:
        app_label = "house"


class ClientToken(SearchToken):
    """By what a client is found, by the client's own organisation alone."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Docket(NamedRow):
    """What the state's files say of somebody, beside that person's name."""

    name = NameField()
    history = CriminalHistoryField(null=True)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


MODELS = (Tip, Item, CaseNote, CasePlan, Neighbour)
POLICE = standings(Role.ANALYST, Role.CAPTAIN, at="police")
NEIGHBOURS = standings(Role.ANALYST, Role.CAPTAIN, at="neighbour_police")
WORKERS = standings(Role.OUTREACH, Role.CASE_MANAGER, at="community")
declare(
    Tip,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=NEIGHBOURS, by=OwnAgency(),
        change=standings(Role.ANALYST), glass=Glass(NEIGHBOURS),
    ),
)  # fmt: skip
declare(
    Item,
    Policy(
        Room.SHARED, full=standings(Role.DIRECTOR), limited=standings(Role.OVP_COORDINATOR),
        by=OwnAgency(), change=standings(Role.DIRECTOR),
    ),
)  # fmt: skip
declare(
    Whisper,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=NEIGHBOURS, by=OwnAgency(),
        change=standings(Role.ANALYST), also=(NotHidden(),),
    ),
)  # fmt: skip
declare(
    CasePlan,
    Policy(
        Room.SERVICES, limited=WORKERS, by=OwnAgency(), change=WORKERS,
        opened=(Consented("plan", to=WORKERS, kind="outreach.client", person="client"),),
    ),
)  # fmt: skip
declare(
    Neighbour,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=standings(Role.ANALYST, at="police"),
        also=(NotOwnInterest("house.neighbour"),),
    ),
)  # fmt: skip
declare(
    CaseNote,
    Policy(
        Room.SERVICES, limited=WORKERS, by=OwnAgency(), change=WORKERS,
        glass=Glass(standings(Role.OUTREACH)),
    ),
)  # fmt: skip

declare(
    Card,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=standings(Role.ANALYST, at="police"),
        also=(WithPurpose(),),
    ),
)  # fmt: skip

# Meetings that somebody may work for, and who takes part in each.
MEETINGS = {
    "1": {Role.ANALYST, Role.CAPTAIN, Role.OUTREACH},
    "2": {Role.DIRECTOR},
    "3": {Role.CAPTAIN},
}


def _meetings():
    role = identity.current().role
    return [
        purposes.Reference(number, f"meeting {number}")
        for number, parties in MEETINGS.items()
        if role is None or role in parties
    ]


purposes.kind(
    purposes.Kind(
        name="house.meeting", label="Meeting", rooms=frozenset(ROOMS), offered=_meetings,
        find=lambda number: next((one for one in _meetings() if one.number == number), None),
    )
)  # fmt: skip


declare(
    Suspect,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=NEIGHBOURS, by=OwnAgency(),
        change=standings(Role.ANALYST), also=(NotHidden(),),
        named={"name": POLICE | NEIGHBOURS, "born": POLICE}, fixed=("agency",),
        glass=Glass(NEIGHBOURS),
    ),
)  # fmt: skip
declare(
    Docket,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=standings(Role.ANALYST, at="police"),
        named={"name": POLICE, "history": POLICE},
    ),
)  # fmt: skip
declare(
    Client,
    Policy(Room.SERVICES, limited=WORKERS, by=OwnAgency(), change=WORKERS, named={"name": WORKERS}),
)
declare(ClientToken, Policy(Room.SERVICES, limited=WORKERS, by=OwnAgency(), change=WORKERS))
PARTNERS = standings(Role.OVP_COORDINATOR, Role.OUTREACH, Role.CAPTAIN, at=None)
declare(
    Errand,
    Policy(
        Room.SHARED, full=standings(Role.DIRECTOR), limited=PARTNERS, by=InAudience(),
        change=standings(Role.DIRECTOR),
    ),
)  # fmt: skip


for sealed in (SealedNote, SealedNoteToken):
    declare(sealed, Policy(Room.SERVICES, full=WORKERS, change=WORKERS))


def build() -> None:
    """Make the tables, as the owner; the wall that is raised next takes them in."""
    with connections["owner"].schema_editor() as editor:
        mine = (Whisper, Card, Suspect, Docket, Client, ClientToken, Errand)
        for model in (*MODELS, *mine, SealedNote, SealedNoteToken, *kept_house.MODELS):
            editor.create_model(model)
