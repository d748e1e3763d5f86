"""A watched folder: what arrives is loaded once, in order, and nothing else is touched."""

import os
import time
from datetime import UTC, datetime

import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.intake import jobs, watching
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.services import IntakeRefused, feed_open
from ceasefire.intake.watching import folder_look, folder_watch
from ceasefire.registry.models import Incident
from tests.intake.pages import csv_of, shootings

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = 1_700_000_000


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(watching, "STILL_SECONDS", 0)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "arrivals"
    folder.mkdir()
    return folder


@pytest.fixture
def feed(rivermouth, police_agency, operator, folder):
    feed = feed_open(name="rivermouth", agency=police_agency)
    return folder_watch(feed=feed, folder=folder)


def arrive(folder, name: str, rows, when: int = LONG_AGO):
    path = folder / name
    path.write_bytes(rows if isinstance(rows, bytes) else csv_of(shootings(rows)))
    os.utime(path, (when, when))
    return path


def test_new_files_are_loaded_in_the_order_of_their_names(feed, folder):
    arrive(folder, "2024-02.csv", 6, LONG_AGO + 200)
    arrive(folder, "2024-01.csv", 4, LONG_AGO + 100)
    loaded = folder_look(feed=feed)
    assert [(batch.file_name, batch.added) for batch in loaded] == [
        ("2024-01.csv", 4),
        ("2024-02.csv", 2),
    ]
    assert {batch.state for batch in loaded} == {Batch.State.APPLIED}


def test_a_file_that_was_loaded_is_not_loaded_again_under_any_name(feed, folder):
    path = arrive(folder, "one.csv", 4)
    assert len(folder_look(feed=feed)) == 1
    assert folder_look(feed=feed) == []
    path.rename(folder / "two.csv")
    assert folder_look(feed=feed) == []


def test_a_file_that_is_known_is_not_even_read_again(feed, folder, monkeypatch):
    arrive(folder, "one.csv", 4)
    folder_look(feed=feed)
    monkeypatch.setattr(watching.files, "receive", lambda path: pytest.fail("read again"))
    assert folder_look(feed=feed) == []


def test_a_file_that_was_replaced_under_its_name_is_loaded(feed, folder):
    arrive(folder, "shootings.csv", 4)
    folder_look(feed=feed)
    arrive(folder, "shootings.csv", 5, LONG_AGO + 100)
    assert [batch.added for batch in folder_look(feed=feed)] == [1]


def test_nothing_in_the_folder_is_moved_or_changed(feed, folder):
    arrive(folder, "one.csv", 4)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    folder_look(feed=feed)
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    assert before == after


def test_a_file_that_is_still_growing_waits_for_the_next_look(feed, folder, monkeypatch):
    whole = csv_of(shootings(8))
    path = arrive(folder, "growing.csv", whole[:100])

    def grow(_seconds):
        path.write_bytes(whole)

    monkeypatch.setattr(time, "sleep", grow)
    assert folder_look(feed=feed) == []
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    assert [batch.added for batch in folder_look(feed=feed)] == [8]


def test_an_empty_file_is_one_that_has_not_arrived(feed, folder):
    arrive(folder, "empty.csv", b"")
    assert folder_look(feed=feed) == []


def test_a_link_out_of_the_folder_is_not_followed(feed, folder, tmp_path):
    secret = arrive(tmp_path, "elsewhere.csv", 4)
    (folder / "link.csv").symlink_to(secret)
    os.mkfifo(folder / "pipe.csv")
    (folder / "below").mkdir()
    arrive(folder / "below", "deeper.csv", 4)
    assert folder_look(feed=feed) == []


def test_a_folder_that_was_swapped_for_a_link_is_not_followed(feed, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    arrive(other, "one.csv", 4)
    folder.rmdir()
    folder.symlink_to(other)
    assert folder_look(feed=feed) == []


def test_a_broken_file_is_refused_once_and_the_next_one_is_loaded(feed, folder):
    arrive(folder, "a-broken.csv.gz", b"\x1f\x8b\x08\x00broken", LONG_AGO)
    arrive(folder, "b.csv", 4, LONG_AGO + 100)
    states = [(batch.file_name, batch.state) for batch in folder_look(feed=feed)]
    assert states == [("a-broken.csv.gz", "refused"), ("b.csv", "applied")]
    assert folder_look(feed=feed) == []
    assert Batch.objects.filter(state="refused").get().refusal


def test_a_file_of_another_layout_is_refused_once_with_the_columns_that_are_gone(feed, folder):
    arrive(folder, "a.csv", 4, LONG_AGO)
    folder_look(feed=feed)
    other = csv_of([{"Something": "else", "Date": f"2021-01-{n + 1:02}"} for n in range(9)])
    arrive(folder, "b.csv", other, LONG_AGO + 100)
    (refused,) = folder_look(feed=feed)
    assert refused.state == "refused"
    assert "Incident Number" in refused.refusal
    assert folder_look(feed=feed) == []


def test_files_are_known_as_of_their_own_time_and_never_backwards(feed, folder):
    arrive(folder, "a.csv", 4, LONG_AGO + 500)
    arrive(folder, "b.csv", 5, LONG_AGO)
    arrive(folder, "c.csv", 6, int(time.time()) + 86_400)
    first, second, third = (batch.as_of for batch in folder_look(feed=feed))
    assert first == datetime.fromtimestamp(LONG_AGO + 500, tz=UTC)
    assert first < second < third <= datetime.now(tz=UTC)


def test_while_a_file_waits_for_a_person_the_next_one_waits_too(feed, folder):
    rows = shootings(20)
    rows[3]["Occurrence Date"] = "1/1/1899"
    arrive(folder, "a.csv", csv_of(rows), LONG_AGO)
    arrive(folder, "b.csv", 30, LONG_AGO + 100)
    (waiting,) = folder_look(feed=feed)
    assert waiting.state == "waiting"
    assert folder_look(feed=feed) == []
    from ceasefire.intake.services import batch_apply

    batch_apply(batch=waiting, despite="One old row.")
    assert [batch.file_name for batch in folder_look(feed=feed)] == ["b.csv"]


def test_a_file_that_a_person_has_in_hand_is_not_pushed_aside(feed, folder, tmp_path):
    from ceasefire.intake import files, services

    received = files.receive(arrive(tmp_path, "by-hand.csv", 3))
    mine = services.batch_receive(feed=feed, received=received)
    arrive(folder, "a.csv", 4)
    assert folder_look(feed=feed) == []
    mine.refresh_from_db()
    assert mine.state == "received"


def test_a_load_that_was_interrupted_goes_on_at_the_next_look(feed, folder, monkeypatch):
    arrive(folder, "a.csv", 4)
    with monkeypatch.context() as patched:

        def die(*arguments):
            raise SystemExit

        patched.setattr(watching.services.comparing, "compare", die)
        with pytest.raises(SystemExit):
            folder_look(feed=feed)
    assert Incident.objects.count() == 0
    assert [batch.state for batch in folder_look(feed=feed)] == ["applied"]
    assert Incident.objects.count() == 4


def test_what_is_no_folder_cannot_be_watched(feed, tmp_path):
    with pytest.raises(IntakeRefused, match="is no folder"):
        folder_watch(feed=feed, folder=tmp_path / "nowhere")


def on_schedule():
    """As the worker runs it: in nobody's name until it has found whose."""
    with identity.showing(*identity.NOBODY):
        jobs.look_in_folders(0)


def test_the_schedule_loads_in_the_name_of_the_person_who_set_it_up(
    feed, folder, account, operator
):
    from ceasefire.access.roles import Role

    person = account(Role.ANALYST)
    with identity.acting(actor_of_user(person)):
        folder_watch(feed=feed, folder=folder)
    arrive(folder, "a.csv", 4)
    on_schedule()
    assert Batch.objects.get().loaded_by == str(person)


def test_the_schedule_stops_when_that_person_has_left(feed, folder, account, operator):
    from ceasefire.access.roles import Role

    person = account(Role.ANALYST)
    with identity.acting(actor_of_user(person)):
        folder_watch(feed=feed, folder=folder)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=person).update(ends="2020-01-02")
    arrive(folder, "a.csv", 4)
    on_schedule()
    assert not Batch.objects.exists()


def test_one_feed_in_trouble_keeps_no_other_from_its_files(
    feed, folder, tmp_path, police_agency, monkeypatch, caplog
):
    other = feed_open(name="a-first", agency=police_agency)
    (tmp_path / "first").mkdir()
    folder_watch(feed=other, folder=tmp_path / "first")
    arrive(folder, "a.csv", 4)
    look = watching.folder_look

    def fall(*, feed: Feed):
        if feed.name == "a-first":
            raise OSError("the disk is gone")
        return look(feed=feed)

    monkeypatch.setattr(watching, "folder_look", fall)
    on_schedule()
    assert Batch.objects.get().state == "applied"
    assert "a-first" in caplog.text
