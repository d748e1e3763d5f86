"""The names door: closed to every template, query and dump; opened by one call that is recorded."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.template import Context, Template

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, policy_of
from ceasefire.access.roles import Role
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.services import agency_record
from tests.conftest import in_force
from tests.house import CaseNote, Client, Suspect

CANARY = "Marlo Quillfeather"


@pytest.fixture
def worker(account):
    return actor_of_user(account(Role.OUTREACH))


@pytest.fixture
def colleague(account, db):
    """An outreach worker of another organisation."""
    with identity.acting(identity.OPERATOR):
        other = agency_record(name="Other outreach", kind="community")
    return actor_of_user(account(Role.OUTREACH, agency=in_force(other), username="colleague"))


@pytest.fixture
def captain(account):
    return actor_of_user(account(Role.CAPTAIN))


@pytest.fixture
def neighbour(account, db):
    """A captain of a neighbouring police department."""
    with identity.acting(identity.OPERATOR):
        other = agency_record(name="Eastbank Police", kind="neighbour_police")
    return actor_of_user(account(Role.CAPTAIN, agency=in_force(other), username="neighbour"))


@pytest.fixture
def client_row(worker, keys):
    with identity.acting(worker):
        return Client.objects.create(
            agency_id=worker.agency_id, name=CANARY, record_key=record_key_make(room=Room.SERVICES)
        )


@pytest.fixture
def suspect(captain):
    with identity.acting(identity.OPERATOR):
        return Suspect.objects.create(
            agency_id=captain.agency_id, name=CANARY, born=date(1999, 5, 4)
        )


def neighbour_agency(neighbour):
    with identity.acting(identity.OPERATOR):
        return Agency.objects.get(pk=neighbour.agency_id)


def names_read() -> list[tuple]:
    """What this transaction has written of names."""
    with identity.acting(identity.OPERATOR), connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, subject_keys, fields FROM"
            " wall.audit_page(NULL, NULL, NULL, NULL, 50, 0) WHERE verb = 'names.read'"
        )
        return cursor.fetchall()


def test_c07_the_door_gives_its_rightful_reader_the_name_and_writes_who_read_whose(
    worker, client_row
):
    with identity.acting(worker):
        assert names.read(Client.objects.all())[client_row.pk].name == CANARY
    assert names_read() == [(worker.user_id, [f"house.client:{client_row.pk}"], ["name"])]


def test_one_call_is_one_row_however_many_people_it_shows(worker, client_row):
    with identity.acting(worker):
        for nth in range(5):
            Client.objects.create(
                agency_id=worker.agency_id, name=f"Person {nth}", record_key=client_row.record_key
            )
        shown = names.read(Client.objects.select_related("record_key"))
    assert len(shown) == 6
    (row,) = names_read()
    assert len(row[1]) == 6


def test_c07_a_colleague_of_another_organisation_gets_no_name_and_no_row(
    worker, colleague, client_row
):
    with identity.acting(colleague):
        assert names.read([client_row]) == {}
    assert names_read() == []


@pytest.mark.parametrize("room", [Room.SERVICES, Room.INVESTIGATIVE, Room.SHARED])
def test_c03_police_get_no_clients_name_from_any_room(captain, client_row, room):
    with identity.acting(captain, room), pytest.raises((NotPermitted, ProgrammingError)):
        names.read([client_row])
    asked = "SELECT * FROM services.names_of_house_client(%s, '', '')"
    with identity.acting(captain, room), connection.cursor() as cursor:
        if room is Room.SERVICES:
            cursor.execute(asked, [[client_row.pk]])
            assert cursor.fetchall() == []
        else:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(asked, [[client_row.pk]])


def test_c07_a_field_that_a_standing_may_not_have_comes_back_empty(neighbour, captain):
    with identity.acting(identity.OPERATOR):
        own = Suspect.objects.create(
            agency_id=neighbour.agency_id, name=CANARY, born=date(1999, 5, 4)
        )
    with identity.acting(neighbour):
        shown = names.read(Suspect.objects.all())[own.pk]
        assert (shown.name, shown.born) == (CANARY, None)
    with identity.acting(captain):
        assert names.read(Suspect.objects.all())[own.pk].born == date(1999, 5, 4)


def test_c07_the_policy_says_which_fields_a_person_is_shown_and_may_change(neighbour, captain):
    policy = policy_of(Suspect)
    assert "born" not in policy.readable(neighbour, Suspect)
    assert "born" in policy.readable(captain, Suspect)
    assert policy.writable(captain, Suspect) == frozenset()
    assert policy_of(Client).readable(captain, Client) == frozenset()


def test_a_field_that_is_fixed_stays_as_it_was_added(account, suspect):
    analyst = actor_of_user(account(Role.ANALYST))
    assert "agency" not in policy_of(Suspect).writable(analyst, Suspect)
    with (
        identity.acting(analyst),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Suspect.objects.update(agency=analyst.agency_id)


@pytest.mark.parametrize("column", ["name", "born", "*"])
@pytest.mark.parametrize("what", ["{}", "count({})", "upper({}::text)", "1 ... ORDER BY {}"])
def test_c07_no_query_selects_counts_sorts_or_compares_a_name(captain, suspect, column, what):
    if column == "*" and what != "{}":
        return
    chosen, _dots, rest = what.format(column).partition(" ... ")
    with (
        identity.acting(captain),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {chosen} FROM investigative.house_suspect {rest}")


@pytest.mark.parametrize(
    "query",
    [
        lambda: list(Suspect.objects.filter(name__startswith="Mar")),
        lambda: list(Suspect.objects.values("name")),
        lambda: list(Suspect.objects.order_by("born")),
        lambda: list(Suspect.objects.defer(None)),
        lambda: Suspect.objects.filter(born__year=1999).exists(),
    ],
)
def test_c07_no_question_of_djangos_reaches_a_name(captain, suspect, query):
    with (
        identity.acting(captain),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        query()


def test_a_template_cannot_print_a_name_and_prints_a_person_as_a_number(captain, suspect):
    with identity.acting(captain):
        person = Suspect.objects.get()
        shown = Template("{{ person }}").render(Context({"person": person}))
        assert shown == f"Suspect {person.pk}"
        with pytest.raises(names.NamesClosed):
            Template("{{ person.name }}").render(Context({"person": person}))


def test_who_has_just_written_a_name_reads_it_through_the_door_too(worker, client_row):
    with pytest.raises(names.NamesClosed):
        _ = client_row.name
    assert CANARY not in f"{client_row!r} {client_row} {vars(client_row)}"


def test_a_name_is_changed_without_being_read(worker, client_row):
    with identity.acting(worker):
        row = Client.objects.get()
        row.name = "Another Name"
        row.save()
        assert names.read([row])[row.pk].name == "Another Name"


def test_a_row_is_saved_again_without_its_names(account, suspect):
    with identity.acting(actor_of_user(account(Role.ANALYST))):
        row = Suspect.objects.get()
        row.hidden = True
        row.save(update_fields=["hidden"])
        assert names.read([row])[row.pk].name == CANARY


def test_an_agencys_hidden_row_does_not_exist_for_others(account, neighbour, captain):
    analyst = account(Role.ANALYST, agency=neighbour_agency(neighbour))
    with identity.acting(actor_of_user(analyst)):
        hidden = Suspect.objects.create(agency_id=neighbour.agency_id, name=CANARY, hidden=True)
    with identity.acting(neighbour):
        assert Suspect.objects.count() == 1
    with identity.acting(captain):
        assert Suspect.objects.count() == 0
        assert not Suspect.objects.filter(pk=hidden.pk).exists()
        assert names.read([hidden]) == {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM investigative.house_suspect")
            assert cursor.fetchone() == (0,)


def test_without_an_identity_the_door_is_shut(client_row):
    with pytest.raises(identity.NobodyIsReading):
        names.read([client_row])


def test_c18_a_name_whose_row_cannot_be_written_is_not_given(worker, client_row, monkeypatch):
    from ceasefire.access.audit import NotRecorded

    with identity.acting(worker), pytest.raises(NotRecorded), transaction.atomic():
        names.read([client_row], purpose="\x00")


def test_only_models_with_names_have_a_door(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'names_of_%'")
        found = {name for (name,) in cursor.fetchall()}
    house = ("client", "docket", "suspect", "known", "participant")
    registry = ("personrecord", "courtdisposition", "waitingrecord", "priorrow")
    named = {*(f"house_{one}" for one in house), *(f"registry_{one}" for one in registry)}
    assert found == {
        f"names_of_{one}" for one in (*named, "rights_request", "problem_analysis_guest")
    }
    assert not policy_of(CaseNote).named
