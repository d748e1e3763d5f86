"""The matrix of data classes and roles, typed in from the city's controls, against the product.

N none, A numbers only, L limited, F full. A policy or a gate that is changed fails here.
"""

import pytest
from django.db import connection

from ceasefire.access import audit, describing, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.describing import DataClass
from ceasefire.access.identity import Actor
from ceasefire.access.models import Agency, Membership
from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.policies import NoPolicy, policy_of
from ceasefire.access.roles import STANDINGS, Role, Standing
from ceasefire.access.routes import all_routes
from ceasefire.registry.models import Correction, Incident, SourceRecord, Victim
from tests.access_matrix.world import world
from tests.registry.matrix import a_corrected_part
from tests.walls import as_owner

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
    DataClass.AUDIT_LOG: "N N N N N N N N F L",
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
    Role.PRIVACY_OFFICER: "N",  # but for the log, of the own agency
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
    closed = [route.gate for route in mine if route.gate.room in CLOSED_ROOMS]
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
    """Of the log's own page: the whole of it, or what is left of it for its other readers."""
    (log,) = (route.gate for route in all_routes() if route.name == "oversight:accesses")
    if not log.admits(actor(standing)):
        return "N"
    return "F" if standing.role in log.full else "L"


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
    if standing.role is Role.PRIVACY_OFFICER:
        assert found == "L"
    else:
        assert found == (said(STANDS, DataClass.AUDIT_LOG, standing) if standing in COLUMN else "N")
        assert HIGHER.index(found) <= HIGHER.index(said(GUIDE, DataClass.AUDIT_LOG, standing))


# Tables whose *limited* is by page and not by row: the review's packet counts every shooting.
THROUGH_PAGES = {
    described.model
    for described in describing.inventory()
    if described.data_class is DataClass.INCIDENT_FACTS
}
# What is kept of people's own doings beside the log: whoever did it, or whose agency it concerns,
# sees it again; nobody but these reads all of it.
DOINGS = {
    described.model
    for described in describing.inventory()
    if described.data_class is DataClass.AUDIT_LOG
}
ALL_OF_IT = {
    "ImmigrationRequest": {Role.AUDITOR, Role.DIRECTOR},
    "LogRemoval": {Role.AUDITOR, Role.ADMINISTRATOR},
    # Whoever takes requests about own records in: the clerks of docs/how-to/rights.md.
    **{key: {Role.AUDITOR, Role.PRIVACY_OFFICER} for key in ("Request", "Due", "Correction")},
}


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_no_table_of_any_class_is_open_further_than_the_matrix_says(standing):
    """Every table that a later part brings is held to its row of the matrix too."""
    for described in describing.inventory():
        if described.data_class in GUIDE and described.model not in THROUGH_PAGES | DOINGS:
            found = rows_of(standing, described.model)
            most = said(GUIDE, described.data_class, standing)
            assert HIGHER.index(found) <= HIGHER.index(most), described.model


@pytest.mark.parametrize("model", sorted(DOINGS, key=lambda model: model.__name__))
def test_c21_of_what_people_did_nobody_but_oversight_reads_everything(model):
    readers = {standing.role for standing in STANDINGS if rows_of(standing, model) == "F"}
    assert readers <= ALL_OF_IT.get(model.__name__, {Role.AUDITOR})


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c10_who_keeps_accounts_reads_no_content(standing):
    """Administrators and the director open accounts, each certifying what the other opened."""
    keeps = standing in ACCOUNTS or standing.role is Role.DIRECTOR
    assert (standing in policy_of(Membership).change) == keeps
    analyst = standing == Standing(Role.ANALYST, "police")
    assert (standing in policy_of(Agency).change) == (standing in ACCOUNTS or analyst)
    if standing in ACCOUNTS:
        classes = {found.model: found.data_class for found in describing.inventory()}
        content = [model for model, of in classes.items() if of in GUIDE and model not in DOINGS]
        assert [model for model in content if rows_of(standing, model) != "N"] == []


def test_c58_a_researcher_reads_no_table_and_enters_no_page_about_anybody():
    """Their extracts come with performance management; nothing else of a closed room is theirs."""
    researchers = [standing for standing in STANDINGS if standing.role is Role.RESEARCHER]
    content = {found.model for found in describing.inventory() if found.data_class in GUIDE}
    assert researchers
    for standing in researchers:
        read = [model for model in content - DOINGS if rows_of(standing, model) != "N"]
        assert read == []
        closed = [route for route in all_routes() if route.gate.room in CLOSED_ROOMS]
        assert [one.name for one in closed if one.gate.admits(actor(standing))] == []


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
    assert _asked(found, Room.AGGREGATE, question) == _rows_of_the_log(standing, found)


def _rows_of_the_log(standing: Standing, found: Actor) -> int:
    """All of them, those of the own agency, or none."""
    ours = {
        Role.AUDITOR: "true",
        Role.ADMINISTRATOR: "true",
        Role.PRIVACY_OFFICER: "agency_id = %s",
    }
    counted = f"SELECT count(*) FROM access_auditentry WHERE {ours.get(standing.role, 'false')}"
    with as_owner() as owner:
        asked = [found.agency_id] if standing.role is Role.PRIVACY_OFFICER else []
        return owner.execute(counted, asked).fetchone()[0]


def _asked(found: Actor, room: Room, question: str) -> int:
    with identity.acting(found, room), connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
