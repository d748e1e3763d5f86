"""Access ends with the agreement, the membership, the role and the yearly certificate."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agency, Agreement, Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.services import (
    account_open,
    account_wake,
    agency_record,
    agreement_end,
    agreement_record,
    membership_certify,
    membership_end,
    membership_open,
)
from tests.conftest import PASSWORD
from tests.house import CaseNote
from tests.walls import as_owner

TODAY = date.today()


def days(number):
    return timedelta(days=number)


@pytest.fixture
def office(db):
    """The operator, where accounts are kept."""
    with identity.acting(identity.OPERATOR, Room.ACCOUNT) as actor:
        yield actor


@pytest.fixture
def worker(account):
    """An outreach worker of an organisation whose agreement runs for a year."""
    return account(Role.OUTREACH)


def agreement_of(user) -> Agreement:
    return Agreement.objects.get(agency__memberships__user=user)


def move_end(user, to: date):
    """What time does, in one statement of the database's owner."""
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Agreement.objects.filter(agency__memberships__user=user).update(ends=to)


def certify_until(user, until: date):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=user).update(
            certified_on=until - days(300), certified_until=until
        )


@pytest.mark.parametrize(
    ("ends", "reads", "writes"),
    [(0, True, True), (-1, True, False), (-60, True, False), (-61, False, False)],
)
def test_c12_an_agreement_that_is_over_leaves_sixty_days_to_read_and_none_to_change(
    worker, client, ends, reads, writes
):
    move_end(worker, TODAY + days(ends))
    actor = actor_of_user(worker)
    assert (actor is not None) == reads
    client.force_login(worker)
    assert client.get("/").status_code == (200 if reads else 401)
    if reads:
        assert actor.closing == (not writes)
        with identity.acting(actor, Room.SERVICES), connection.cursor() as cursor:
            add = "INSERT INTO services.house_casenote (agency_id, words) VALUES (%s, 'x')"
            if writes:
                cursor.execute(add, [actor.agency_id])
                assert CaseNote.objects.count() == 1
            else:
                with pytest.raises(ProgrammingError, match="row-level security"):
                    cursor.execute(add, [actor.agency_id])


def test_c12_a_page_says_why_nothing_opens(worker, client):
    move_end(worker, TODAY - days(61))
    client.force_login(worker)
    answer = client.get("/")
    assert (answer.status_code, "no agreement in force" in answer.text) == (401, True)
    assert "Test Outreach" not in answer.text


@pytest.mark.parametrize("because", ["breach", "misuse"])
def test_c12_breach_or_misuse_ends_all_access_in_mid_session(worker, client, office, because):
    client.force_login(worker)
    assert client.get("/").status_code == 200
    agreement_end(agreement=agreement_of(worker), because=because, words="A list was passed on.")
    assert client.get("/").status_code == 401
    assert actor_of_user(worker) is None


def test_c12_an_ended_role_closes_the_open_page_at_once(worker, client, office):
    client.force_login(worker)
    assert client.get("/").status_code == 200
    membership_end(membership=worker.memberships.get(), because="misuse")
    answer = client.get("/")
    assert (answer.status_code, "Your role has ended" in answer.text) == (401, True)


def test_c12_a_certificate_lasts_a_year(worker, client):
    certify_until(worker, TODAY)
    client.force_login(worker)
    assert client.get("/").status_code == 200
    certify_until(worker, TODAY - days(1))
    answer = client.get("/")
    assert (answer.status_code, "certified" in answer.text) == (401, True)


def test_c12_ninety_days_without_a_session_put_an_account_to_sleep(worker, client, office):
    held = Membership.objects.filter(user=worker)
    held.update(awake_since=TODAY - days(91))
    client.force_login(worker)
    answer = client.get("/")
    assert (answer.status_code, "90 days" in answer.text) == (401, True)
    account_wake(membership=held.get(), today=TODAY)
    assert client.get("/").status_code == 200


def test_c12_a_session_in_the_last_ninety_days_keeps_an_account_awake(worker, client, office):
    client.force_login(worker)
    assert client.get("/").status_code == 200
    Membership.objects.filter(user=worker).update(awake_since=TODAY - days(400))
    client.force_login(worker)
    assert client.get("/").status_code == 200


@pytest.fixture
def keepers(account):
    """An administrator and a director: each certifies what the other opens."""
    administrator, director = account(Role.ADMINISTRATOR), account(Role.DIRECTOR)
    return actor_of_user(administrator), actor_of_user(director)


def opened_by(administrator, police_agency, username="new"):
    with identity.acting(administrator, Room.ACCOUNT):
        return account_open(
            username=username, password=PASSWORD, display_name="Somebody New", role=Role.CAPTAIN,
            agency=police_agency, starts=TODAY,
        )  # fmt: skip


def test_c10_what_an_administrator_opens_is_empty_until_another_person_certifies_it(
    keepers, police_agency, client
):
    administrator, director = keepers
    user = opened_by(administrator, police_agency)
    assert actor_of_user(user) is None
    with identity.acting(administrator, Room.ACCOUNT):
        held = user.memberships.get()
        with pytest.raises(ValidationError, match="Somebody else"):
            membership_certify(membership=held, today=TODAY)
    with identity.acting(director, Room.ACCOUNT):
        membership_certify(membership=held, today=TODAY)
    assert actor_of_user(user).role == Role.CAPTAIN
    assert held.certified_by_id == director.user_id


@pytest.mark.parametrize(
    "change",
    [
        "certified_on = current_date, certified_until = current_date + 300",
        "certified_on = current_date, certified_until = current_date, certified_by_id = {director}",
        "opened_by_id = NULL",
    ],
)
def test_c10_raw_sql_of_an_administrator_certifies_nothing_of_its_own(
    keepers, police_agency, change
):
    administrator, director = keepers
    user = opened_by(administrator, police_agency)
    statement = f"UPDATE access_membership SET {change} WHERE user_id = {user.pk}"
    with (
        identity.acting(administrator, Room.ACCOUNT),
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(director=director.user_id))
    assert actor_of_user(user) is None


def test_c10_nobody_certifies_their_own_role(keepers):
    administrator, _director = keepers
    with identity.acting(administrator, Room.ACCOUNT):
        own = Membership.objects.get(user_id=administrator.user_id)
        with pytest.raises(ValidationError, match="Somebody else"):
            membership_certify(membership=own, today=TODAY)


@pytest.mark.parametrize("role", [Role.CAPTAIN, Role.OUTREACH, Role.AUDITOR])
def test_c12_only_administrators_and_the_director_give_or_take_access(account, role):
    actor = actor_of_user(account(role))
    with identity.acting(actor, Room.ACCOUNT):
        own = Membership.objects.get(user_id=actor.user_id)
        agreement = Agreement.objects.filter(agency_id=actor.agency_id).first()
        for verb in (
            lambda: membership_end(membership=own, because="left"),
            lambda: agreement_end(agreement=agreement, because="breach", words="x"),
            lambda: account_wake(membership=own, today=TODAY),
        ):
            with pytest.raises(NotPermitted):
                verb()


def test_a_colleague_sees_the_roles_of_the_own_agency_alone(account, keepers):
    worker = actor_of_user(account(Role.OUTREACH))
    with identity.acting(worker, Room.ACCOUNT):
        assert {one.agency_id for one in Membership.objects.all()} == {worker.agency_id}
        assert {one.agency_id for one in Agreement.objects.all()} == {worker.agency_id}


BAD_MEMBERSHIPS = [
    ("role = 'captain'", "membership_role_suits_the_agency"),
    ("agency_kind = 'police', role = 'captain'", "membership_agency_and_kind"),
    ("certified_until = certified_on + 367", "membership_is_certified_for_a_year_at_most"),
    ("certified_until = NULL", "membership_is_certified_for_a_year_at_most"),
    ("certified_by_id = user_id", "another_person_certifies"),
    ("ended_at = now()", "ended_membership_says_why"),
    ("ends = starts - 1", "ends_after_start"),
]


@pytest.mark.parametrize(("change", "constraint"), BAD_MEMBERSHIPS)
def test_the_database_refuses_a_membership_that_cannot_be(worker, office, change, constraint):
    statement = f"UPDATE access_membership SET {change} WHERE user_id = {worker.pk}"
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_person_has_one_role_at_a_time(worker, office, police_agency):
    with pytest.raises(ValidationError, match="one role at a time"):
        membership_open(user=worker, role=Role.CAPTAIN, agency=police_agency, starts=TODAY)
    with pytest.raises(IntegrityError, match="one_membership_at_a_time"), transaction.atomic():
        Membership.objects.create(
            user=worker, agency=police_agency, agency_kind="police", role=Role.CAPTAIN,
            starts=TODAY, ends=TODAY + days(9), awake_since=TODAY,
        )  # fmt: skip
    membership_end(membership=worker.memberships.get(), because="left")
    membership_open(user=worker, role=Role.CAPTAIN, agency=police_agency, starts=TODAY)
    assert actor_of_user(worker).role == Role.CAPTAIN


def test_no_account_opens_at_an_agency_without_an_agreement(office):
    with identity.acting(identity.OPERATOR):
        agency = agency_record(name="Riverside Outreach", kind=Agency.Kind.COMMUNITY)
    with pytest.raises(ValidationError, match="no agreement in force"):
        account_open(
            username="x", password=PASSWORD, display_name="X", role=Role.OUTREACH, agency=agency,
            starts=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(("document", "ends"), [("", 9), ("M", -1), ("M", 5 * 366 + 1)])
def test_an_agreement_names_its_document_and_ends_within_five_years(
    police_agency, office, document, ends
):
    with pytest.raises(ValidationError):
        agreement_record(
            agency=police_agency, document=document, starts=TODAY, ends=TODAY + days(ends)
        )


def test_an_agreement_ends_once(worker, office):
    agreement = agreement_of(worker)
    ended = agreement_end(agreement=agreement, because="breach", words="A list was passed on.")
    assert ended.ended_because == "breach"
    with pytest.raises(ValidationError, match="already"):
        agreement_end(agreement=agreement, because="misuse", words="Again.")
    agreement.refresh_from_db()
    assert agreement.ended_because == "breach"


def test_a_renewal_goes_on_where_the_old_agreement_ends(worker, office):
    move_end(worker, TODAY - days(70))
    assert actor_of_user(worker) is None
    agency = Agency.objects.get(memberships__user=worker)
    agreement_record(agency=agency, document="Renewal", starts=TODAY, ends=TODAY + days(300))
    assert not actor_of_user(worker).closing


@given(st.integers(-4000, 4000))
def test_an_agreements_state_follows_the_day(offset):
    agreement = Agreement(starts=TODAY - days(400), ends=TODAY)
    state, today = agreement.state(TODAY + days(offset)), TODAY + days(offset)
    expected = (
        "coming" if today < agreement.starts
        else "live" if today <= agreement.ends
        else "closing" if offset <= 60
        else "over"
    )  # fmt: skip
    assert state == expected


def test_a_changed_time_zone_lengthens_no_day(worker, transactional_db):
    """The web role may say what time zone it likes: a day is the database's own."""
    move_end(worker, TODAY - days(61))
    with as_owner() as owner:
        owner.execute("SET TimeZone = 'Etc/GMT+12'")
        asked = "SELECT reason FROM wall.role_of(%s)"
        assert owner.execute(asked, [worker.pk]).fetchone() == ("agreement",)


def test_whoever_ends_the_own_access_is_still_named_in_the_log(keepers):
    administrator, director = keepers
    with identity.acting(administrator, Room.ACCOUNT):
        membership_end(
            membership=Membership.objects.get(user_id=administrator.user_id), because="left"
        )
    with identity.acting(director, Room.ACCOUNT):
        own = Agreement.objects.get(agency_id=director.agency_id)
        agreement_end(agreement=own, because="withdrawn", words="The programme closes.")
    with identity.acting(identity.OPERATOR, Room.ACCOUNT), connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id FROM wall.audit_page(NULL, NULL, NULL, NULL, 2, 0) ORDER BY id"
        )
        assert cursor.fetchall() == [(administrator.user_id,), (director.user_id,)]
