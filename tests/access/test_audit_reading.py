"""C21 and C22: who looked at whom, everything an account saw, and the weekly review."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.audit import selectors, services
from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.selectors import Chosen, Entries
from ceasefire.access.audit.services import review_finish
from ceasefire.access.identity import Actor
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from tests.access.auditing import ask, tamper, value

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
KEY = "registry.person:12"


def look(log, user, *keys, agency=1, result="shown"):
    log.be(user, "officer", agency_id=agency)
    return audit.record("page.shown", subjects=keys, result=result)


def auditor(log):
    log.be(99, "auditor", agency_id=9)


def test_c22_three_viewers_are_three_lines(empty):
    seen = [look(empty, user, KEY, f"registry.person:{user}") for user in (1, 2, 3)]
    look(empty, 4, "registry.person:120")
    auditor(empty)
    assert [entry.id for entry in selectors.of_subject(KEY)] == seen
    assert [entry.user_id for entry in selectors.of_subject(KEY)] == [1, 2, 3]


def test_c22_an_agencys_privacy_officer_sees_its_own_rows_alone(empty):
    look(empty, 1, KEY, agency=1)
    own = look(empty, 2, KEY, agency=2)
    empty.be(50, "privacy_officer", agency_id=2)
    assert [entry.id for entry in selectors.of_subject(KEY)] == [own]
    assert [entry.id for entry in Entries(Chosen())[0:50]] == [own]
    assert selectors.of_account(1) == []


def test_c10_a_system_administrator_reads_the_log_without_a_person_in_it(empty):
    seen = look(empty, 1, KEY)
    empty.be(1, "officer")
    audit.record("page.shown", KEY, purpose="meeting:3", detail={"a": 1})
    empty.be(50, "administrator", agency_id=7)
    found = [*Entries(Chosen())[0:50], *selectors.of_account(1)]
    assert [entry.id for entry in found][1:3] == [seen, seen]
    assert {(e.object_id, tuple(e.subject_keys), e.purpose) for e in found} == {("", (), "")}
    assert auditing_detail() == [("{}",), ("{}",)]
    assert selectors.of_subject(KEY) == []
    assert Entries(Chosen(key=KEY)).count() == 0


def auditing_detail():
    return ask("SELECT detail FROM wall.audit_page(NULL, NULL, NULL, NULL, 50, 0)")


READERS = {Role.AUDITOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role.value for role in Role if role not in READERS])
def test_nobody_else_reads_the_log(empty, role):
    look(empty, 1, KEY)
    empty.be(1, role)
    assert selectors.of_subject(KEY) == selectors.of_account(1) == Entries(Chosen())[0:50] == []
    assert Entries(Chosen()).count() == 0
    assert selectors.anomalies(timezone.localdate()) == []


def test_everything_an_account_saw_is_one_query(empty, django_assert_num_queries):
    seen = [look(empty, 5, f"registry.person:{n}") for n in range(4)]
    look(empty, 6, KEY)
    auditor(empty)
    with django_assert_num_queries(1):
        assert [entry.id for entry in selectors.of_account(5)] == seen
    with django_assert_num_queries(1):
        selectors.of_subject(KEY)


def test_lines_are_chosen_by_account_by_record_and_by_day(empty):
    one = look(empty, 5, KEY)
    empty.be(6)
    other = audit.record("page.shown", KEY)
    auditor(empty)
    today, words = timezone.localdate(), {"account": 6, "key": KEY}

    def chosen(**words):
        found = Entries(Chosen(**words))
        assert found.count() == len(found[0:50])
        return [entry.id for entry in found[0:50]]

    assert chosen() == [other, one]
    assert chosen(account=5) == [one]
    assert chosen(key=KEY) == [other, one]
    assert chosen(key="registry.person:1") == []
    assert chosen(day=today) == [other, one]
    assert chosen(day=today - timedelta(days=1)) == []
    assert chosen(**words, day=today) == [other]
    assert chosen(key="' OR 'x:y") == []
    assert [entry.id for entry in Entries(Chosen())[1:2]] == [one]


@pytest.fixture
def a_long_log(empty):
    """Twenty thousand rows of two hundred accounts, every second one showing a person."""
    ask("""
        INSERT INTO access_auditentry OVERRIDING SYSTEM VALUE
        SELECT nextval('access_auditentry_id_seq'), clock_timestamp(), mod(n, 200), 1, 1, 'officer',
            'page.shown', 'registry.incident', n::text,
            CASE mod(n, 2) WHEN 0 THEN ARRAY['registry.person:' || mod(n, 3000)] ELSE '{}' END,
            '{}', '', 'registry:shooting', 'shown', NULL, '{}', sha256('')
        FROM generate_series(1, 20000) AS n""")
    ask("ANALYZE access_auditentry")
    auditor(empty)


@contextmanager
def plans():
    """The plans of everything that runs inside, functions' own queries too."""
    told = []
    ask("LOAD 'auto_explain'")
    for setting in ("log_min_duration = 0", "log_nested_statements = on"):
        ask(f"SET LOCAL auto_explain.{setting}")
    ask("SET LOCAL client_min_messages = log")
    session = connection.connection
    session.add_notice_handler(note := lambda notice: told.append(notice.message_primary))
    yield told
    session.remove_notice_handler(note)
    ask("SET LOCAL auto_explain.log_min_duration = -1")


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda: selectors.of_subject(KEY), "access_auditentry_subjects"),
        (lambda: selectors.of_account(7), "access_auditentry_account"),
        (lambda: Entries(Chosen(account=7))[0:50], "access_auditentry_account"),
        (lambda: Entries(Chosen(key="registry.incident:7"))[0:50], "access_auditentry_object"),
        (lambda: Entries(Chosen())[0:50], "access_auditentry_pkey"),
    ],
)
def test_the_log_is_read_by_its_indexes(a_long_log, read, index):
    with plans() as told:
        assert read()
    plan = "\n".join(told)
    assert index in plan
    assert "Seq Scan on access_auditentry" not in plan


def at(number, moment):
    tamper("UPDATE access_auditentry SET at = %s WHERE id = %s", moment, number)


def test_reading_in_bulk_at_odd_hours_and_refusals_in_a_row_are_noticed(empty, monkeypatch):
    monkeypatch.setattr(selectors, "PERSONS_AN_HOUR", 2)
    monday = date(2026, 11, 9)
    noon = datetime(2026, 11, 10, 12, tzinfo=timezone.get_current_timezone())
    for n in range(3):
        at(look(empty, 1, f"registry.person:{n}"), noon)
        at(look(empty, 2, "registry.person:1"), noon)
    at(look(empty, 3, KEY), noon.replace(hour=3))
    for _time in range(5):
        at(look(empty, 4, result="denied"), noon)
    at(look(empty, 1, KEY, result="denied"), noon)
    auditor(empty)
    found = {(one.kind, one.user_id, one.times) for one in selectors.anomalies(monday)}
    assert found == {("bulk", 1, 3), ("hours", 3, 1), ("denials", 4, 5)}
    assert selectors.anomalies(monday - timedelta(days=7)) == []


@pytest.fixture
def a_week_ago(empty):
    """A log that begins on Wednesday 4 November 2026."""
    at(look(empty, 1, KEY), datetime(2026, 11, 4, 12, tzinfo=timezone.get_current_timezone()))
    empty.nobody_else()


def reviews_open(*, today):
    """As the home's own work opens them."""
    with identity.acting(identity.OPERATOR):
        return services.reviews_open(today=today)


def weeks():
    with identity.acting(identity.OPERATOR):
        return list(AuditReview.objects.order_by("week"))


def test_each_week_that_has_ended_is_to_be_reviewed(a_week_ago):
    assert reviews_open(today=date(2026, 11, 8)) == []
    assert weeks() == []
    assert reviews_open(today=date(2026, 11, 9)) == []
    (first,) = weeks()
    assert (first.week, first.due, str(first)) == (
        date(2026, 11, 2),
        date(2026, 11, 15),
        "2026-W45",
    )
    reviews_open(today=date(2026, 11, 9))
    assert len(weeks()) == 1


def test_c21_a_week_that_nobody_reviewed_is_escalated_on_day_8(a_week_ago, caplog):
    """The week ends on Sunday 8 November: day 7 is the 15th, day 8 the 16th."""
    assert reviews_open(today=date(2026, 11, 15)) == []
    assert reviews_open(today=date(2026, 11, 16)) == [date(2026, 11, 2)]
    assert "Nobody has reviewed" in caplog.text
    late, fresh = weeks()
    assert late.escalated_at
    assert late.is_late(date(2026, 11, 16))
    assert not fresh.escalated_at
    assert reviews_open(today=date(2026, 11, 17)) == []


def test_a_finished_review_says_what_was_found_and_is_not_escalated(a_week_ago, account):
    reviews_open(today=date(2026, 11, 9))
    (review,) = weeks()
    person = account(Role.AUDITOR)
    with identity.acting(actor_of_user(person)):
        with pytest.raises(ValidationError, match="what you found"):
            review_finish(review=review, words="  ")
        done = review_finish(review=review, words="Three lines looked at.")
        assert done.done_by_id == person.pk
        with pytest.raises(ValidationError, match="already"):
            review_finish(review=review, words="Again.")
    assert value("SELECT verb FROM access_auditentry ORDER BY id DESC LIMIT 1") == (
        "audit.week_reviewed"
    )
    assert reviews_open(today=date(2026, 11, 20)) == []


def test_only_an_auditor_finishes_a_review(a_week_ago):
    reviews_open(today=date(2026, 11, 9))
    (review,) = weeks()
    for role in (Role.ADMINISTRATOR, Role.CAPTAIN):
        with identity.acting(Actor("x", role, "police")), pytest.raises(NotPermitted):
            review_finish(review=review, words="All well.")


def test_a_review_without_words_cannot_be_done_in_the_database_either(a_week_ago):
    reviews_open(today=date(2026, 11, 9))
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("UPDATE access_auditreview SET done_at = now()")
