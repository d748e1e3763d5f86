"""C09: who is told of an opening, what the log says, who judges it, and by when."""

import itertools
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.exceptional import selectors
from ceasefire.access.exceptional.models import Holiday, Opening
from ceasefire.access.exceptional.services import (
    alert_seen,
    holiday_remove,
    holiday_set,
    opening_close,
    opening_review,
)
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, policy_of
from ceasefire.access.roles import Role
from tests.access.exceptional.conftest import (
    REASON,
    SLOW,
    WHO,
    looks,
    opening,
    opening_of,
    opens,
    pass_time,
    refusal,
    reviews,
    seated,
)
from tests.conftest import in_force
from tests.house import Item

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]


# Who is told.


def seen_by(actor) -> set[int]:
    """By the policy alone, without the second wall."""
    with identity.acting(actor):
        scope = policy_of(Opening).scope(actor)
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        return set(Opening._base_manager.filter(scope).values_list("pk", flat=True))


def seen_by_database(actor) -> set[int]:
    room = None if actor.home_room != Room.ACCOUNT else Room.AGGREGATE
    with identity.acting(actor, room), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_opening")
        return {row[0] for row in cursor.fetchall()}


def test_c09_the_owner_is_told_at_once_and_nobody_besides(people, records):
    pk = opens(people.captain, records.tip)
    everybody = {name: getattr(people, name) for name in WHO}
    readers = {name for name, one in everybody.items() if seen_by(one) == {pk}}
    assert readers == {"captain", "chief", "auditor", "second"}
    assert readers == {name for name, one in everybody.items() if seen_by_database(one) == {pk}}
    with identity.acting(people.chief):
        (alert,) = selectors.alerts()
        assert (alert.reason, alert.opened_by_name) == (REASON, "Test Police captain")


def test_an_alert_is_read_once_by_the_owner_s_people(people, records):
    pk = opens(people.captain, records.tip)
    for actor in (people.captain, people.worker, people.auditor):
        with identity.acting(actor):
            assert not alert_seen(Opening(pk=pk))
    with identity.acting(people.chief):
        assert [alert_seen(Opening(pk=pk)), alert_seen(Opening(pk=pk))] == [True, False]
        assert not selectors.alerts()


def test_an_administrator_of_the_owner_reads_no_reason(account, agencies, people, records):
    """The office's administrator works in no room: what was opened of the office says nothing."""
    from ceasefire.access.services import agency_record

    with identity.acting(identity.OPERATOR):
        office = agency_record(name="Office", kind="ceasefire")
    with identity.acting(identity.OPERATOR, Room.SHARED):
        Item.objects.create(agency=office, words="x")
    keeper = seated(account(Role.ADMINISTRATOR, office, "keeper"))
    pk = opens(people.captain, records.tip)
    with identity.showing(*identity.NOBODY), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_opening SET owner_id = %s, room = 'shared' WHERE id = %s",
            [office.pk, pk],
        )
    assert seen_by_database(keeper) == seen_by(keeper) == set()


def test_c09_each_step_is_in_the_log(people, records, log):
    log.nobody_else()
    captain, chief, auditor = (
        one.user_id for one in (people.captain, people.chief, people.auditor)
    )
    since = log.last()
    pk = opens(people.captain, records.tip)
    looks(people.captain, pk)
    with identity.acting(people.chief):
        alert_seen(Opening(pk=pk))
    with identity.acting(people.captain):
        opening_close(opening_of(people.captain, pk))
    looks(people.captain, pk)
    reviews(people.auditor, pk)
    refusal(people.captain, 10**12, model="house.tip")
    key = f"house.tip:{records.tip.pk}"
    told = log.rows("verb", "user_id", "result", "subject_keys", since=since)
    assert told == [
        ("glass.opened", captain, "done", [key]),
        ("glass.looked", captain, "shown", [key]),
        ("glass.seen", chief, "done", [key]),
        ("glass.closed", captain, "done", [key]),
        ("glass.reviewed", auditor, "done", [key]),
        ("glass.refused", captain, "denied", [f"house.tip:{10**12}"]),
    ]


# Its review.


def test_c09_unreviewed_after_three_business_days_it_blocks_the_next(people, records):
    pk = opens(people.captain, records.tip, minutes=15)
    due = opening(pk).review_due
    wait = due - timezone.now()
    pass_time(pk, seconds=int(wait.total_seconds()) - 60)
    other = opens(people.captain, records.tip)
    reviews(people.auditor, other)
    pass_time(pk, seconds=120)
    assert refusal(people.captain, records.tip) == "overdue"
    # Somebody else's delay is nothing of one's own.
    assert opens(people.worker, records.note)
    reviews(people.auditor, pk)
    assert opens(people.captain, records.tip)


def test_c09_nobody_judges_what_they_opened_and_only_an_auditor_judges(people, users, records):
    pk = opens(people.captain, records.tip)
    for actor in (people.chief, people.captain, people.administrator):
        with pytest.raises(NotPermitted):
            _judge(actor, pk)
        with pytest.raises(DatabaseError, match="only an auditor"), transaction.atomic():
            _judge_raw(actor, pk)
    auditor = _made_an_auditor(users.captain)
    with pytest.raises(NotPermitted):
        _judge(auditor, pk)
    assert _judge_raw(auditor, pk) is False
    assert opening(pk).reviewed_at is None


def _judge(actor, pk):
    found = opening(pk)
    with identity.acting(actor, Room.AGGREGATE):
        opening_review(opening=found, justified=True, words="Fine.")


def _judge_raw(actor, pk) -> bool:
    with identity.acting(actor, Room.AGGREGATE), connection.cursor() as cursor:
        cursor.execute("SELECT wall.glass_review(%s, true, 'Fine.')", [pk])
        return cursor.fetchone()[0]


def _made_an_auditor(user):
    """Whoever opened a record may change sides."""
    from ceasefire.access.services import agency_record

    with identity.acting(identity.OPERATOR):
        inspectors = in_force(agency_record(name="Inspectors", kind="oversight"))
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        changed = {"agency": inspectors, "agency_kind": "oversight", "role": Role.AUDITOR}
        Membership.objects.filter(user=user).update(**changed)
    return seated(user)


def test_c09_the_database_takes_no_review_by_whoever_opened_it(people, records):
    pk = opens(people.captain, records.tip)
    with (
        pytest.raises(IntegrityError, match="nobody_reviews_their_own"), transaction.atomic(),
        identity.showing(*identity.NOBODY), connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(
            "UPDATE access_opening SET reviewed_by_id = opened_by_id, reviewed_at = now(),"
            " justified = true, review_words = 'x', closed_at = now() WHERE id = %s",
            [pk],
        )


def test_c09_a_review_is_given_once_in_words_and_closes(people, records):
    pk = opens(people.captain, records.tip)
    with identity.acting(people.auditor, Room.AGGREGATE):
        with pytest.raises(ValidationError, match="what you found"):
            opening_review(opening=opening(pk), justified=True, words=" ")
        opening_review(opening=opening(pk), justified=False, words="It could wait.")
    assert looks(people.captain, pk) is None
    late = opening(pk)
    with (
        identity.acting(people.second, Room.AGGREGATE),
        pytest.raises(ValidationError, match="reviewed already"),
    ):
        opening_review(opening=late, justified=True, words="It could not.")
    assert (opening(pk).justified, opening(pk).review_words) == (False, "It could wait.")


# The calendar.


def due_day(day: date, nth: int = 3) -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.business_day_after(%s, %s)", [day, nth])
        return cursor.fetchone()[0]


@SLOW
@given(
    day=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    ahead=st.sets(st.integers(0, 9), max_size=5),
    nth=st.integers(1, 5),
)
def test_business_days_leave_out_weekends_and_holidays(db, day, ahead, nth):
    with transaction.atomic():
        off = {day + timedelta(days=n) for n in ahead}
        with identity.acting(identity.OPERATOR), identity.outside_rooms():
            Holiday.objects.bulk_create([Holiday(day=one, name="x") for one in off])
        days = (day + timedelta(days=n) for n in itertools.count(1))
        open_days = (one for one in days if one.weekday() < 5 and one not in off)
        assert due_day(day, nth) == next(itertools.islice(open_days, nth - 1, None))
        transaction.set_rollback(True)


def test_a_review_is_due_at_the_end_of_the_third_business_day_in_the_city(people, records):
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("America/Los_Angeles")
    with timezone.override(zone):
        pk = opens(people.captain, records.tip)
    found = opening(pk)
    third = due_day(found.opened_at.astimezone(zone).date())
    ends = datetime.combine(third + timedelta(days=1), datetime.min.time(), zone)
    assert found.review_due == ends


def test_an_administrator_keeps_the_list_of_holidays(people):
    day = date(2026, 7, 3)
    with identity.acting(people.administrator):
        assert str(holiday_set(day=day, name="Independence Day")) == "2026-07-03 Independence Day"
        assert holiday_set(day=day, name="Independence Day (observed)").pk == day
        assert [holiday_remove(day=day), holiday_remove(day=day)] == [True, False]
    with identity.acting(people.chief), pytest.raises(NotPermitted):
        holiday_set(day=day, name="x")
