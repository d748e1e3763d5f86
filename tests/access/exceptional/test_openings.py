"""C09: one hidden record, for an hour at most, with a fresh second factor, told, judged."""

import time
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user, session_end
from ceasefire.access.exceptional.glass import Glass
from ceasefire.access.exceptional.labels import facts_of
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.exceptional.services import (
    opening_close,
    record_look,
    record_open,
)
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy
from ceasefire.access.roles import STANDINGS, Role
from ceasefire.access.walls import proof
from tests.access.exceptional.conftest import (
    REASON,
    SLOW,
    looks,
    opening,
    opening_of,
    opens,
    pass_time,
    refusal,
    reviews,
    seated,
    stepped_up,
)
from tests.house import CaseNote, Suspect, Tip

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]


def test_c09_the_one_record_is_read_and_no_other(people, records):
    pk = opens(people.captain, records.tip)
    assert looks(people.captain, pk) == "canary of police"
    # The row's own policy shows the captain what it showed before, and the police's stays hidden.
    with identity.acting(people.captain):
        assert [tip.words for tip in Tip.objects.all()] == ["canary of neighbours"]


def test_c09_lists_exports_and_changes_do_not_know_of_an_opening(people, records):
    opens(people.captain, records.tip)
    hidden = records.tip.pk
    with identity.acting(people.captain), connection.cursor() as cursor:
        assert not Tip.objects.filter(pk=hidden).exists()
        for statement in (
            f"SELECT * FROM investigative.house_tip WHERE id = {hidden}",
            f"UPDATE investigative.house_tip SET words = 'x' WHERE id = {hidden}",
            f"DELETE FROM investigative.house_tip WHERE id = {hidden}",
        ):
            cursor.execute(statement)
            assert cursor.rowcount == 0, statement


def test_c09_an_opened_record_cannot_be_given_to_another_agency(people, records, agencies):
    pk = opens(people.worker, records.note)
    with identity.acting(people.worker):
        note = record_look(opening_of(people.worker, pk))
        note.agency = agencies.helpers
        with pytest.raises(DatabaseError), transaction.atomic():
            note.save(force_update=True)
    with identity.acting(people.other):
        assert CaseNote.objects.get(pk=records.note.pk).agency_id == agencies.others.pk


def test_c09_minute_61_shows_nothing(people, records):
    pk = opens(people.captain, records.tip)
    pass_time(pk, seconds=59 * 60)
    assert looks(people.captain, pk)
    pass_time(pk, seconds=2 * 60)
    assert looks(people.captain, pk) is None


@pytest.mark.parametrize("minutes", [61, 600, 0, -5])
def test_c09_the_database_opens_for_an_hour_at_most(people, records, minutes):
    with pytest.raises(ValidationError, match="60 minutes at most"):
        opens(people.captain, records.tip, minutes=minutes)
    step, zone = stepped_up(), timezone.get_current_timezone_name()
    with identity.acting(people.captain), connection.cursor() as cursor:
        shown = proof.hash_of(identity.shown()[1])
        with pytest.raises(IntegrityError, match="an_hour_at_most"), transaction.atomic():
            cursor.execute(
                "SELECT wall.glass_open('house.tip', %s, %s, %s, %s, %s, %s)",
                [records.tip.pk, minutes, REASON, step, zone,
                 proof.mac(f"glass:{shown}:{step}:{zone}")],
            )  # fmt: skip


WAITS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["look", "close", "review"])), max_size=6
)


@pytest.fixture
def reader(people):
    return people.captain


@pytest.fixture
def judge(people):
    return people.auditor


@SLOW
@given(minutes=st.integers(1, 60), steps=WAITS)
def test_c09_never_readable_after_its_time_or_after_closing(reader, judge, records, minutes, steps):
    """Whatever is done when: waits are in whole minutes, and half a minute off every limit."""
    with transaction.atomic():
        pk = opens(reader, records.tip, minutes=minutes)
        pass_time(pk, seconds=30)
        passed, closed = 0.5, False
        for wait, what in steps:
            pass_time(pk, seconds=wait * 60)
            passed += wait
            if what == "close":
                with identity.acting(reader):
                    opening_close(opening_of(reader, pk))
            elif what == "review":
                reviews(judge, pk)
            closed = closed or what != "look"
            assert bool(looks(reader, pk)) == (passed < minutes and not closed)
        transaction.set_rollback(True)


def test_c09_closed_is_closed_with_the_page_still_open(people, records):
    pk = opens(people.captain, records.tip)
    with identity.acting(people.captain):
        assert opening_close(opening_of(people.captain, pk))
        assert not opening_close(opening_of(people.captain, pk))
    assert looks(people.captain, pk) is None


def test_c09_nobody_else_reads_by_it_nor_the_same_person_elsewhere(people, users, records):
    pk = opens(people.worker, records.note)
    assert looks(people.worker, pk)
    assert looks(people.colleague, pk) is None
    assert looks(seated(users.worker), pk) is None
    assert looks(actor_of_user(users.worker), pk) is None
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        looks(people.worker, pk, Room.SHARED)


def test_c09_it_ends_with_the_session_and_with_the_membership(people, users, records):
    pk = opens(people.captain, records.tip)
    session_end(people.captain.session_secret)
    assert looks(people.captain, pk) is None
    pk = opens(people.worker, records.note)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=users.worker).update(ends=date(2021, 1, 1))
    assert looks(people.worker, pk) is None


def test_c09_it_ends_when_the_person_s_role_no_longer_opens(people, users, records):
    pk = opens(people.worker, records.note)
    assert looks(people.worker, pk)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=users.worker).update(role=Role.CASE_MANAGER)
    assert looks(people.worker, pk) is None


@pytest.fixture
def suspect(agencies):
    """Somebody whom the city's police know, by name."""
    with identity.acting(identity.OPERATOR):
        return Suspect.objects.create(agency=agencies.police, name="Canary Name")


def test_c09_an_opening_shows_no_column_that_identifies(people, suspect, agencies):
    pk = opens(people.captain, suspect)
    with identity.acting(people.captain):
        shown = record_look(Opening(pk=pk, model="house.suspect"))
        assert "Canary" not in str(vars(shown))
        assert facts_of(shown)[1] == ("Agency", "Rivermouth Police")
        assert not names.read([shown])


def test_c09_a_record_that_its_agency_hides_is_as_absent_and_closes_when_it_is_hidden(
    people, suspect
):
    pk = opens(people.captain, suspect)
    with identity.showing(*identity.NOBODY), connection.cursor() as cursor:
        cursor.execute("UPDATE house_suspect SET hidden = true WHERE id = %s", [suspect.pk])
    with identity.acting(people.captain):
        assert record_look(Opening(pk=pk, model="house.suspect")) is None
        opening_close(Opening(pk=pk))
    assert refusal(people.captain, suspect) == "absent"


def test_c12_an_agency_whose_agreement_is_closing_opens_nothing(people, users, records):
    with identity.showing(*identity.NOBODY), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_agreement SET starts = current_date - 30, ends = current_date - 5"
            " WHERE agency_id = %s",
            [people.captain.agency_id],
        )
    assert actor_of_user(users.captain).closing
    assert refusal(people.captain, records.tip) == "absent"


def test_c09_absent_and_never_openable_answer_alike(people, records):
    answers = {
        refusal(people.worker, 10**12, model="house.casenote"),
        # Declared for nobody, of another room, and no kind at all.
        refusal(people.worker, records.item.pk, model="house.item"),
        refusal(people.worker, records.tip.pk, model="house.tip"),
        refusal(people.worker, 1, model="no.such"),
    }
    assert answers == {"absent"}


def test_c09_nothing_of_services_opens_to_law_enforcement_in_any_room(people, records):
    for room in (Room.INVESTIGATIVE, Room.SERVICES, Room.SHARED):
        assert refusal(people.captain, records.own_note, room=room) == "absent"
    assert refusal(people.worker, records.tip, room=Room.INVESTIGATIVE) == "absent"
    # Somebody of the right agency kind without the standing: the owner's own colleague.
    assert refusal(people.chief, records.own_tip) == "absent"


@pytest.mark.parametrize("room", [Room.SERVICES, Room.INVESTIGATIVE, Room.AGGREGATE])
def test_c09_no_policy_can_declare_an_opening_across_rooms(room):
    every = frozenset(STANDINGS)
    with pytest.raises(ValueError, match="own room"):
        Policy(room, full=every, glass=Glass(every))


@pytest.mark.parametrize(
    ("room", "standing", "rule"),
    [
        ("services", "captain@police", "nothing_of_services"),
        ("services", "probation@probation", "nothing_of_services"),
        ("investigative", "outreach@community", "nothing_of_law_enforcement"),
        ("aggregate", "auditor@oversight", "room"),
    ],
)
def test_c09_the_database_takes_no_such_declaration_either(room, standing, rule):
    with (
        pytest.raises(IntegrityError, match=rule), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(
            "INSERT INTO wall.glass_model"
            " VALUES ('x.y', %s, %s, 't', 'id', 'agency_id', 'true', %s)",
            [room, room, [standing]],
        )


def test_c09_a_model_that_does_not_declare_it_has_no_function(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('wall.glass_house_item(bigint)'),"
                       " to_regprocedure('wall.glass_house_tip(bigint)')")  # fmt: skip
        missing, there = cursor.fetchone()
    assert (missing, bool(there)) == (None, True)
    assert record_look(Opening(pk=1, model="house.item")) is None


def test_c09_a_second_factor_serves_one_attempt_and_briefly(people, records):
    step = stepped_up()
    assert refusal(people.captain, 10**12, model="house.tip", step=step) == "absent"
    assert refusal(people.captain, records.tip, step=step) == "step_up"
    assert refusal(people.captain, records.tip, step=int(time.time()) - 301) == "step_up"
    assert refusal(people.captain, records.tip, step=int(time.time()) + 60) == "step_up"
    # Another's has nothing to do with it.
    assert opens(people.worker, records.note, step=step)


@pytest.mark.parametrize("forged", ["nothing", "another session", "another time"])
def test_c09_raw_sql_invents_no_second_factor(people, records, forged):
    step = stepped_up()
    with identity.acting(people.captain), connection.cursor() as cursor:
        mine, theirs = (proof.hash_of(one.proof) for one in (people.captain, people.chief))
        mac = {
            "nothing": b"x" * 32,
            "another session": proof.mac(f"glass:{theirs}:{step}:UTC"),
            "another time": proof.mac(f"glass:{mine}:{step - 1}:UTC"),
        }[forged]
        with pytest.raises(DatabaseError, match="not signed"), transaction.atomic():
            cursor.execute(
                "SELECT wall.glass_open('house.tip', %s, 60, %s, %s, 'UTC', %s)",
                [records.tip.pk, REASON, step, mac],
            )


def test_c09_a_command_opens_nothing(users, records):
    with pytest.raises(DatabaseError, match="not signed"), transaction.atomic():
        opens(actor_of_user(users.captain), records.tip)


@pytest.mark.parametrize("reason", ["", "   ", "because", " " * 40 + "urgent"])
def test_c09_it_wants_a_reason(people, records, reason):
    with identity.acting(people.captain), pytest.raises(ValidationError) as refused:
        record_open(
            model="house.tip", record=records.tip.pk, minutes=15, reason=reason,
            stepped_up=stepped_up(),
        )  # fmt: skip
    assert "reason" in refused.value.message_dict


def test_c09_one_record_at_a_time(people, records):
    pk = opens(people.worker, records.note)
    assert refusal(people.worker, records.second_note) == "another"
    with identity.acting(people.worker):
        opening_close(opening_of(people.worker, pk))
    again = opens(people.worker, records.second_note)
    pass_time(again, seconds=61 * 60)
    assert opens(people.worker, records.note)
    assert opening(again).closed_at == opening(again).ends_at


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_opening SET ends_at = now() + interval '1 day'",
        "INSERT INTO access_opening (model) VALUES ('house.tip')",
        "DELETE FROM access_opening",
        "SELECT * FROM wall.glass_model",
        "DELETE FROM wall.glass_step",
        "SELECT wall.glass_look(1, 'house.tip')",
        "SELECT wall.glass_refusal(1, 1)",
        "SELECT wall.glass_note('glass.opened', 'house.tip', 1, 'done', '{}')",
    ],
)
def test_c09_the_web_role_writes_no_opening_by_itself(people, records, statement):
    opens(people.captain, records.tip)
    with (
        identity.acting(people.captain), pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(), connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(statement)
