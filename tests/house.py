"""Small tables in each closed room: the walls and seals are tried before the parts are built."""

from dataclasses import dataclass

from django.db import connections, models
from psycopg import sql

from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, PolicyManager, declare
from ceasefire.access.roles import Role, standings
from ceasefire.access.sealing.fields import SealedJSONField, SealedTextField
from ceasefire.access.sealing.models import SealedRow, SearchToken


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

    silent = models.BooleanField(default=False)


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


@dataclass(frozen=True)
class Unless:
    """Hides rows from every reader, by a column that says so."""

    column: str

    def rows(self, actor):
        return models.Q(**{self.column: False})

    def condition(self, model):
        return sql.SQL("NOT {}").format(sql.Identifier(self.column))


MODELS = (Tip, Item, CaseNote)
POLICE = standings(Role.ANALYST, Role.CAPTAIN, at="police")
NEIGHBOURS = standings(Role.ANALYST, Role.CAPTAIN, at="neighbour_police")
WORKERS = standings(Role.OUTREACH, Role.CASE_MANAGER, at="community")
declare(
    Tip,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=NEIGHBOURS, by=OwnAgency(),
        change=standings(Role.ANALYST),
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
        change=standings(Role.ANALYST), also=(Unless("silent"),),
    ),
)  # fmt: skip
declare(CaseNote, Policy(Room.SERVICES, limited=WORKERS, by=OwnAgency(), change=WORKERS))


for sealed in (SealedNote, SealedNoteToken):
    declare(sealed, Policy(Room.SERVICES, full=WORKERS, change=WORKERS))


def build() -> None:
    """Make the tables, as the owner; the wall that is raised next takes them in."""
    with connections["owner"].schema_editor() as editor:
        for model in (*MODELS, Whisper, SealedNote, SealedNoteToken):
            editor.create_model(model)
