"""Two at once: each in a session of its own to the database, the first one not finished."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from ceasefire.access import identity
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.partitions import Room
from ceasefire.access.walls import proof
from ceasefire.access.walls.names import ROOMS
from tests.access.exceptional.conftest import REASON, opening, opens, stepped_up
from tests.walls import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
REVIEW = "SELECT wall.glass_review(%s, %s, %s)"
CLOSE = "SELECT wall.glass_close(%s)"
LOOK = "SELECT words FROM wall.glass_house_tip(%s)"


@contextmanager
def seat(actor, room):
    """The web role in a room, as this person, in one long transaction."""
    wanted = connections["default"].get_connection_params()
    wanted = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, options="-c search_path=public") as session:
        session.execute(f"SET LOCAL ROLE {ROOMS[room]}")
        session.execute("SELECT set_config('wall.proof', %s, true)", [actor.proof])
        yield session


def until_it_waits(session, asked):
    """Until the session stands behind a lock of the other one, or is answered without."""
    with as_owner() as owner:
        while not asked.done():
            waits = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
            if owner.execute(waits, [session.info.backend_pid]).fetchone()[0]:
                return


def at_once(first, then, *, one, other):
    """What both are answered: `other` asks while `one` has not finished."""
    with ThreadPoolExecutor() as pool:
        answered = first.execute(*one).fetchone()
        waiting = pool.submit(lambda: then.execute(*other).fetchone())
        until_it_waits(then, waiting)
        first.commit()
        return answered, waiting.result(timeout=60)


def test_c09_of_two_reviewers_the_first_is_heard(people, records):
    pk = opens(people.captain, records.tip)
    with seat(people.auditor, Room.AGGREGATE) as one, seat(people.second, Room.AGGREGATE) as two:
        answers = at_once(
            one, two, one=(REVIEW, [pk, False, "It could wait."]), other=(REVIEW, [pk, True, "No."])
        )
    assert answers == ((True,), (False,))
    assert (opening(pk).justified, opening(pk).review_words) == (False, "It could wait.")


def test_c09_a_record_closed_in_one_window_is_closed_in_the_other(people, records):
    pk = opens(people.captain, records.tip)
    room = Room.INVESTIGATIVE
    with seat(people.captain, room) as window, seat(people.captain, room) as other:
        assert other.execute(LOOK, [pk]).fetchone() == ("canary of police",)
        assert window.execute(CLOSE, [pk]).fetchone() == (True,)
        window.commit()
        assert other.execute(LOOK, [pk]).fetchone() is None


def test_c09_a_review_and_a_closing_at_once_end_it_once(people, records):
    pk = opens(people.captain, records.tip)
    auditor, captain = (people.auditor, Room.AGGREGATE), (people.captain, Room.INVESTIGATIVE)
    with seat(*auditor) as one, seat(*captain) as two:
        answers = at_once(
            one, two, one=(REVIEW, [pk, False, "It could wait."]), other=(CLOSE, [pk])
        )
        assert answers == ((True,), (False,))
        assert two.execute(LOOK, [pk]).fetchone() is None


def test_c09_two_windows_open_one_record(people, records):
    room = Room.SERVICES
    with seat(people.worker, room) as one, seat(people.worker, room) as two:
        answers = at_once(
            one, two, one=_open(people.worker, records.note),
            other=_open(people.worker, records.second_note),
        )  # fmt: skip
        two.commit()
    (first, none), (second, refused) = answers
    assert (none, second, refused) == (None, None, "another")
    with identity.acting(people.worker):
        assert [one.pk for one in Opening.objects.all()] == [first]


def _open(actor, record):
    step = stepped_up()
    mac = proof.mac(f"glass:{proof.hash_of(actor.proof)}:{step}:UTC")
    words = ["house.casenote", record.pk, 15, REASON, step, "UTC", mac]
    return "SELECT opening, refusal FROM wall.glass_open(%s, %s, %s, %s, %s, %s, %s)", words
