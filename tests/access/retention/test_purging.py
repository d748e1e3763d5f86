"""C24, C27: what is due goes with all that hangs on it, and a certificate says how much."""

import json
import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.retention import ledger, purging, reaches, selectors
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.models import PurgeRun, PurgeTally
from ceasefire.access.retention.sweeping import INSTEAD, pattern_of
from ceasefire.access.retention.warrants import warrant
from ceasefire.access.sealing.models import RecordKey
from tests.access.retention.conftest import NAME, TODAY, as_, name_of, tomorrow
from tests.kept_house import (
    Known,
    Memo,
    Participant,
    ParticipantNote,
    ParticipantToken,
    Sighting,
    photo,
)
from tests.walls import as_owner


def counts(certificate):
    return {
        (each["what"], each["record_class"]): each["rows"]
        for each in certificate.counts if each["record_class"]
    }  # fmt: skip


def left(people, model):
    actor = (
        people["manager"]
        if model in (Participant, ParticipantNote, ParticipantToken)
        else people["analyst"]
    )
    with as_(actor):
        return model.objects.count()


def test_c24_what_is_due_goes_and_what_is_not_stays(people, suspect):
    suspect(months=61)
    suspect(months=59)
    done = purge()
    assert counts(done) == {("house.known", "intelligence"): 1}
    assert left(people, Known) == 1


def purge():
    """As the night does it, in the operator's name."""
    with as_(identity.OPERATOR):
        return purging.purge_due()


def test_c27_what_hangs_on_a_record_goes_too_and_a_loose_link_is_emptied(people, suspect, sighting):
    one = suspect(months=61)
    sighting(one, months=10)
    with as_(people["analyst"]):
        Memo.objects.create(
            suspect=one, words="x", record_class=RecordClass.INCIDENT, basis_on=TODAY
        )
    done = purge()
    assert counts(done) == {
        ("house.known", "intelligence"): 1, ("house.sighting", "intelligence"): 1
    }  # fmt: skip
    with as_(people["analyst"]):
        assert Memo.objects.get().suspect_id is None


def test_what_must_still_be_kept_keeps_what_it_hangs_on(people, suspect, sighting):
    """A sighting of a class with a shortest time that has not passed: the purge waits for it."""
    one = suspect(months=61)
    sighting(one, months=10, record_class=RecordClass.INCIDENT)
    assert purge().rows == 0
    assert left(people, Known) == 1


def test_c27_a_purged_clients_key_tokens_and_notes_are_gone(people, client_file):
    client = client_file(months=85)
    key = client.record_key_id
    assert purge().rows == 2
    for model in (Participant, ParticipantNote, ParticipantToken):
        assert left(people, model) == 0
    with as_(people["manager"]):
        held = RecordKey.objects.get(pk=key)
        assert held.is_destroyed
        assert held.destroyed_because.startswith("purge ")


def test_c27_a_key_that_another_row_still_needs_is_not_destroyed(people, client_file):
    client = client_file(months=85)
    with as_(people["manager"]):
        other = Participant.objects.create(
            agency_id=client.agency_id, name="Another Person", record_key=client.record_key,
            record_class=RecordClass.CASE_FILE, basis_on=TODAY,
        )  # fmt: skip
    purge()
    with as_(people["manager"]):
        assert name_of(Participant.objects.get(pk=other.pk)) == "Another Person"
        assert ParticipantToken.objects.exists()


def test_certificates_name_nobody_and_hang_together(people, suspect):
    suspect(months=61)
    first = purge()
    suspect(months=62)
    second = purge()
    assert second.previous == first.hash
    with as_(people["auditor"]):
        assert list(selectors.certificates().values_list("pk", flat=True)) == [second.id, first.id]
        assert purging.certificates_check() == []
        held = PurgeTally.objects.filter(run_id=first.id).values()
        assert NAME.split()[0] not in json.dumps(list(held), default=str)
        assert PurgeTally.objects.get(run_id=first.id, record_class="intelligence").rule == (
            "default"
        )
    for name in ("administrator", "captain", "manager"):
        with as_(people[name]):
            assert not PurgeRun.objects.exists()


def test_a_certificate_takes_no_change_from_anybody(people, suspect):
    suspect(months=61)
    purge()
    for actor in (people["auditor"], people["administrator"], identity.OPERATOR):
        with as_(actor, Room.AGGREGATE), connection.cursor() as cursor:
            for change in (
                "UPDATE access_purgetally SET rows = 0",
                "DELETE FROM access_purgerun",
                "INSERT INTO access_purgerun (kind, begun_at, previous, hash)"
                " VALUES ('due', now(), '', '')",
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(change)


MACHINERY = [
    "wall.purge_begin('due', 9999999999, 'x')",
    "wall.purge_due('house.known', 0, 9, 9999999999, 'x')",
    "wall.purge_claim('house.known:1', 'replay', 9999999999, 'x')",
    "wall.purge_erase('house.known:1', 'replay', 1, '{}', 9999999999, 'x')",
    "wall.purge_redact('house.known:1', 'order', 1, 9999999999, 'x')",
    "wall.purge_sweep('services', '.', '', 1, 9999999999, 'x')",
    "wall.purge_note(1, 'x', 1, 9999999999, 'x')",
    "wall.purge_finish(1, 9999999999, 'x')",
    "wall.purge_traces('house.known', 9999999999, 'x')",
    "wall.order_begin(1, 9999999999, 'x')",
    "wall.rules_apply(9999999999, 'x')",
    "wall.holds_lapse(9999999999, 'x')",
    "wall.orders_alarm('2099-01-01', 45, 60, 9999999999, 'x')",
]


def test_c27_nobody_calls_the_machinery_by_hand(people, suspect):
    suspect(months=61)
    for actor in (people["analyst"], people["administrator"], identity.OPERATOR):
        for call in MACHINERY:
            with (
                as_(actor, Room.INVESTIGATIVE), connection.cursor() as cursor,
                pytest.raises(DatabaseError, match="not signed"), transaction.atomic(),
            ):  # fmt: skip
                cursor.execute(f"SELECT {call}")


def test_a_warrant_is_for_one_thing_and_a_short_time(people, monkeypatch):
    until, mac = warrant("begin:due")
    for what in ((until + 1, mac), (until, b"x" + mac[1:])):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT wall.purge_begin('due', %s, %s)", what)


def test_c27_stored_files_go_and_are_counted(people, suspect, sighting):
    one = suspect(months=61)
    sighting(one, months=61, photo="a1b2.jpg")
    photo("a1b2.jpg").write_bytes(b"a face")
    done = purge()
    assert not photo("a1b2.jpg").exists()
    assert {"photos": 1}.items() <= {c["what"]: c["rows"] for c in done.counts}.items()


@pytest.mark.parametrize("killed_at", ["reach", "erase", "ledger", "key", "finish"])
def test_c27_killed_anywhere_and_run_again_the_end_is_the_same(
    people, suspect, sighting, client_file, killed_at, monkeypatch
):
    """The same rows gone, one certificate with the same counts, no mark for a row that stays."""
    for n in range(3):
        sighting(suspect(months=61), months=61 + n)
    client_file(months=85)
    with monkeypatch.context() as broken:
        _kill(broken, killed_at)
        with pytest.raises(KeyboardInterrupt):
            purge()
    done = purge()
    assert counts(done) == {
        ("house.known", "intelligence"): 3, ("house.sighting", "intelligence"): 3,
        ("house.participant", "case_file"): 1, ("house.participantnote", "outreach"): 1,
    }  # fmt: skip
    assert all(
        left(people, model) == 0 for model in (Known, Sighting, Participant, ParticipantNote)
    )
    with as_(people["auditor"]):
        assert PurgeRun.objects.count() == 1
    assert len(ledger.marks()) == 8
    assert purge().rows == 0


@pytest.fixture
def undeclared(transactional_db):
    """As if nobody had said what becomes of sightings; the wall is raised anew afterwards."""
    with as_owner() as owner:
        owner.execute("DELETE FROM wall.hangs WHERE child = 'house.sighting'")
        yield
        owner.execute(
            "INSERT INTO wall.hangs VALUES ('house.sighting', 'suspect_id', 'house.known', 'with')"
        )


def test_c27_a_record_that_something_undeclared_hangs_on_stays_whole(
    undeclared, people, suspect, sighting
):
    """The database itself refuses: the purge of that record is undone, and its mark taken back."""
    sighting(suspect(months=61), months=10)
    with pytest.raises(DatabaseError, match="foreign key"):
        purge()
    assert left(people, Known) == left(people, Sighting) == 1
    assert ledger.marks() == {}


def _kill(broken, at):
    """Stop as a signal does, after the second record has got so far."""
    owner, name = {
        "reach": (reaches, "reach_all"), "erase": (purging, "ask"), "ledger": (ledger, "note"),
        "key": (purging, "_destroy"), "finish": (purging, "_finish"),
    }[at]  # fmt: skip
    owner = purging if at == "reach" else owner
    real, calls = getattr(owner, name), []

    def stopped(*words, **more):
        calls.append(words)
        erasing = at != "erase" or "purge_erase" in words[0]
        if erasing and (at in ("finish", "key") or len(calls) > 3):
            raise KeyboardInterrupt
        return real(*words, **more)

    broken.setattr(owner, name, stopped)


def test_a_restored_older_copy_is_purged_again_and_nothing_else(people, suspect, client_file):
    """Two rows are purged by the ledger of another life of this database; a third is not in it."""
    gone, client, stays = suspect(), client_file(), suspect(months=1)
    ledger.note(
        [
            ledger.mark("house.known", str(gone.trace)),
            ledger.mark("house.participant", str(client.trace)),
        ],
        way="destroy", run=7,
    )  # fmt: skip
    with as_(identity.OPERATOR):
        done = purging.purge_replay()
        again = purging.purge_replay()
    assert (done.rows, again.rows) == (3, 0)
    assert left(people, Participant) == 0
    with as_(people["analyst"]):
        assert list(Known.objects.values_list("pk", flat=True)) == [stays.pk]


def test_a_line_of_the_ledger_that_a_crash_cut_off_is_passed_over(people):
    ledger.note(["a" * 64], way="destroy", run=1)
    with open(ledger.path(), "a") as file:
        file.write('{"mark": "bbbb')
    ledger.note(["c" * 64], way="redact", run=1)
    assert ledger.marks() == {"a" * 64: "destroy", "c" * 64: "redact"}
    assert oct(os.stat(ledger.path()).st_mode)[-3:] == "600"


def test_the_queue_counts_by_month_table_and_class(people, suspect):
    suspect(months=61)
    suspect(months=57)
    with as_(people["auditor"]):
        rows = {(row.month, row.due, row.coming) for row in selectors.queue()}
    assert (TODAY.replace(day=1), 1, 0) in {(m, d, 0) for m, d, _c in rows}
    assert sum(coming for _m, _d, coming in rows) == 1
    for name in ("captain", "manager", "worker"):
        with as_(people[name]):
            assert selectors.queue() == []


NAMES = st.lists(
    st.text("abcdefgñéöÁÇ'’-", min_size=2, max_size=8).filter(
        lambda word: any(map(str.isalpha, word)) and word[0].isalpha() and word[-1].isalpha()
    ),
    min_size=2, max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=NAMES, before=st.sampled_from(["", "saw ", "("]), after=st.sampled_from(["", ".", ")"])
)
def test_c27_a_name_is_found_in_any_case_accent_and_order(words, before, after):
    import re
    import unicodedata

    pattern = re.compile(pattern_of([" ".join(words)]))
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", " ".join(words)) if not unicodedata.combining(c)
    )
    for written in (
        " ".join(words), " ".join(words).upper(), plain, f"{words[-1]}, {' '.join(words[:-1])}",
        unicodedata.normalize("NFD", " ".join(words)),
    ):  # fmt: skip
        assert pattern.sub(INSTEAD, before + written + after) == before + INSTEAD + after


def test_one_word_is_too_little_to_look_for():
    assert pattern_of(["Red", "", "  "]) == ""


def test_a_held_text_is_not_touched_by_anothers_purge(people, suspect, sighting):
    from ceasefire.access.retention.holds import hold_end, hold_request

    suspect(months=61)
    other = suspect(months=1, name="Another Person")
    told = sighting(other, words=f"With {NAME}.")
    with as_(people["analyst"]):
        hold = hold_request(cause="case", matter="x", records=(told,))
    assert {c["what"] for c in purge().counts} & {"text"} == set()
    with as_(people["captain"]):
        hold_end(hold=hold)
        assert Sighting.objects.get().words == f"With {NAME}."
    assert tomorrow() - TODAY == timedelta(1)
