"""Shared by the tests of who may see what."""

import pytest
from django.db import connections

from ceasefire.access.sealing import keyring
from tests.access import auditing


@pytest.fixture(scope="module")
def at_the_owner_s_desk(django_db_setup):
    """Whoever owns the database asks: what tampers with the log, and what reads it raw.

    A page of such a test still enters its room's role, as the product's do.
    """
    web, owner = connections["default"], connections["owner"]
    names = ("USER", "PASSWORD")
    kept = {name: web.settings_dict[name] for name in names}
    web.close()
    web.settings_dict.update({name: owner.settings_dict[name] for name in names})
    yield
    web.close()
    web.settings_dict.update(kept)


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


@pytest.fixture
def keys(settings, tmp_path, monkeypatch):
    """Every room has one key, in a home of this test's own."""
    from ceasefire.config.home import Home

    for room in keyring.ROOMS:
        monkeypatch.delenv(keyring.variable(room), raising=False)
    settings.HOME = Home(tmp_path / "home")
    for room in keyring.ROOMS:
        keyring.make(room)
    return keyring
