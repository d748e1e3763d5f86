"""Shared by the tests of who may see what."""

import pytest

from tests.access import auditing


@pytest.fixture
def log(db, settings, tmp_path):
    """The audit log, with an identity that `auditing.be` sets and a folder of this test's own."""
    settings.AUDIT_SEALS = tmp_path / "seals"
    auditing.ask(auditing.WHO)
    return auditing


@pytest.fixture
def empty(log):
    """The same with no row in it."""
    log.empty_log()
    return log
