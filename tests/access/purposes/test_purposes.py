"""Sensitive reading: nobody sees a row before saying what for, and the log keeps what was said."""

import itertools
import secrets
from datetime import date, timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity, purposes
from ceasefire.access.asking import actor_of_session, actor_of_user, session_end
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.purposes import NoSuchReference, kinds
from ceasefire.access.purposes.services import purpose_end, purpose_live, purpose_state, stating
from ceasefire.access.roles import Role
from ceasefire.access.walls import proof
from ceasefire.config.running import Refused, asking
from tests.house import Card
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
MEETING = "house.meeting:1"


@pytest.fixture
def card(police_agency):
    with identity.acting(identity.OPERATOR), stating(MEETING):
        return Card.objects.create(agency=police_agency, words="canary of a card")


@pytest.fixture
def captain(account):
    return actor_of_user(account(Role.CAPTAIN))


def signed_in_again(user):
    """Another session of the same person."""
    return actor_of_session(user, secrets.token_hex(32))


def by_database() -> int:
    """How many cards raw SQL finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM investigative.house_card")
        return cursor.fetchone()[0]


def by_policy(actor) -> int:
    """How many the first wall gives, without the second."""
    condition = policy_of(Card).scope(actor)
    # Whoever reads past the second wall has stated a purpose of its own.
    rows = Card._base_manager.filter(condition)
    with identity.acting(identity.OPERATOR), stating(MEETING):
        return rows.count()


def test_c08_without_a_purpose_both_walls_give_nobody_a_row(card, captain):
    for actor in (captain, identity.OPERATOR):
        with identity.acting(actor):
            assert (by_database(), by_policy(actor)) == (0, 0)
            with stating(MEETING):
                assert by_database() == 1
            assert (by_database(), by_policy(actor)) == (0, 0)


def test_c08_with_a_purpose_both_walls_give_what_the_policy_gives(card, captain, account):
    with identity.acting(captain), stating(MEETING):
        assert Card.objects.get().words == "canary of a card"
    outsider = actor_of_user(account(Role.OUTREACH))
    with identity.acting(outsider, Room.INVESTIGATIVE), stating(MEETING):
        assert by_database() == 0
        assert not Card.objects.exists()


def test_c08_a_purpose_opens_nothing_in_another_room(card, captain):
    with identity.acting(captain), stating(MEETING):
        with identity.acting(captain, Room.SERVICES):
            assert purposes.current() is None
            assert purpose_live() is None
        assert by_database() == 1


def test_c08_a_purpose_of_one_person_serves_nobody_else(card, account):
    captain, analyst = account(Role.CAPTAIN), actor_of_user(account(Role.ANALYST))
    with identity.acting(actor_of_user(captain)), stating(MEETING):
        with identity.acting(analyst):
            assert (by_database(), purposes.current()) == (0, None)
        with identity.acting(signed_in_again(captain)):
            assert (by_database(), purposes.current()) == (0, None)


@pytest.mark.parametrize(
    "key", ["house.meeting:2", "house.meeting:99", "house.meeting", "", "x.y:1", "house.meeting:é",
            "house.meeting:1 OR true", "a" * 500],
)  # fmt: skip
def test_c08_a_reference_that_is_hidden_or_absent_or_nonsense_is_refused_alike(captain, key):
    with identity.acting(captain), pytest.raises(NoSuchReference) as refusal:
        purpose_state(key=key)
    assert str(refusal.value) == str(NoSuchReference())


def test_c08_a_reference_of_another_room_is_no_reference_here(captain, monkeypatch):
    elsewhere = kinds.Kind(
        "house.visit", "Visit", frozenset({Room.SERVICES}), list,
        lambda number: purposes.Reference(number, "a visit"),
    )  # fmt: skip
    monkeypatch.setitem(kinds._kinds, "house.visit", elsewhere)
    with identity.acting(captain), pytest.raises(NoSuchReference):
        purpose_state(key="house.visit:1")


def test_a_reference_that_says_too_little_wants_words(captain, monkeypatch):
    vague = kinds.Kind(
        "house.call", gettext_lazy("Call"), frozenset({Room.INVESTIGATIVE}), list,
        lambda number: purposes.Reference(number, "a call"), wants_words=True,
    )  # fmt: skip
    monkeypatch.setitem(kinds._kinds, "house.call", vague)
    with identity.acting(captain):
        for wrong in ("", "  ", "x" * 301):
            with pytest.raises(ValidationError) as refusal:
                purpose_state(key="house.call:1", words=wrong)
            assert "words" in refusal.value.message_dict
        assert purpose_state(key="house.call:1", words="who was called").words == "who was called"


def test_stating_the_same_again_is_the_same_purpose_and_another_takes_its_place(captain):
    with identity.acting(captain), stating(MEETING) as first:
        assert purpose_state(key=MEETING).id == first.id
        other = purpose_state(key="house.meeting:3")
        assert (purpose_live(), purposes.current()) == (other, other)
        assert other.id != first.id


def test_c08_a_purpose_ends_with_the_session_and_within_twelve_hours(card, account):
    user = account(Role.CAPTAIN)
    with identity.acting(signed_in_again(user)) as actor:
        purpose = purpose_state(key=MEETING)
        assert purpose.ends <= timezone.now() + timedelta(hours=12)
        assert by_database() == 1
        session_end(actor.session_secret)
        assert (purpose_live(), by_database()) == (None, 0)


def test_c12_a_purpose_ends_with_the_membership(card, account):
    user = account(Role.CAPTAIN)
    with identity.acting(actor_of_user(user)), stating(MEETING):
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            Membership.objects.filter(user=user).update(ends=date(2021, 1, 1))
        assert (purpose_live(), by_database()) == (None, 0)


def test_c08_work_that_fails_leaves_no_purpose_behind(card, captain):
    with identity.acting(captain):
        with (
            pytest.raises(DatabaseError), stating(MEETING),
            transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute("SELECT nothing FROM nowhere")
        assert (purpose_live(), purposes.current(), by_database()) == (None, None, 0)


def _state(key, until, mac):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT wall.purpose_state(%s, '', %s, %s)", [key, until, mac])


@pytest.mark.parametrize("forged", ["no signature", "another's", "another room's", "of yesterday"])
def test_c08_raw_sql_states_no_purpose_that_nobody_checked(captain, account, forged):
    analyst = actor_of_user(account(Role.ANALYST))
    until, theirs = 2_000_000_000, proof.hash_of(analyst.proof)
    with identity.acting(captain):
        mine = proof.hash_of(identity.shown()[1])
        mac, until = {
            "no signature": (b"x" * 32, until),
            "another's": (proof.mac(f"purpose:{theirs}:investigative:{MEETING}:{until}"), until),
            "another room's": (proof.mac(f"purpose:{mine}:services:{MEETING}:{until}"), until),
            "of yesterday": (proof.mac(f"purpose:{mine}:investigative:{MEETING}:1000"), 1000),
        }[forged]
        with pytest.raises(DatabaseError, match="not signed"):
            _state(MEETING, until, mac)
        assert purpose_live() is None


def test_c08_the_web_role_touches_no_row_of_purposes(captain):
    for statement in ("SELECT * FROM wall.purpose_stated", "DELETE FROM wall.purpose_stated",
                      "UPDATE wall.purpose_stated SET user_id = 1"):  # fmt: skip
        with (
            identity.acting(captain), pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(statement)


def test_c08_the_database_takes_no_purpose_of_more_than_twelve_hours():
    with as_owner() as owner, pytest.raises(psycopg.errors.CheckViolation, match="twelve_hours"):
        owner.execute(
            "INSERT INTO wall.purpose_stated (bearer_hash, room, user_id, key, words, stated, ends)"
            " VALUES (sha256('x'), 'shared', 1, 'house.meeting:1', '', now(),"
            " now() + interval '12 hours 1 second')"
        )


def test_c08_a_command_names_its_purpose(card, account):
    user = account(Role.CAPTAIN).username
    with asking(user):
        assert by_database() == 0
    with asking(user, f"{MEETING} who was there"):
        assert (by_database(), purposes.current().words) == (1, "who was there")
    with (
        pytest.raises(Refused, match=r"--purpose 'house\.meeting:2'"),
        asking(user, "house.meeting:2"),
    ):
        raise AssertionError


def test_c08_work_that_is_done_ends_the_purpose_of_no_other_work_in_the_same_name(captain, card):
    with identity.acting(captain), stating(MEETING):
        with stating(MEETING):
            pass
        assert Card.objects.get() == card


STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["1", "3", "end"]), st.booleans()), max_size=8
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_c08_whatever_is_stated_and_ended_each_session_and_room_has_its_last_word(account, steps):
    with transaction.atomic():
        user = account(Role.CAPTAIN, username=f"captain{next(NUMBERS)}")
        sessions = [signed_in_again(user) for _ in range(2)]
        last = {}
        for nth, said, elsewhere in steps:
            room = Room.SHARED if elsewhere else Room.INVESTIGATIVE
            with identity.acting(sessions[nth], room):
                if said == "end":
                    purpose_end()
                else:
                    purpose_state(key=f"house.meeting:{said}")
            last[nth, room] = None if said == "end" else f"house.meeting:{said}"
        for nth, room in itertools.product(range(2), (Room.INVESTIGATIVE, Room.SHARED)):
            with identity.acting(sessions[nth], room):
                live = purpose_live()
                assert (live and live.key) == last.get((nth, room))
        transaction.set_rollback(True)


NUMBERS = itertools.count(1)
