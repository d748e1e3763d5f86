"""Federal people attest each quarter that they enforce no immigration law, or have no role."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.federal.models import DelegatedAuthority, FederalAttestation
from ceasefire.access.federal.services import authority_end, authority_mark
from ceasefire.access.models import Agency
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.access.walls import proof
from ceasefire.registry.services import city_set
from tests.people import Person, attest
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Los_Angeles")
PAGE, FIRST = reverse("account_attest"), reverse("this_week")


@pytest.fixture
def city(operator):
    return city_set(name="Rivermouth", time_zone=str(ZONE), projected_system=32610)


@pytest.fixture
def agent(city, account):
    """An officer of a federal agency."""
    with identity.acting(identity.OPERATOR):
        agency = agency_record(name="Bureau", kind=Agency.Kind.FEDERAL)
    return account(Role.OFFICER, agency, username="agent")


@pytest.fixture
def page_of(agent):
    client = Person()
    client.force_login(agent)
    return client


@pytest.fixture
def auditor(account):
    return actor_of_user(account(Role.AUDITOR))


def role_in_database(user) -> list:
    """Who the database says that the bearer of this account's pass is."""
    shown = identity.showing(identity.NO_ROOM, proof.of_user(user.pk))
    with shown, connection.cursor() as cursor:
        cursor.execute("SELECT role FROM wall.who()")
        return cursor.fetchall()


def test_c38_without_an_attestation_this_quarter_there_is_no_session(agent, page_of):
    assert actor_of_user(agent) is None
    assert role_in_database(agent) == []
    answer = page_of.get(FIRST)
    assert answer.status_code == 401
    assert PAGE in answer.content.decode()
    assert page_of.get(reverse("federal:requests")).status_code == 401


def test_c38_attesting_opens_until_the_quarter_ends_at_midnight_in_the_city(
    agent, page_of, auditor
):
    assert "Your answer for this quarter" in page_of.get(PAGE).content.decode()
    assert page_of.post(PAGE, {"answer": "no_duty"}).url == FIRST
    assert page_of.get(FIRST).status_code == 200
    with identity.acting(auditor):
        ends = FederalAttestation.objects.get().ends_at.astimezone(ZONE)
    assert (ends.hour, ends.minute, ends.day, ends.month % 3) == (0, 0, 1, 1)
    assert timedelta() < ends - datetime.now(UTC) <= timedelta(days=93)


@pytest.mark.parametrize("answer", ["", "yes", "detailed "])
def test_an_answer_that_there_is_not_changes_nothing(page_of, agent, answer):
    page = page_of.post(PAGE, {"answer": answer})
    assert page.status_code == 200
    assert 'class="field wrong"' in page.content.decode()
    assert actor_of_user(agent) is None


def test_c38_detailed_to_immigration_enforcement_suspends_at_once_and_for_the_quarter(
    agent, page_of
):
    page_of.post(PAGE, {"answer": "no_duty"})
    assert page_of.get(FIRST).status_code == 200
    assert "suspended" in page_of.post(PAGE, {"answer": "detailed"}).content.decode()
    assert page_of.get(FIRST).status_code == 401
    assert role_in_database(agent) == []
    page_of.post(PAGE, {"answer": "no_duty"})
    assert page_of.get(FIRST).status_code == 401, "nobody lifts the own suspension"


def lapse(*, to="now()") -> None:
    """The quarter's midnight is at this moment."""
    with as_owner() as owner:
        owner.execute(
            "UPDATE aggregate.access_federalattestation"
            f" SET attested_at = now() - interval '80 days', ends_at = {to}"
        )


@pytest.mark.django_db(transaction=True)
def test_c38_an_attestation_that_lapses_at_midnight_closes_the_open_session(agent, page_of):
    """A request that runs over midnight ends in the quarter in which it began; the next is shut."""
    attest(agent)
    assert page_of.get(FIRST).status_code == 200
    shown = identity.showing(identity.NO_ROOM, proof.of_user(agent.pk))
    with shown, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT role FROM wall.who()")
        assert cursor.fetchall() == [("officer",)]
        lapse(to="clock_timestamp()")
        cursor.execute("SELECT role FROM wall.who()")
        assert cursor.fetchall() == [("officer",)]
    assert role_in_database(agent) == []
    assert page_of.get(FIRST).status_code == 401
    lapse(to="now() + interval '1 hour'")
    assert page_of.get(FIRST).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_c38_two_answers_at_once_end_in_the_safe_one(agent):
    together = Barrier(2, timeout=30)

    def say(answer):
        try:
            together.wait()
            attest(agent, answer)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(say, ["no_duty", "detailed"]))
    assert role_in_database(agent) == []


def test_attesting_twice_is_attesting_once(agent, auditor):
    attest(agent)
    attest(agent)
    with identity.acting(auditor):
        assert FederalAttestation.objects.count() == 1


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2033, 12, 31), timezones=st.just(UTC))
ZONES = st.sampled_from(["America/Los_Angeles", "America/New_York", "UTC", "Pacific/Auckland"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=MOMENTS, zone=ZONES)
def test_c38_a_quarter_ends_at_the_next_first_midnight_of_the_zone(db, at, zone):
    """Whatever the clocks do in between, and on the last second of a quarter too."""
    local = at.astimezone(ZoneInfo(zone))
    first = (local.month - 1) // 3 * 3 + 4
    day = datetime(local.year + (first == 13), 1 if first == 13 else first, 1)
    ends = day.replace(tzinfo=ZoneInfo(zone))
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.quarter_ends(%s, %s), wall.quarter_ends(%s, %s)",
                       [at, zone, ends, zone])  # fmt: skip
        got, after = cursor.fetchone()
    assert got == ends > at
    assert after > ends, "at midnight itself the next quarter has begun"


def test_c38_people_of_an_agency_with_delegated_authority_attest_too(account, auditor, city):
    with identity.acting(identity.OPERATOR):
        agency = agency_record(name="County sheriff", kind=Agency.Kind.NEIGHBOUR_POLICE)
    deputy = account(Role.OFFICER, agency, username="deputy")
    assert actor_of_user(deputy)
    with identity.acting(auditor):
        marked = authority_mark(agency=agency, since=date.today(), source="Agreement 7")
        assert authority_mark(agency=agency, since=date.today(), source="Again") == marked
        with pytest.raises(ValidationError, match="where it is written"):
            authority_mark(agency=agency, since=date.today(), source=" ")
    assert actor_of_user(deputy) is None
    attest(deputy)
    assert actor_of_user(deputy)
    attest(deputy, "detailed")
    assert actor_of_user(deputy) is None
    with identity.acting(auditor):
        authority_end(authority=marked, today=date.today())
    assert actor_of_user(deputy)


def test_c38_nobody_attests_for_another_nor_for_longer_than_a_quarter(agent, auditor, account):
    officer = actor_of_user(account(Role.ANALYST))
    raw = (
        "INSERT INTO aggregate.access_federalattestation"
        " (account_id, agency_id, answer, attested_at, ends_at)"
        " VALUES (%s, 1, 'no_duty', now(), now() + interval '9 days')"
    )
    for actor in (officer, auditor):
        with (
            identity.acting(actor),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(raw, [agent.pk])
    with identity.acting(officer), pytest.raises(NotPermitted):
        authority_mark(agency=None, since=date.today(), source="x")
    assert actor_of_user(agent) is None


@pytest.mark.django_db(transaction=True)
def test_c38_the_database_takes_no_attestation_longer_than_a_quarter(agent):
    attest(agent)
    with as_owner() as owner, pytest.raises(Exception, match="lasts_a_quarter_at_most"):
        owner.execute(
            "UPDATE aggregate.access_federalattestation"
            " SET ends_at = attested_at + interval '100 days'"
        )


def test_c38_somebody_nobody_asks_is_not_asked(account, city):
    client = Person()
    client.force_login(account(Role.ANALYST))
    assert client.get(PAGE).url == FIRST
    assert client.post(PAGE, {"answer": "detailed"}).url == FIRST
    assert client.get(FIRST).status_code == 200
    assert Person().get(PAGE).status_code == 302


def test_oversight_sees_who_has_attested_and_who_lacks_it_and_marks_agencies(
    agent, account, auditor, city
):
    client = Person()
    client.force_login(account(Role.DIRECTOR))
    page = reverse("federal:agencies")
    assert "Test Officer" in client.get(page).content.decode()
    attest(agent)
    assert "no such duty" in client.get(page).content.decode()
    with identity.acting(identity.OPERATOR):
        agency = agency_record(name="County sheriff", kind=Agency.Kind.NEIGHBOUR_POLICE)
    typed = {"agency": agency.pk, "since": date.today().isoformat(), "source": "Agreement 7"}
    assert "Select a valid choice" in client.post(page, typed | {"agency": 0}).content.decode()
    assert "County sheriff, since" in client.post(page, typed, follow=True).content.decode()
    with identity.acting(auditor):
        marked = DelegatedAuthority.objects.get()
    done = client.post(reverse("federal:unmark", args=[marked.pk]), follow=True)
    assert "County sheriff, since" not in done.content.decode()


def test_a_second_delegation_of_the_same_agency_is_refused(auditor, agent):
    with identity.acting(auditor):
        agency = Agency.objects.first()
        first = authority_mark(agency=agency, since=date.today(), source="x")
        with pytest.raises(IntegrityError, match="one_delegation"), transaction.atomic():
            DelegatedAuthority.objects.create(agency=agency, since=date.today(), source="y")
    assert first.pk
