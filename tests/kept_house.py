"""Small tables about people, in two closed rooms: clocks, holds and purges are tried here."""

from pathlib import Path

from django.conf import settings
from django.db import models

from ceasefire.access.names import NamedRow, NameField, SealedNameField
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, PolicyManager, declare
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.reaches import reach
from ceasefire.access.roles import Role, standings
from ceasefire.access.sealing.fields import SealedJSONField, SealedTextField
from ceasefire.access.sealing.models import SealedRow, SearchToken


class Known(Kept, NamedRow):
    """Intelligence, or a person in an incident: the same table, each row on its own clock."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    name = NameField()
    words = models.TextField(default="")

    record_classes = (RecordClass.INTELLIGENCE, RecordClass.AFFILIATION, RecordClass.INCIDENT)
    redacts = {"name": "(redacted)", "words": ""}

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Sighting(Kept):
    suspect = models.ForeignKey(Known, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    photo = models.CharField(max_length=40, default="")

    record_classes = (RecordClass.INTELLIGENCE, RecordClass.INCIDENT)
    reached_by = ("photo",)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Memo(Kept):
    """Stays when the suspect goes, without the link."""

    suspect = models.ForeignKey(Known, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    record_classes = (RecordClass.INCIDENT,)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class Participant(Kept, SealedRow, NamedRow):
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    name = SealedNameField(room=Room.SERVICES, null=True)

    record_classes = (RecordClass.CASE_FILE,)
    redacts = {"name": None}

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class ParticipantNote(Kept, SealedRow):
    client = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(room=Room.SERVICES)
    facts = SealedJSONField(room=Room.SERVICES, null=True)

    record_classes = (RecordClass.OUTREACH,)

    objects = PolicyManager()

    class Meta:
        app_label = "house"


class ParticipantToken(SearchToken):
    objects = PolicyManager()

    class Meta:
        app_label = "house"


MODELS = (Known, Sighting, Memo, Participant, ParticipantNote, ParticipantToken)
POLICE = standings(Role.ANALYST, Role.CAPTAIN, Role.OFFICER, at="police")
WORKERS = standings(Role.OUTREACH, Role.CASE_MANAGER, at="community")
NAMED = {Known: {"name": POLICE}, Participant: {"name": WORKERS}}
for model in (Known, Sighting, Memo):
    declare(
        model,
        Policy(
            Room.INVESTIGATIVE, full=POLICE, change=standings(Role.ANALYST, at="police"),
            named=NAMED.get(model, {}),
        ),
    )  # fmt: skip
for model in (Participant, ParticipantNote, ParticipantToken):
    declare(
        model,
        Policy(Room.SERVICES, full=WORKERS, change=WORKERS, named=NAMED.get(model, {})),
    )
hangs(Sighting, "suspect", Falls.WITH)
hangs(Memo, "suspect", Falls.LOOSE)
hangs(ParticipantNote, "client", Falls.WITH)


def photo(name: str) -> Path:
    return settings.HOME.folder("photos") / name


def _photos_remove(gone) -> int:
    """Photos lie in the home under random names."""
    names = [row.columns["photo"] for row in gone if row.label == "house.sighting"]
    kept = [photo(name) for name in names if name and photo(name).exists()]
    for path in kept:
        path.unlink()
    return len(kept)


reach("photos", _photos_remove)
