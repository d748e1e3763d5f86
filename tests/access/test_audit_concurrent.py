"""Transactions that overlap in every way: each row is sealed once, and the log stays whole.

These rows are committed and stay: the log cannot be emptied. Each test seals what it finds first.
"""

import time
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.audit.sealing import seal
from ceasefire.access.audit.verifying import verify
from tests.access.auditing import ask, value

pytestmark = [
    pytest.mark.usefixtures("at_the_owner_s_desk"),
    pytest.mark.django_db(transaction=True),
]
WRITE = "SELECT wall.audit('page.shown', '', '', '{}', '{}', '', '', 'shown', NULL, '{}')"
SESSIONS = 3


@pytest.fixture
def sessions(settings, tmp_path):
    """Three sessions of their own, each in a transaction whenever it has written."""
    settings.AUDIT_SEALS = tmp_path / "seals"
    words = connection.get_connection_params()
    own = {name: words[name] for name in ("host", "port", "user", "password", "dbname")}
    with ExitStack() as opened:
        yield [opened.enter_context(psycopg.connect(**own)) for _n in range(SESSIONS)]


def write(session):
    return session.execute(WRITE).fetchone()[0]


def sealed():
    """The numbers of all sealed rows, as often as they are sealed."""
    return [number for (number,) in ask(
        "SELECT generate_series(lower(r), upper(r) - 1)"
        " FROM access_auditseal s, unnest(s.ids) AS r")]  # fmt: skip


def test_a_row_that_commits_late_goes_into_a_later_seal(sessions):
    slow, quick, _third = sessions
    late = write(slow)
    early = write(quick)
    quick.commit()
    seal()
    assert early in sealed()
    assert late not in sealed()
    slow.commit()
    assert len(seal()) == 1
    assert late in sealed()
    report = verify()
    assert (report.ok, report.unsealed) == (True, 0)


def test_a_row_that_is_rolled_back_is_missed_by_nobody(sessions):
    slow, quick, _third = sessions
    gone = write(slow)
    write(quick)
    quick.commit()
    slow.rollback()
    seal()
    assert gone not in sealed()
    assert verify().ok


def test_sealing_looks_no_further_back_than_it_must(sessions):
    """Once nobody can write an earlier row any more, earlier rows are not looked through again."""
    slow, quick, _third = sessions

    def another():
        number = write(quick)
        quick.commit()
        seal()
        return number

    late = write(slow)
    for _time in range(3):
        another()
    assert _settled() < late
    slow.commit()
    before = another()
    # Transactions of other tests on this server count too; they end.
    for _wait in range(100):
        another()
        if _settled() >= before:
            return
        time.sleep(0.1)
    raise AssertionError("the seals still look back")


def _settled():
    return value("SELECT settled FROM access_auditseal ORDER BY batch DESC LIMIT 1")


def test_nothing_to_seal_makes_no_seal(sessions):
    seal()
    assert seal() == []


ACTS = ("write", "write", "commit", "rollback", "seal")
STEPS = st.lists(st.tuples(st.integers(0, SESSIONS - 1), st.sampled_from(ACTS)), max_size=30)


@given(steps=STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_c19_any_interleaving_of_transactions_verifies(sessions, steps):
    for number, step in steps:
        if step == "seal":
            seal(at_most=3)
            assert verify().ok
        elif step == "write":
            write(sessions[number])
        else:
            getattr(sessions[number], step)()
    for session in sessions:
        session.commit()
    seal(at_most=3)
    report = verify()
    assert (report.ok, report.unsealed) == (True, 0)
    found = sealed()
    assert len(found) == len(set(found)) == report.rows
