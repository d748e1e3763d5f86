"""C41: decided by somebody else with reasons, in time or hidden, and put right by everybody."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from ceasefire.access import identity, names
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, policy_of
from ceasefire.registry.people.models import Contact, PersonRecord
from ceasefire.rights import letters, selectors
from ceasefire.rights.contesting import (
    appeal_decide,
    contest_appeal,
    contest_decide,
    contest_open,
    correction_done,
)
from ceasefire.rights.models import Contest, Correction
from tests.rights.conftest import days_later, held_of, owing
from tests.threads import together
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
STANDS, OUT = Contest.Outcome.STANDS, Contest.Outcome.TAKEN_OUT


def decide(people, contest, outcome=OUT, who="prosecutor"):
    with identity.acting(people[who]):
        return contest_decide(contest=contest, outcome=outcome, reasons="The prints are another's.")


def arrests(people, who="analyst", request=None) -> tuple[int, int]:
    """What somebody finds of Ann's arrest, by Django and by raw SQL."""
    with identity.acting(people[who]):
        owing(people[who], request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM investigative.registry_contact")
            return Contact.objects.count(), cursor.fetchone()[0]


@committed
def test_c41_until_its_last_day_a_contested_entry_is_shown(contested, people):
    days_later(contested, 30)
    assert arrests(people, request=contested.request_id) == (1, 1)


@committed
def test_c41_on_day_31_a_contested_entry_is_hidden_by_both_walls_until_it_is_decided(
    contested, people
):
    days_later(contested, 31)
    assert arrests(people, request=contested.request_id) == (0, 0)
    decide(people, contested, STANDS)
    assert arrests(people, request=contested.request_id) == (1, 1)


@committed
def test_c41_an_overdue_entry_is_in_no_list_of_what_is_held(contested, people):
    days_later(contested, 31)
    with identity.acting(people["analyst"]):
        owing(people["analyst"], contested.request_id)
        assert not [one for one in held_of("Ann").entries if "contact" in one.key]


@committed
def test_c41_what_is_taken_out_is_hidden_at_once_and_stays_so(contested, people):
    decide(people, contested, OUT)
    assert arrests(people, request=contested.request_id) == (0, 0)


def test_nobody_shows_a_hidden_entry_again_by_a_statement_of_their_own(contested, people):
    with identity.acting(people["analyst"]):
        owing(people["analyst"], contested.request_id)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Contact.objects.update(contested_until=None)


@pytest.mark.parametrize("who", ["analyst", "captain", "officer", "director", "auditor"])
def test_c41_nobody_of_the_agency_that_wrote_it_and_no_stranger_decides(contested, people, who):
    with pytest.raises((NotPermitted, DatabaseError)), transaction.atomic():
        decide(people, contested, who=who)


@pytest.mark.parametrize("who", ["prosecutor", "neighbour"])
def test_c41_somebody_from_outside_decides_with_reasons(contested, people, who):
    done = decide(people, contested, STANDS, who)
    with identity.acting(people[who]):
        held = Contest.objects.select_related("record_key").get()
        assert held.reasons == "The prints are another's."
    assert (done.outcome, held.decided_by_id) == (STANDS, people[who].user_id)


def raw(actor, sql, words=()):
    with identity.acting(actor), connection.cursor() as cursor, transaction.atomic():
        cursor.execute(sql, words)


DECIDED = "UPDATE investigative.rights_contest SET outcome = 'stands', reasons = '\\x00'"


def test_c41_the_database_takes_no_decision_from_the_agency_that_wrote_the_entry(contested, people):
    with pytest.raises(IntegrityError, match="outside"):
        raw(people["captain"], DECIDED)


def test_c41_the_database_takes_no_contest_that_is_decided_already(contested, people):
    with pytest.raises(DatabaseError, match="undecided"):
        raw(
            people["analyst"],
            "INSERT INTO investigative.rights_contest (sealed_with, record_key_id, request_id,"
            " entry, subject, known_as, agency_id, language, says, words, opened_at, due_on,"
            " outcome, reasons, decided_agency_id, decided_at, appeal_outcome)"
            " SELECT gen_random_uuid(), record_key_id, request_id, entry || '1', subject, known_as,"
            " agency_id, language, says, words, opened_at, due_on, 'stands', says, 1, now(), ''"
            " FROM investigative.rights_contest",
        )


def test_c41_the_database_writes_who_decided_whatever_a_statement_says(contested, people):
    raw(people["prosecutor"], DECIDED + ", decided_by_id = %s, decided_agency_id = 1",
        [people["analyst"].user_id])  # fmt: skip
    with identity.acting(people["prosecutor"]):
        held = Contest.objects.get()
    assert held.decided_by_id == people["prosecutor"].user_id
    assert held.decided_agency_id == people["prosecutor"].agency_id


@committed
def test_c41_the_database_takes_no_decision_of_who_entered_it(contested, people):
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.rights_contest SET entered_by_id = %s",
            [people["prosecutor"].user_id],
        )
    with pytest.raises(IntegrityError, match="than_entered"):
        raw(people["prosecutor"], DECIDED)
    with pytest.raises(NotPermitted), identity.acting(people["prosecutor"]):
        contest_decide(contest=Contest.objects.get(), outcome=STANDS, reasons="Mine.")


def test_c41_what_was_decided_stays(contested, people):
    decide(people, contested, STANDS)
    with pytest.raises(DatabaseError, match="stays"):
        raw(people["neighbour"], "UPDATE investigative.rights_contest SET outcome = 'taken_out'")
    with pytest.raises(ValidationError, match="meantime"):
        decide(people, contested, OUT, "neighbour")


@committed
def test_of_two_who_decide_at_once_one_counts(contested, people):
    def one(outcome):
        return lambda: contest_decide(contest=contested, outcome=outcome, reasons="Seen.")

    both = together((people["prosecutor"], one(STANDS)), (people["neighbour"], one(OUT)))
    assert sorted(type(each).__name__ for each in both) == ["Contest", "ValidationError"]


def test_c41_a_decision_without_reasons_is_refused(contested, people):
    with identity.acting(people["prosecutor"]), pytest.raises(ValidationError, match="reasons"):
        contest_decide(contest=contested, outcome=STANDS, reasons=" ")


def appealed(contested, people):
    decide(people, contested, STANDS)
    with identity.acting(people["analyst"]):
        return contest_appeal(contest=contested, words="I was at work that day.")


def test_c41_the_default_manager_alone_sees_nothing_before_the_appeal(contested, people, operator):
    """Without the database's wall behind it: asked by whom that wall lets see everything."""
    scope = policy_of(Contest).scope(people["auditor"])
    seen = Contest.objects.filter(scope)
    with identity.acting(identity.OPERATOR, Room.INVESTIGATIVE):
        assert not seen.exists()
    appealed(contested, people)
    with identity.acting(identity.OPERATOR, Room.INVESTIGATIVE):
        assert seen.all().exists()


def test_c41_an_outsider_sees_nothing_before_the_appeal_and_then_decides(contested, people):
    with identity.acting(people["auditor"], Room.INVESTIGATIVE):
        assert not Contest.objects.exists()
    appealed(contested, people)
    with identity.acting(people["auditor"], Room.INVESTIGATIVE):
        held = selectors.contests().get()
        assert (held.appeal_words, held.says[:6]) == ("I was at work that day.", "Arrest")
        done = appeal_decide(contest=held, outcome=OUT, reasons="The timesheet is clear.")
    assert done.stands == OUT
    assert arrests(people, request=contested.request_id) == (0, 0)


@pytest.mark.parametrize("who", ["prosecutor", "neighbour", "captain", "analyst"])
def test_c41_nobody_of_law_enforcement_decides_an_appeal(contested, people, who):
    appealed(contested, people)
    with identity.acting(people[who]), pytest.raises(NotPermitted):
        appeal_decide(contest=contested, outcome=STANDS, reasons="No.")
    with pytest.raises(DatabaseError, match="outsider"):
        raw(people[who], "UPDATE investigative.rights_contest SET appeal_outcome = 'stands',"
            " appeal_reasons = '\\x00'")  # fmt: skip


def test_c41_every_agency_that_received_it_is_told_to_put_its_copies_right(contested, people):
    with identity.acting(people["neighbour"]):
        from ceasefire.access import audit

        audit.record("export.taken", subjects=contested.known_as, result="done")
    decide(people, contested, OUT)
    with identity.acting(people["clerk"], Room.AGGREGATE):
        told = {one.agency_id: one for one in Correction.objects.all()}
    assert {people["analyst"].agency_id, people["neighbour"].agency_id} <= told.keys()
    assert people["director"].agency_id not in told
    with identity.acting(people["neighbour"], Room.AGGREGATE):
        mine = selectors.corrections().get()
        with pytest.raises(ValidationError, match="what was done"):
            correction_done(correction=mine, how=" ")
        correction_done(correction=mine, how="Shredded.")
        assert Correction.objects.get().done_how == "Shredded."
    with identity.acting(people["director"], Room.AGGREGATE):
        assert not Correction.objects.exists()


def test_what_stands_sends_nobody_a_correction(contested, people):
    decide(people, contested, STANDS)
    with identity.acting(people["clerk"], Room.AGGREGATE):
        assert not Correction.objects.exists()


def test_only_law_enforcement_s_own_room_asks_who_received_it(contested, people):
    for who, room in (("director", None), ("outreach", None), ("analyst", Room.AGGREGATE)):
        with identity.acting(people[who], room):
            assert selectors.recipients(contested.known_as) == []


def test_the_same_entry_of_a_request_is_contested_once(contested, people):
    with identity.acting(people["analyst"]):
        due = owing(people["analyst"], contested.request_id)
        held = held_of("Ann")
        again = contest_open(due=due, held=held, entry=held.entry(contested.entry), words="Again.")
    assert again == contested


def test_a_way_of_writing_somebody_is_contested_too(register, identified, people):
    request = identified(kind="correct", words="My name is Anne.")
    with identity.acting(people["analyst"]):
        due = owing(people["analyst"], request)
        held = held_of("Ann")
        entry = next(one for one in held.entries if "personrecord" in one.key)
        made = contest_open(due=due, held=held, entry=entry, words="My name is Anne.")
    decide(people, made, OUT)
    with identity.acting(people["analyst"]):
        owing(people["analyst"], request)
        numbers = [f"registry.personrecord:{pk}" for pk in names.read(PersonRecord.objects.all())]
    assert made.entry not in numbers


@pytest.mark.parametrize("language", ["en", "es"])
def test_c41_the_letter_of_a_decision_gives_its_reasons(contested, people, language):
    done = decide(people, contested, STANDS)
    done.language = language
    with identity.acting(people["prosecutor"]):
        made = pikepdf.open(io.BytesIO(letters.decided(done)))
    assert str(made.Root.Lang) == language
