"""C21: the log is kept a year; two people may then remove its oldest part, verifiably."""

import shutil
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from ceasefire.access import audit, identity
from ceasefire.access.audit.sealing import seal
from ceasefire.access.audit.verifying import verify
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention import log_removal
from ceasefire.access.retention.log_removal import log_removal_approve, log_removal_ask
from ceasefire.access.roles import Role
from tests.access.auditing import ask, tamper, value
from tests.access.conftest import at_the_owner_s_desk, empty, log  # noqa: F401

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
LONG_AGO = date.today() - timedelta(400)


@pytest.fixture
def staff(account):
    return {
        name: account(role, None, name).pk
        for name, role in (
            ("asker", Role.AUDITOR), ("other", Role.AUDITOR), ("officer", Role.OFFICER)
        )
    }  # fmt: skip


@pytest.fixture
def old(empty, staff):  # noqa: F811
    """Twenty rows in two seals, two years old; ten of now. The seventh old one is a disclosure."""
    numbers = [audit.record("page.shown", f"registry.incident:{n}") for n in range(20)]
    seal(at_most=10)
    tamper("UPDATE access_auditseal SET sealed_at = sealed_at - interval '2 years'")
    from ceasefire.access.audit import seals

    shutil.rmtree(seals.folder())
    resign()
    numbers += [audit.record("page.shown", f"registry.incident:{n}") for n in range(10)]
    seal()
    return numbers


def resign():
    """As if the seals had been made two years ago."""
    from ceasefire.access.audit import seals

    for held in seals.in_database():
        signed = seals.key().sign(held.signed_part())
        tamper("UPDATE access_auditseal SET signature = %s WHERE batch = %s", signed, held.batch)
    seals.write_missing()


def remove(staff, by="asker", approved_by="other", older_than=LONG_AGO):
    auditing_be(staff[by])
    asked = log_removal_ask(older_than=older_than)
    auditing_be(staff[approved_by])
    try:
        return log_removal_approve(removal=asked)
    finally:
        from tests.access import auditing

        auditing.nobody_else()


def auditing_be(user_id, role="auditor"):
    from tests.access import auditing

    auditing.be(user_id, role)


def left():
    return {n for (n,) in ask("SELECT id FROM access_auditentry")}


def test_c21_two_people_remove_the_oldest_part_and_the_rest_verifies(old, staff):
    assert remove(staff) >= 20
    assert left() & set(old) == set(old[20:])
    report = verify()
    assert (report.ok, report.faults) == (True, [])


def test_c21_a_disclosure_stays_as_long_as_its_record(empty, staff, monkeypatch):  # noqa: F811
    first = audit.record("retention.purged", "access.purgerun:1", result="done")
    plain = audit.record("page.shown")
    seal()
    tamper("UPDATE access_auditseal SET sealed_at = sealed_at - interval '2 years'")
    from ceasefire.access.audit import seals

    shutil.rmtree(seals.folder())
    resign()
    assert remove(staff) >= 1
    assert first in left()
    assert plain not in left()
    assert verify().ok
    tamper("UPDATE access_auditentry SET purpose = 'x' WHERE id = %s", first)
    assert verify().first_bad_row == first


def test_c21_after_a_removal_tampering_is_still_found(old, staff):
    remove(staff)
    tamper("DELETE FROM access_auditentry WHERE id = %s", old[25])
    assert verify().first_bad_row == old[25]


def test_c21_a_removal_that_nobody_signed_is_a_fault(old, staff):
    """Somebody who owns the database invents a removal to cover rows that were deleted."""
    tamper("DELETE FROM access_auditentry WHERE id = %s", old[3])
    assert verify().first_bad_row == old[3]
    ask(
        "INSERT INTO access_logremoval (older_than, asked_by_id, asked_on, approved_by_id, done_at,"
        " rows, root, signature, ids) VALUES (%s, %s, current_date, %s, now(), 1, '', '',"
        " int8multirange(int8range(%s, %s)))",
        LONG_AGO, staff["asker"], staff["other"], old[3], old[3] + 1,
    )  # fmt: skip
    assert any("is not signed" in fault for fault in verify().faults)


def test_c21_nothing_younger_than_a_year_goes(old, staff):
    auditing_be(staff["asker"])
    with pytest.raises(ValidationError):
        log_removal_ask(older_than=date.today() - timedelta(364))


def test_c21_nobody_removes_alone_nor_without_the_role(old, staff):
    with pytest.raises(NotPermitted):
        remove(staff, approved_by="asker")
    auditing_be(staff["officer"], "officer")
    with pytest.raises(NotPermitted):
        log_removal_ask(older_than=LONG_AGO)
    assert set(old) <= left()


def test_c21_rows_outside_an_approved_removal_do_not_go(old, staff):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        ask("DELETE FROM access_auditentry WHERE id = %s", old[0])
    remove(staff)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        ask("DELETE FROM access_auditentry WHERE id = %s", old[25])


def test_a_removal_whose_signing_was_interrupted_is_signed_later(old, staff, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(log_removal, "sign_missing", lambda: None)
        remove(staff)
    assert not verify().ok
    log_removal.sign_missing()
    log_removal.sign_missing()
    assert verify().ok
    assert value("SELECT count(*) FROM access_logremoval WHERE signature <> ''") == 1
    assert identity.shown() == identity.NOBODY
