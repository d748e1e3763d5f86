"""Who reads people: four standing people, by both walls, with a purpose and without."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.purposes.services import stating
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.registry.people.models import (
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    SupervisionTerm,
)
from tests.people import attest
from tests.registry.people.conftest import ann, ben
from tests.registry.people.test_files import ARRESTS, arrest
from tests.walls import as_owner

TABLES = (Person, PersonRecord, Involvement, Contact, SupervisionTerm, CourtDisposition)
ROSTER = ("SID", "First", "Last", "Birthdate", "Status")

# What the tables' owner sees or changes is on disk.
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(involve, bring, county, shootings):
    """Ann, a victim whom police arrested once; Cal, whom the county supervises."""
    involve(ann(), ben())
    bring("arrests", ARRESTS, [arrest()])
    bring("supervision", ROSTER, [("S9", "Cal", "Reyes", "1992-02-02", "Probation")], agency=county)
    return f"registry.incident:{shootings[0].pk}"


@pytest.fixture
def people(account, county):
    return {
        "captain": actor_of_user(account(Role.CAPTAIN)),
        "probation": actor_of_user(account(Role.PROBATION, agency=county)),
        "director": actor_of_user(account(Role.DIRECTOR)),
        "outreach": actor_of_user(account(Role.OUTREACH)),
    }


def both_walls(model) -> tuple[int, int]:
    """How many rows Django finds, and how many raw SQL; a refusal is none."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM investigative.{model._meta.db_table}")
                by_database = cursor.fetchone()[0]
        except DatabaseError:
            by_database = 0
        try:
            with transaction.atomic():
                return model.objects.count(), by_database
        except DatabaseError:
            return 0, by_database


def found(actor, reference, room=None) -> dict:
    with identity.acting(actor, room or Room.INVESTIGATIVE):
        if reference is None:
            return {model: both_walls(model) for model in TABLES}
        with stating(reference):
            return {model: both_walls(model) for model in TABLES}


def test_c08_nobody_finds_a_person_without_saying_what_for(world, people):
    assert set(found(people["captain"], None).values()) == {(0, 0)}


def test_the_citys_police_read_people_with_a_purpose(world, people):
    read = found(people["captain"], world)
    assert read[Person] == (3, 3)
    assert read[Contact] == (1, 1)
    assert read[SupervisionTerm] == (1, 1)


def test_a_partner_reads_what_the_partner_itself_wrote(world, people, county):
    with identity.acting(people["probation"]), stating(world):
        assert both_walls(PersonRecord) == (1, 1)
        assert both_walls(Person) == (0, 0)
        record = PersonRecord.objects.get()
        assert record.agency == county
        assert names.read([record])[record.pk].family == "Reyes"
        assert both_walls(Contact) == (0, 0)
        assert both_walls(SupervisionTerm) == (1, 1)


@pytest.mark.parametrize("who", ["director", "outreach"])
def test_outsiders_find_nobody_in_any_table(world, people, who):
    assert set(found(people[who], None).values()) == {(0, 0)}


@pytest.mark.parametrize("born", ["2012-04-01", ""], ids=["a child", "nobody knows"])
def test_c37_a_federal_agent_finds_no_juvenile_of_the_citys(involve, account, shootings, born):
    """Nothing is open to them but what their own agency wrote, and who is young least of all."""
    involve(ann(born=born), ben(born=born))
    federal = agency_record(name="Federal agents", kind="federal")
    user = account(Role.OFFICER, agency=federal)
    attest(user)
    read = found(actor_of_user(user), f"registry.incident:{shootings[0].pk}")
    assert set(read.values()) == {(0, 0)}


@committed
def test_c06_a_record_that_its_agency_hides_is_there_for_nobody_else(world, people):
    federal = agency_record(name="Federal agents", kind="federal")
    last = "(SELECT max(id) FROM investigative.registry_person)"
    with as_owner() as owner:
        for table, column in (("person", "id"), ("personrecord", "person_id")):
            owner.execute(
                f"UPDATE investigative.registry_{table} SET hidden = true, agency_id = %s"
                f" WHERE {column} = {last}",
                [federal.pk],
            )
    read = found(people["captain"], world)
    assert read[Person] == (2, 2)
    assert read[PersonRecord] == (3, 3)


def test_names_are_read_through_the_door_alone(world, people):
    with identity.acting(people["captain"]), stating(world):
        record = PersonRecord.objects.earliest("pk")
        with pytest.raises(names.NamesClosed):
            _family = record.family
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT family FROM investigative.registry_personrecord")


@committed
def test_c22_the_log_names_the_person_whose_record_was_read(world, people):
    with identity.acting(people["captain"]), stating(world):
        record = PersonRecord.objects.earliest("pk")
        names.read([record])
    with as_owner() as owner:
        keys = owner.execute(
            "SELECT subject_keys FROM access_auditentry WHERE verb = 'names.read'"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()[0]
    assert keys == [f"registry.person:{record.person_id}"]


def test_only_the_homes_own_work_compares_names(world, people, account):
    analyst = actor_of_user(account(Role.ANALYST))
    with identity.acting(analyst), stating(world):
        assert len(list(names.compared(PersonRecord))) == 4
        forged = "SELECT * FROM investigative.compared_registry_personrecord('', '', %s, %s)"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forged, [2_000_000_000, b"\0" * 32])
    with identity.acting(people["captain"]), stating(world), pytest.raises(NotPermitted):
        list(names.compared(PersonRecord))


@committed
def test_c18_the_log_says_that_names_were_compared_and_how_many(world):
    with as_owner() as owner:
        told = owner.execute(
            "SELECT detail FROM access_auditentry WHERE verb = 'names.compared'"
            " ORDER BY id DESC LIMIT 3"
        ).fetchall()
    assert [json.loads(one)["rows"] for (one,) in told] == [3, 2, 0]


def test_c05_a_court_decision_is_closed_to_whoever_has_no_certificate(world, bring, people):
    header = ("Disposition Date", "Charge", "Disposition", "Person ID", "Name", "DOB")
    row = ("2026-01-20", "Theft", "Dismissed", "P1", "LOPEZ, ANN", "1990-05-01")
    bring("court", header, [row])
    with identity.acting(people["captain"]), stating(world):
        decision = CourtDisposition.objects.get()
        assert names.read([decision])[decision.pk].disposition is None
