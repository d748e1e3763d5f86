"""People at the door: typing a name, a password and a code, and coming back later."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.sign_in.events import sign_in_event
from tests.conftest import PASSWORD, code_now
from tests.people import Person


@pytest.fixture(autouse=True)
def an_empty_cache(db):
    """Counters and used codes live in the cache, which no transaction of a test rolls back."""
    cache.clear()


class Door:
    """One browser before it has signed in."""

    def __init__(self, **headers):
        self.client = Person(headers=headers)

    def password(self, username, password=PASSWORD, **more):
        typed = {"login": username, "password": password, **more}
        return self.client.post(reverse("account_login"), typed)

    def code(self, code=None):
        return self.client.post(reverse("mfa_authenticate"), {"code": code or code_now()})

    def sign_in(self, username, **more):
        self.password(username, **more)
        # Several sign-ins of a test fall into one half minute, and a code works once.
        with identity.outside_rooms():
            cache.clear()
        answer = self.code()
        assert answer.status_code == 302, answer.content.decode()
        return self.client

    def is_in(self):
        return self.client.get(reverse("this_week")).status_code == 200


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def events():
    """What the door told, as (kind, facts)."""
    told = []

    def hear(sender, kind, facts, **_):
        told.append((kind, facts))

    sign_in_event.connect(hear)
    yield told
    sign_in_event.disconnect(hear)


@pytest.fixture
def later(monkeypatch):
    """Move the clock that sessions and counters look at: later(minutes=31)."""
    began = time.time()
    moved = {"by": 0.0}
    monkeypatch.setattr(time, "time", lambda: began + moved["by"])

    def move(*, hours=0, minutes=0):
        moved["by"] += 3600 * hours + 60 * minutes

    return move
