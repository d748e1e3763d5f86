"""Requests by immigration authorities: written down by anybody, refused, counted for the state."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.exports.models import Export
from ceasefire.access.federal import reports
from ceasefire.access.federal.models import ImmigrationRequest
from ceasefire.access.federal.services import request_record
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from tests.people import Person
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("federal:requests"), reverse("federal:new")
MAY = datetime(2025, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def users(keys, account):
    roles = (Role.OUTREACH, Role.PROBATION, Role.AUDITOR, Role.DIRECTOR)
    return {role: account(role) for role in roles}


@pytest.fixture
def people(users):
    return {role: actor_of_user(user) for role, user in users.items()}


@pytest.fixture
def ask(people):
    def one(role=Role.PROBATION, **words):
        said = {
            "received_at": MAY, "body": "ICE, field office", "official": "Officer Kest",
            "means": "phone", "about": "appointment", "words": "When does A. Client report?",
        } | words  # fmt: skip
        with identity.acting(people[role], Room.AGGREGATE):
            return request_record(**said)

    return one


def browser(user) -> Person:
    client = Person()
    client.force_login(user)
    return client


def counted(people, role) -> tuple[int, int]:
    """How many requests a reader gets through the policies, and with raw SQL."""
    with identity.acting(people[role], Room.AGGREGATE), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM aggregate.access_immigrationrequest")
        return ImmigrationRequest.objects.count(), cursor.fetchone()[0]


def test_c38_anybody_records_a_request_and_oversight_and_the_director_read_all(people, ask):
    ask()
    ask(Role.OUTREACH)
    assert counted(people, Role.AUDITOR) == counted(people, Role.DIRECTOR) == (2, 2)
    assert counted(people, Role.OUTREACH) == counted(people, Role.PROBATION) == (1, 1)


def test_c38_no_other_answer_can_be_recorded_than_a_refusal_or_the_city_attorney(ask):
    with pytest.raises(ValidationError) as refusal:
        ask(answer="attorney", warrant="An administrative one")
    assert "warrant" in refusal.value.message_dict
    with pytest.raises(ValidationError) as refusal:
        ask(answer="refused", warrant="25-cv-1")
    assert "answer" in refusal.value.message_dict
    ask(answer="attorney", warrant="District court 25-cv-1", attorney_on=MAY.date())


@pytest.mark.parametrize("change", ["answer = 'given'", "answer = 'attorney'", "body = ''"])
@pytest.mark.django_db(transaction=True)
def test_c38_the_database_itself_knows_no_other_answer(ask, change):
    ask()
    with as_owner() as owner, pytest.raises(Exception, match="request_"):
        owner.execute(f"UPDATE aggregate.access_immigrationrequest SET {change}")


@pytest.mark.parametrize("role", [Role.PROBATION, Role.AUDITOR, Role.DIRECTOR])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET body = 'nobody'", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_c38_whoever_recorded_or_reads_a_request_cannot_unsay_it(people, ask, role, statement):
    ask()
    with (
        identity.acting(people[role], Room.AGGREGATE),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("aggregate.access_immigrationrequest"))


def test_c38_what_was_asked_is_sealed(people, ask):
    ask()
    with identity.acting(people[Role.AUDITOR]), connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM aggregate.access_immigrationrequest AS r")
        assert not shows(cursor.fetchone()[0], "Client")
        assert ImmigrationRequest.objects.get().words == "When does A. Client report?"


def test_a_time_that_has_not_come_and_a_nameless_authority_are_refused(ask):
    for change, field in (
        ({"received_at": datetime.now(UTC) + timedelta(days=1)}, "received_at"),
        ({"body": " "}, "body"),
    ):
        with pytest.raises(ValidationError) as refusal:
            ask(**change)
        assert field in refusal.value.message_dict


def test_c38_the_year_s_report_counts_and_names_nobody(people, ask):
    ask()
    ask(Role.OUTREACH, means="email")
    ask(answer="attorney", warrant="25-cv-1", attorney_on=MAY.date())
    ask(received_at=datetime(2024, 12, 31, 23, 59, tzinfo=UTC))
    with identity.acting(people[Role.DIRECTOR], Room.AGGREGATE):
        lines = reports.of_year(2025)
        assert {2024, 2025} < set(reports.years())
    told = {(line.by, line.value): line.requests for line in lines}
    assert told["All requests", "2025"] == 3
    assert told["Means", "Telephone"] == 2
    assert told["Answer", "Refused"] == 2
    assert told["Authority", "ICE, field office"] == 3
    assert told["Month", "May"] == 3
    assert told["What was asked for", "Something else"] == 0
    for by in {line.by for line in lines} - {"All requests"}:
        assert sum(line.requests for line in lines if line.by == by) == 3
    assert not [word for word in ("Kest", "Client", "25-cv") if word in str(lines)]


def test_c38_the_report_leaves_as_a_logged_export_and_as_a_pdf(users, people, ask):
    ask(received_at=datetime.now(UTC) - timedelta(days=1))
    year = (datetime.now(UTC) - timedelta(days=1)).year
    director = browser(users[Role.DIRECTOR])
    assert "As a PDF" in director.get(reverse("federal:report", args=[year])).content.decode()
    made = director.get(reverse("federal:report_csv", args=[year]))
    lines = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert ["All requests", str(year), "1"] == lines[1][:3]
    with identity.acting(people[Role.AUDITOR]):
        assert Export.objects.get().table == reports.TABLE
    printed = director.get(reverse("federal:report_pdf", args=[year]))
    assert printed.content.startswith(b"%PDF")
    assert director.get(reverse("federal:report", args=[2999])).status_code == 404
    worker = browser(users[Role.OUTREACH])
    for name in ("federal:report", "federal:report_csv", "federal:report_pdf"):
        assert worker.get(reverse(name, args=[year])).status_code == 404


def test_a_worker_writes_one_down_and_finds_only_the_own(users, ask):
    worker = browser(users[Role.OUTREACH])
    other = ask()
    typed = {"received_at": "2025-05-04T10:00", "body": "ICE", "means": "phone",
             "about": "address", "answer": "refused"}  # fmt: skip
    for change, words in (
        ({"received_at": "soon"}, "Enter a valid date"),
        ({"body": ""}, "This field is required"),
        ({"means": "pigeon"}, "Select a valid choice"),
        ({"answer": "attorney"}, "Write the court and the number"),
        ({"answer": "given"}, "Select a valid choice"),
    ):
        assert words in worker.post(NEW, typed | change).content.decode()
    assert "It is recorded." in worker.post(NEW, typed, follow=True).content.decode()
    page = worker.get(LIST).content.decode()
    assert "Requests that you recorded" in page
    assert "field office" not in page
    assert worker.get(reverse("federal:one", args=[other.pk])).status_code == 404
    auditor = browser(users[Role.AUDITOR])
    one = auditor.get(reverse("federal:one", args=[other.pk])).content.decode()
    assert "When does A. Client report?" in one
