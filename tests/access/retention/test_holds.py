"""C26: a hold keeps named records though they are due, shows them to nobody, and lapses."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention import purging, selectors
from ceasefire.access.retention.holds import (
    court_copy_keep,
    court_copy_open,
    hold_approve,
    hold_end,
    hold_extend,
    hold_request,
    holds_lapse,
)
from ceasefire.access.retention.models import CourtCopy, Hold
from ceasefire.access.sealing.models import RecordKey
from tests.access.retention.conftest import NAME, TODAY, as_, name_of, tomorrow
from tests.kept_house import Known, Participant, ParticipantNote, ParticipantToken, Sighting


@pytest.fixture
def held(people, suspect, sighting):
    """A suspect who is due, with a sighting, under an approved hold."""
    one = suspect(months=61)
    sighting(one, months=61)
    with as_(people["analyst"]):
        hold = hold_request(cause=Hold.Cause.CASE, matter=f"State v. {NAME}", records=(one,))
    with as_(people["captain"]):
        hold_approve(hold=hold, review_on=tomorrow(90))
    return hold, one


def test_c26_a_held_record_that_is_due_stays_is_shown_to_nobody_and_is_on_the_report(people, held):
    assert purging.purge_due().rows == 0
    for actor in (people["analyst"], people["captain"], people["officer"], identity.OPERATOR):
        with as_(actor, Room.INVESTIGATIVE), connection.cursor() as cursor:
            assert not Known.objects.exists()
            assert not Sighting.objects.exists()
            cursor.execute("SELECT count(*) FROM house_known")
            assert cursor.fetchone() == (0,)
    with as_(people["auditor"]):
        (hold,) = selectors.holds_standing()
        assert (hold.named, hold.review_on) == (1, tomorrow(90))
        assert {row.label: row.silent for row in selectors.queue()} == {
            "house.known": 1, "house.sighting": 1
        }  # fmt: skip


def test_c26_an_ended_hold_shows_its_records_again_or_lets_them_go(people, held):
    hold, one = held
    with as_(people["colleague"]):
        hold_end(hold=hold)
        assert Known.objects.get(pk=one.pk)
        assert str(Hold.objects.get(pk=hold.pk).matter) == "(destroyed)"
    assert purging.purge_due().rows == 2


def test_c26_a_hold_lapses_when_nobody_renews_it(people, suspect):
    one = suspect()
    with as_(people["analyst"]):
        hold = hold_request(cause=Hold.Cause.CASE, matter="x", records=(one,))
        assert hold.review_on == tomorrow(7)
    with as_(people["captain"]), connection.cursor() as cursor:
        cursor.execute("UPDATE access_hold SET review_on = current_date - 1")
    with as_(identity.OPERATOR):
        assert holds_lapse() == [hold.pk]
        assert holds_lapse() == []
    with as_(people["analyst"]):
        assert Known.objects.get(pk=one.pk)


def test_c26_a_hold_is_reviewed_within_180_days(people, held):
    hold, _one = held
    with as_(people["colleague"]):
        with pytest.raises(ValidationError) as refusal:
            hold_approve(hold=hold, review_on=tomorrow(181))
        assert "review_on" in refusal.value.message_dict
        with pytest.raises(ValidationError, match="future"):
            hold_approve(hold=hold, review_on=TODAY)
        hold_approve(hold=hold, review_on=tomorrow(180))


def test_c26_nobody_approves_the_own_request_nor_in_anothers_name(people, suspect):
    one = suspect()
    with as_(people["captain"]), connection.cursor() as cursor:
        hold = hold_request(cause=Hold.Cause.CASE, matter="x", records=(one,))
        with pytest.raises(ValidationError, match="somebody else"):
            hold_approve(hold=hold, review_on=tomorrow(30))
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(
                "UPDATE access_hold SET review_on = current_date + 30, approved_by_id = %s",
                [people["colleague"].user_id],
            )
    for name in ("analyst", "officer"):
        with as_(people[name]), pytest.raises((NotPermitted, ObjectDoesNotExist)):
            hold_approve(hold=hold, review_on=tomorrow(30))


def test_c26_without_approval_a_request_holds_for_a_week_only(people, suspect):
    one = suspect()
    with as_(people["analyst"]), connection.cursor() as cursor:
        hold_request(cause=Hold.Cause.CASE, matter="x", records=(one,))
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE access_hold SET review_on = current_date + 30")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("DELETE FROM access_hold")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("DELETE FROM access_frozen")


def test_c26_nobody_holds_what_they_do_not_see(people, suspect, client_file):
    one, client = suspect(), client_file()
    with as_(people["manager"]), pytest.raises(ObjectDoesNotExist, match="no such record"):
        hold_request(cause=Hold.Cause.CASE, matter="x", records=(one,))
    with as_(people["captain"]):
        with pytest.raises(ObjectDoesNotExist, match="no such record"):
            hold_request(cause=Hold.Cause.CASE, matter="x", records=(client,))
        hold = hold_request(cause=Hold.Cause.CASE, matter="x")
    with as_(people["neighbour"]), pytest.raises(ObjectDoesNotExist):
        hold_approve(hold=hold, review_on=tomorrow(30))
    with as_(people["officer"]):
        with pytest.raises(ObjectDoesNotExist):
            hold_extend(hold=hold, record=one)
        with pytest.raises(NotPermitted):
            hold_request(cause=Hold.Cause.CASE, matter="x")


def test_c26_a_silent_client_is_not_found_by_the_name_either(people, client_file):
    client = client_file()
    with as_(people["manager"]):
        assert ParticipantToken.objects.exists()
        hold = hold_request(cause=Hold.Cause.REQUEST, matter="x", records=(client,))
        assert not ParticipantToken.objects.exists()
        assert not Participant.objects.exists()
        assert not ParticipantNote.objects.exists()
    with as_(people["second"]):
        hold_end(hold=hold)
        assert ParticipantToken.objects.exists()
        assert name_of(Participant.objects.get()) == NAME


def test_c26_two_holds_on_a_record_are_each_enough(people, suspect):
    one = suspect()
    with as_(people["analyst"]):
        first = hold_request(cause=Hold.Cause.CASE, matter="first")
        second = hold_request(cause=Hold.Cause.CASE, matter="second", records=(one,))
        hold_extend(hold=first, record=one)
        hold_extend(hold=first, record=one)
    with as_(people["captain"]):
        hold_end(hold=second)
        assert not Known.objects.exists()
        hold_end(hold=first)
        assert Known.objects.exists()


def test_c26_recalled_text_is_kept_for_the_court_and_opened_on_the_record(people, held):
    hold, _one = held
    with as_(people["analyst"]):
        copy = court_copy_keep(hold=hold, record="airlock.release:7", words=f"{NAME} was named.")
        with pytest.raises(NotPermitted):
            court_copy_open(copy=copy, purpose="curiosity")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT words FROM access_courtcopy")
    with as_(people["colleague"]):
        again = CourtCopy.objects.select_related("record_key").get(pk=copy.pk)
        with pytest.raises(ValidationError, match="filing"):
            court_copy_open(copy=again, purpose=" ")
        assert court_copy_open(copy=again, purpose="Motion of 3 May") == f"{NAME} was named."
    with as_(people["neighbour"]), pytest.raises(NotPermitted):
        court_copy_open(copy=again, purpose="x")
    with as_(people["auditor"]), connection.cursor() as cursor:
        cursor.execute("SELECT purpose FROM wall.audit_page(%s, NULL, NULL, NULL, 9, 0)"
                       " WHERE verb = 'retention.court_copy_opened'",
                       [people["colleague"].user_id])  # fmt: skip
        assert cursor.fetchall() == [("Motion of 3 May",)]
    with as_(people["captain"]):
        hold_end(hold=hold)
        assert not CourtCopy.objects.exists()
        assert RecordKey.objects.get(pk=copy.record_key_id).is_destroyed


def test_c26_who_asked_for_a_hold_does_not_open_what_it_keeps(people):
    """A head too: the text is for counsel and the court, not for the side that wanted it kept."""
    with as_(people["captain"]):
        hold = hold_request(cause=Hold.Cause.CASE, matter="x")
        copy = court_copy_keep(hold=hold, record="airlock.release:7", words="Recalled.")
    with as_(people["colleague"]):
        hold_approve(hold=hold, review_on=tomorrow(30))
    with as_(people["captain"]), pytest.raises(NotPermitted):
        court_copy_open(copy=copy, purpose="Motion of 3 May")
