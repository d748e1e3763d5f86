"""C25: keeping longer needs a newer fact, a named reviewer and a reason, one record at a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from ceasefire.access import identity
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention.classes import months_after
from ceasefire.access.retention.models import RetentionReview
from ceasefire.access.retention.reviews import record_review
from tests.access.retention.conftest import TODAY, ago, as_
from tests.kept_house import Known


def review(record, **words):
    return record_review(
        **{"record": record, "fact": "Named by a witness, report 26-1.", "fact_on": ago(1),
           "reason": "The feud goes on."} | words
    )  # fmt: skip


def test_c25_a_newer_fact_moves_the_basis_and_the_purge_date(people, suspect):
    one = suspect(months=40)
    with as_(people["captain"]):
        done = review(one)
        assert (one.basis_on, one.purge_on) == (ago(1), months_after(ago(1), 60))
        held = RetentionReview.objects.get(pk=done.pk)
        assert (held.old_basis_on, held.reviewed_by_id) == (ago(40), people["captain"].user_id)
        assert held.reason == "The feud goes on."
    with as_(people["auditor"]), connection.cursor() as cursor:
        cursor.execute("SELECT fact::text FROM access_retentionreview")
        assert "witness" not in cursor.fetchone()[0]


@pytest.mark.parametrize("fact_on", [ago(40), ago(50), TODAY + timedelta(30)])
def test_c25_without_a_newer_fact_nothing_is_kept_longer(people, suspect, fact_on):
    one = suspect(months=40)
    with as_(people["captain"]):
        with pytest.raises(ValidationError):
            review(one, fact_on=fact_on)
        one.refresh_from_db()
        assert one.basis_on == ago(40)
        assert not RetentionReview.objects.exists()


def test_c25_the_database_itself_asks_for_the_newer_fact(people, suspect):
    """Raw SQL with invented old dates and somebody else's name."""
    one = suspect(months=40)
    with as_(people["captain"]), connection.cursor() as cursor:
        from ceasefire.access.partitions import Room
        from ceasefire.access.sealing.services import record_key_make

        key = record_key_make(room=Room.INVESTIGATIVE)
        statement = (
            "INSERT INTO access_retentionreview (agency_id, room, label, number, fact_on, fact,"
            " reason, old_basis_on, old_purge_on, reviewed_by_id, reviewed_at, record_key_id,"
            " sealed_with) VALUES (%s, 'investigative', 'house.known', %s, %s, 'x', 'x',"
            " '1990-01-01', '1990-01-01', %s, now(), %s, gen_random_uuid())"
        )
        words = [people["captain"].agency_id, one.pk, ago(45), people["analyst"].user_id, key.pk]
        with pytest.raises(IntegrityError, match="review_has_a_newer_fact"), transaction.atomic():
            cursor.execute(statement, words)
        words[2] = ago(2)
        cursor.execute(statement, words)
        held = RetentionReview.objects.get()
        assert held.reviewed_by_id == people["captain"].user_id
        assert held.old_basis_on == ago(40)
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            cursor.execute("UPDATE access_retentionreview SET fact_on = current_date")


@pytest.mark.parametrize("field", ["fact", "reason"])
def test_c25_a_review_says_which_fact_and_why(people, suspect, field):
    one = suspect(months=40)
    with as_(people["captain"]), pytest.raises(ValidationError) as refusal:
        review(one, **{field: "  "})
    assert field in refusal.value.message_dict


def test_c25_no_record_is_extended_together_with_another(people, suspect):
    """The moment of a review is that of its transaction, and one reviewer has one of each."""
    first, second = suspect(months=40), suspect(months=41)
    with as_(people["captain"]):
        review(first)
        with pytest.raises(ValidationError, match="not extended together"):
            review(second)
    with as_(people["colleague"]):
        review(second)


def test_c25_nobody_without_a_name_or_a_standing_reviews(people, suspect):
    one = suspect(months=40)
    for actor in (people["analyst"], people["officer"], identity.OPERATOR):
        with as_(actor), pytest.raises(NotPermitted):
            review(one)
    assert_unmoved(people, one)


def test_c25_another_rooms_record_is_not_there(people, suspect, client_file):
    """An outsider, a neighbour and police looking at a client get the same answer."""
    one, client = suspect(months=40), client_file(months=30)
    for actor in (people["manager"], people["neighbour"]):
        with as_(actor), pytest.raises(ObjectDoesNotExist, match="no such record"):
            review(one)
    with as_(people["captain"]), pytest.raises(ObjectDoesNotExist, match="no such record"):
        review(client)
    assert_unmoved(people, one)


def test_a_chosen_date_stays_within_the_rule(people, suspect):
    one = suspect(months=40)
    with as_(people["captain"]):
        with pytest.raises(ValidationError) as refusal:
            review(one, purge_on=months_after(TODAY, 61))
        assert "purge_on" in refusal.value.message_dict
        review(one, purge_on=months_after(TODAY, 12))
        assert one.purge_on == months_after(TODAY, 12)


def assert_unmoved(people, one):
    with as_(people["analyst"]):
        assert Known.objects.get(pk=one.pk).basis_on == ago(40)
