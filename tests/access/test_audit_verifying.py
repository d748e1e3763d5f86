"""C19: rows altered, reordered, truncated. The log is whole, or verify says where it is not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import audit
from ceasefire.access.audit import seals, selectors
from ceasefire.access.audit.sealing import seal
from ceasefire.access.audit.verifying import Tail, verify, verify_and_note
from tests.access.auditing import ask, rows, tamper, unguarded

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]


def write(many):
    return [audit.record("page.shown", f"registry.incident:{n}") for n in range(many)]


@pytest.fixture
def sealed(empty):
    """Thirty rows in three seals: the numbers of the rows."""
    ids = write(30)
    assert len(seal(at_most=10)) == 3
    return ids


def rehash(number):
    """What somebody does who has read how hashes are made."""
    tamper("UPDATE access_auditentry e SET hash = wall.audit_hash(e) WHERE id = %s", number)


def test_a_log_that_nobody_touched_is_whole(sealed):
    write(2)
    report = verify()
    assert (report.ok, report.rows, report.unsealed, report.seals) == (True, 32, 2, 3)
    assert (report.first_bad_row, report.missing_tail) == (None, None)


def test_c19_the_log_refuses_changes_even_from_its_owner(sealed):
    from django.db import DatabaseError, transaction

    for table in ("access_auditentry", "access_auditseal"):
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", _update(table)):
            with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
                ask(statement)


def _update(table):
    column = "purpose = 'x'" if table == "access_auditentry" else "signature = 'x'"
    return f"UPDATE {table} SET {column}"


def test_c19_an_altered_row_is_named(sealed):
    tamper("UPDATE access_auditentry SET purpose = 'curious' WHERE id = %s", sealed[13])
    assert verify().first_bad_row == sealed[13]


def test_c19_an_altered_row_with_a_new_hash_is_named(sealed):
    tamper("UPDATE access_auditentry SET user_id = 99 WHERE id = %s", sealed[13])
    rehash(sealed[13])
    assert verify().first_bad_row == sealed[13]


def test_c19_rows_that_changed_places_are_found(sealed):
    low, high = sealed[3], sealed[14]
    with unguarded():
        ask("UPDATE access_auditentry SET id = -1 WHERE id = %s", low)
        ask("UPDATE access_auditentry SET id = %s WHERE id = %s", low, high)
        ask("UPDATE access_auditentry SET id = %s WHERE id = -1", high)
    assert verify().first_bad_row == low
    rehash(low)
    rehash(high)
    assert verify().first_bad_row == low


def test_c19_a_row_taken_out_of_the_middle_is_named(sealed):
    tamper("DELETE FROM access_auditentry WHERE id = %s", sealed[5])
    report = verify()
    assert (report.first_bad_row, report.missing_tail) == (sealed[5], None)


def test_c19_a_missing_tail_is_named_by_the_seals_in_the_database(sealed):
    tamper("DELETE FROM access_auditentry WHERE id > %s", sealed[26])
    report = verify()
    assert report.missing_tail == Tail(sealed[27], sealed[29], 3)
    assert report.first_bad_row is None


def test_c19_a_missing_tail_is_named_by_the_folder_when_its_seals_are_gone_too(sealed):
    tamper("DELETE FROM access_auditseal WHERE batch > 1")
    tamper("DELETE FROM access_auditentry WHERE id > %s", sealed[9])
    write(4)
    report = verify()
    assert report.missing_tail == Tail(sealed[10], sealed[29], 20)
    assert "Seal 2 is not in the database." in report.faults
    assert (report.rows, report.unsealed) == (14, 4)


def test_c19_an_emptied_log_is_all_missing(sealed, empty):
    empty.empty_log()
    assert verify().missing_tail == Tail(sealed[0], sealed[29], 30)


def test_altered_and_truncated_are_both_said(sealed):
    tamper("UPDATE access_auditentry SET route = 'x' WHERE id = %s", sealed[2])
    tamper("DELETE FROM access_auditentry WHERE id > %s", sealed[27])
    report = verify()
    assert (report.first_bad_row, report.missing_tail.rows) == (sealed[2], 2)


def test_a_forged_seal_is_found_by_its_signature_and_by_its_file(sealed):
    tamper("UPDATE access_auditseal SET signature = 'x' WHERE batch = 2")
    faults = verify().faults
    assert "Seal 2 is not signed by this home's key." in faults
    assert "Seal 2 is not what its file off this machine says." in faults


def test_a_whole_log_written_anew_does_not_follow_from_the_files(sealed, empty):
    """Rows, hashes and seals all made again by somebody who has the key, but not the folder."""
    empty.empty_log()
    kept = seals.in_folder()
    write(30)
    with pytest.raises(seals.SealConflict):
        seal(at_most=10)
    assert seals.in_folder() == kept
    assert verify().missing_tail is None or not verify().ok


def test_a_seal_without_its_file_is_a_fault_after_a_minute(sealed):
    file_of(2).unlink()
    assert verify().ok  # it may be on its way
    tamper("UPDATE access_auditseal SET sealed_at = sealed_at - interval '2 minutes'")
    assert any(fault.startswith("Seal 2 has no file") for fault in verify().faults)


def test_a_file_that_is_no_seal_is_a_fault(sealed):
    file_of(2).write_text("{")
    assert "Seal 2 is not what its file off this machine says." in verify().faults


def test_files_are_whole_small_and_never_written_over(sealed):
    held = {path.name: path.read_bytes() for path in files()}
    assert len(held) == 3
    assert all(len(content) < 1_000 for content in held.values())
    assert set(json.loads(held["seal-0000000001.json"])) == {
        *("batch", "ids", "root", "previous", "sealed_at", "signature", "public_key")
    }
    write(1)
    seal()
    for path in files():
        assert held.get(path.name, path.read_bytes()) == path.read_bytes()


def test_a_seal_whose_file_was_not_written_gets_it_with_the_next(sealed):
    file_of(3).unlink()
    assert seal() == []
    assert sorted(seals.in_folder()) == [1, 2, 3]


def test_seals_lie_in_a_folder_for_each_day(sealed):
    today = datetime.now(UTC)
    assert {path.parent for path in files()} == {seals.folder() / f"{today:%Y/%m/%d}"}


def test_seals_of_the_earlier_layout_are_still_read_and_gone_on_from(sealed):
    for path in files():
        path.rename(seals.folder() / path.name)
    assert verify().ok
    write(1)
    assert len(seal()) == 1
    assert [path.parent == seals.folder() for path in files()] == [False, True, True, True]
    assert verify().ok


def test_c19_two_files_of_one_seal_that_differ_are_a_fault(sealed):
    first, second = file_of(1), file_of(2)
    (seals.folder() / "2000" / "01" / "01").mkdir(parents=True)
    (seals.folder() / "2000" / "01" / "01" / second.name).write_text(first.read_text())
    assert "Seal 2 is not what its file off this machine says." in verify().faults


def test_c19_an_older_copy_of_the_database_writes_no_seal_beside_the_files(sealed):
    tamper("DELETE FROM access_auditseal WHERE batch > 1")
    kept = seals.in_folder()
    with pytest.raises(seals.SealConflict, match="older copy"):
        seals.write_missing()
    assert seals.in_folder() == kept


def test_an_empty_folder_of_a_day_hides_no_seal(sealed):
    (seals.folder() / "2999" / "01" / "01").mkdir(parents=True)
    assert seals.newest_file() == file_of(3)


def test_how_the_log_stands_is_what_sealing_and_verifying_left(empty):
    empty.be(99, "auditor")
    assert selectors.state() == selectors.State(None, 0, None, None)
    audit.record("page.shown")
    assert selectors.state().unsealed == 1
    empty.nobody_else()
    seal()
    verify_and_note()
    empty.be(99, "auditor")
    found = selectors.state()
    assert (found.unsealed, found.whole) == (1, True)  # the row that says it was verified
    assert datetime.now(UTC) - found.sealed_at < timedelta(minutes=1)
    tamper("UPDATE access_auditentry SET route = 'x' WHERE id = %s", empty.last() - 1)
    empty.nobody_else()
    assert not verify_and_note().ok
    empty.be(99, "auditor")
    assert selectors.state().whole is False
    empty.be(1, "officer")
    assert selectors.state() is None


def files():
    return sorted(seals.folder().rglob("seal-*.json"))


def file_of(batch):
    (found,) = seals.folder().glob(f"*/*/*/seal-{batch:010}.json")
    return found


COLUMNS = (
    *("id", "at", "user_id", "membership_id", "agency_id", "role", "verb", "object_type"),
    *("object_id", "subject_keys", "fields", "purpose", "route", "result", "terms", "detail"),
    "hash",
)


def test_no_column_is_left_out_of_what_is_tried(log):
    told = ask("SELECT attname FROM pg_attribute WHERE attrelid = 'access_auditentry'::regclass"
               " AND attnum > 0 AND NOT attisdropped")  # fmt: skip
    assert {name for (name,) in told} == set(COLUMNS)


def _changed(column, byte, bit):
    """SQL for nearly the same value: one bit or one letter of it is different."""
    flips = {
        "id": f"id + {1 << (bit + 20)}",
        "at": f"at + interval '{1 << bit} microseconds'",
        "subject_keys": f"ARRAY['registry.person:{bit + 2}']",
        "fields": f"fields || 'x{bit}'::text",
        "terms": f"set_byte(terms, {byte}, get_byte(terms, {byte}) # {1 << bit})",
        "hash": f"set_byte(hash, {byte}, get_byte(hash, {byte}) # {1 << bit})",
        "detail": f"jsonb_set(detail, '{{n}}', '{bit + 2}')",
        "result": "CASE result WHEN 'shown' THEN 'done' ELSE 'shown' END",
        "verb": "overlay(verb placing 'z' from 1)",
    }
    if column in ("user_id", "membership_id", "agency_id"):
        return f"coalesce({column}, 0) # {1 << bit}"
    return flips.get(column, f"overlay({column} placing '{'abcdefgh'[bit]}' from {byte + 1} for 1)")


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_c19_any_change_of_any_column_of_any_row_is_found(empty, data):
    from django.db import transaction

    for path in files():
        path.unlink()
    with transaction.atomic():
        empty.empty_log()
        empty.be(7, "officer")
        many = data.draw(st.integers(1, 6))
        ids = [_full_row(n) for n in range(many)]
        if data.draw(st.booleans(), label="sealed"):
            seal(at_most=4)
        victim = data.draw(st.sampled_from(ids))
        column = data.draw(st.sampled_from(COLUMNS))
        change = _changed(column, data.draw(st.integers(0, 7)), data.draw(st.integers(0, 7)))
        before = _row(victim)
        tamper(f"UPDATE access_auditentry SET {column} = {change} WHERE id = %s", victim)
        if before != _row(victim):
            report = verify()
            assert not report.ok
            assert report.first_bad_row is not None or report.missing_tail
        else:
            assert verify().ok
        transaction.set_rollback(True)


def _full_row(n):
    return audit.record(
        "page.shown", f"registry.incident:{1000 + n}", subjects=["registry.person:1"],
        fields=["birth_date"], purpose="review 2026-W46", terms=b"ciphertext", detail={"n": 1},
    )  # fmt: skip


def _row(number):
    return rows("*", since=number - 1)[:1]
