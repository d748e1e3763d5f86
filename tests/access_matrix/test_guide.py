"""The matrix of data classes and roles, typed in from the city's controls, against the product.

N none, A numbers only, L limited, F full. A policy or a gate that is changed fails here.
"""

import pytest
from django.db import connection

from ceasefire.access import audit, describing, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.describing import DataClass
from ceasefire.access.identity import Actor
from ceasefire.access.models import Agency, Export, Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NoPolicy, policy_of
from ceasefire.access.roles import STANDINGS, Role, Standing
from ceasefire.access.routes import all_routes
from ceasefire.registry.models import Correction, Incident, SourceRecord, Victim
from tests.access_matrix.world import world
from tests.registry.matrix import a_corrected_part

PD, FBI, NPD, DCJ, CF, OVP, CBO, ICM, AUD, SYS = COLUMNS = (
    "PD", "FBI", "NPD", "DCJ", "CF", "OVP", "CBO", "ICM", "AUD", "SYS",
)  # fmt: skip
GUIDE = {
    DataClass.INCIDENT_FACTS: "F L L L L L L A L N",
    DataClass.INTELLIGENCE: "F L L L N N N N L N",
    DataClass.SOURCE_IDENTITY: "L N N N N N N N N N",
    DataClass.CRIMINAL_HISTORY: "F L L F N N N N N N",
    DataClass.AFFILIATION: "F L L L N A N N L N",
    DataClass.SUPERVISION: "L N L F L A N L L N",
    DataClass.RELEASE: "L N L L F L L L F N",
    DataClass.NOTIFICATION: "L N L L F L L L F N",
    DataClass.OUTREACH_NOTES: "N N N N A A F L A N",
    DataClass.CASE_PLAN: "N N N L L A L F A N",
    DataClass.CLINICAL: "N N N N N A N F A N",
    DataClass.PERFORMANCE: "A A A A A A A A A N",
    DataClass.AUDIT_LOG: "N N N N N N N N F L",
}
# What of it is granted now: later parts bring released notices, and numbers, to the others.
STANDS = {
    DataClass.INCIDENT_FACTS: "F L L L N N N N N N",
    DataClass.AUDIT_LOG: "N N N N N N N N F N",
}
HIGHER = "NALF"
COLUMN = {
    **{Standing(role, "police"): PD for role in (Role.ANALYST, Role.CAPTAIN, Role.OFFICER)},
    **{Standing(role, "federal"): FBI for role in (Role.CAPTAIN, Role.OFFICER)},
    **{
        Standing(role, "neighbour_police"): NPD
        for role in (Role.ANALYST, Role.CAPTAIN, Role.OFFICER)
    },
    Standing(Role.PROBATION, "probation"): DCJ,
    Standing(Role.DIRECTOR, "ceasefire"): CF,
    Standing(Role.LIAISON, "ceasefire"): CF,
    Standing(Role.OVP_COORDINATOR, "ovp"): OVP,
    Standing(Role.OVP_ANALYST, "ovp"): OVP,
    Standing(Role.OUTREACH, "community"): CBO,
    Standing(Role.CASE_MANAGER, "community"): ICM,
    Standing(Role.CASE_MANAGER, "ovp"): ICM,
    Standing(Role.AUDITOR, "oversight"): AUD,
    Standing(Role.ADMINISTRATOR, "vendor"): SYS,
    Standing(Role.ADMINISTRATOR, "ceasefire"): SYS,
}
# Roles that the matrix does not have, with what each may reach of any class at the most.
BEYOND = {
    Role.PROSECUTOR: "L",  # legal facts
    Role.VICTIM_SERVICES: "L",
    Role.COMMUNITY_VOICE: "L",
    Role.RESEARCHER: "A",
}
REGISTER = (Incident, Victim, SourceRecord, Correction)
ACCOUNTS = {Standing(Role.ADMINISTRATOR, kind) for kind in ("vendor", "ceasefire")}


def said(table: dict, data_class: DataClass, standing: Standing) -> str:
    if standing not in COLUMN:
        return BEYOND[standing.role]
    return table[data_class].split()[COLUMNS.index(COLUMN[standing])]


def actor(standing: Standing) -> Actor:
    return Actor("Somebody", standing.role, standing.agency_kind, agency_id=1, user_id=1)


def enters(standing: Standing, *apps: str) -> bool:
    """Whether any closed page of these apps opens to the standing."""
    mine = [route for route in all_routes() if route.app in apps]
    closed = [route.gate for route in mine if route.gate.room is not Room.AGGREGATE]
    return any(gate.admits(actor(standing)) for gate in closed)


def rows_of(standing: Standing, model) -> str:
    try:
        policy = policy_of(model)
    except NoPolicy:
        return "N"
    return "F" if standing in policy.full else "L" if standing in policy.limited else "N"


def facts_of(standing: Standing) -> str:
    """Who only takes part in the review reads the same rows, but through its packet alone."""
    if enters(standing, "registry", "intake"):
        return "F"
    read = enters(standing, "shooting_review") or rows_of(standing, Incident) != "N"
    return "L" if read else "N"


def log_of(standing: Standing) -> str:
    gates = [route.gate for route in all_routes() if route.app == "oversight"]
    return "F" if any(gate.admits(actor(standing)) for gate in gates) else "N"


def test_every_standing_has_its_column():
    for standing in STANDINGS:
        assert (standing in COLUMN) != (standing.role in BEYOND), standing


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_incident_facts_are_read_as_the_matrix_says(standing):
    found = facts_of(standing)
    if standing in COLUMN:
        assert found == said(STANDS, DataClass.INCIDENT_FACTS, standing)
    assert HIGHER.index(found) <= HIGHER.index(said(GUIDE, DataClass.INCIDENT_FACTS, standing))


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_only_the_city_s_analysts_change_the_register(standing):
    changes = {model for model in REGISTER if standing in policy_of(model).change}
    analyst = standing == Standing(Role.ANALYST, "police")
    assert changes == (set(REGISTER) if analyst else set())


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_the_audit_log_is_read_as_the_matrix_says(standing):
    found = log_of(standing)
    wanted = said(STANDS, DataClass.AUDIT_LOG, standing) if standing in COLUMN else "N"
    assert found == wanted
    assert HIGHER.index(found) <= HIGHER.index(said(GUIDE, DataClass.AUDIT_LOG, standing))


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_no_table_of_any_class_is_open_further_than_the_matrix_says(standing):
    """Every table that a later part brings is held to its row of the matrix too."""
    for described in describing.inventory():
        if described.data_class in GUIDE and described.model not in {*THROUGH_PAGES, Export}:
            found = rows_of(standing, described.model)
            most = said(GUIDE, described.data_class, standing)
            assert HIGHER.index(found) <= HIGHER.index(most), described.model


# Tables whose *limited* is by page and not by row: the review's packet counts every shooting.
THROUGH_PAGES = {
    described.model
    for described in describing.inventory()
    if described.data_class is DataClass.INCIDENT_FACTS
}


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c44_an_export_is_known_to_its_own_agency_and_to_the_auditor(standing):
    """Whoever takes a file must find it again, so this table has no cell of none."""
    assert rows_of(standing, Export) == ("F" if standing.role is Role.AUDITOR else "L")


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c10_system_administrators_alone_change_who_is_who_and_read_no_content(standing):
    assert (standing in policy_of(Membership).change) == (standing in ACCOUNTS)
    analyst = standing == Standing(Role.ANALYST, "police")
    assert (standing in policy_of(Agency).change) == (standing in ACCOUNTS or analyst)
    if standing in ACCOUNTS:
        classes = {found.model: found.data_class for found in describing.inventory()}
        closed = [model for model, named in classes.items() if named in GUIDE and model != Export]
        assert [model for model in closed if rows_of(standing, model) != "N"] == []


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """A shooting with rows of every sort behind it, and somebody of every standing."""
    with world(django_db_blocker) as made:
        analyst = made.readers[Standing(Role.ANALYST, "police")]
        made.make(a_corrected_part, analyst, Room.INVESTIGATIVE)
        with identity.acting(identity.OPERATOR):
            audit.record("page.shown", "registry.incident:1")
        yield made.readers


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_the_database_itself_keeps_the_matrix(standing, people):
    """Asked with raw SQL, in the room itself."""
    found = actor_of_user(people[standing].user)
    readable = facts_of(standing) != "N"
    for model in REGISTER:
        question = f"SELECT count(*) FROM investigative.{model._meta.db_table}"
        assert (_asked(found, Room.INVESTIGATIVE, question) > 0) == readable, model
    question = "SELECT wall.audit_count(NULL::bigint, NULL, NULL, NULL)"
    assert (_asked(found, Room.AGGREGATE, question) > 0) == (log_of(standing) == "F")


def _asked(found: Actor, room: Room, question: str) -> int:
    with identity.acting(found, room), connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
