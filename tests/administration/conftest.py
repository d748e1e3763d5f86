"""Shared by the tests of administration: who keeps accounts, and who is kept out."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agreement, Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from tests.access.conftest import at_the_owner_s_desk, log  # noqa: F401
from tests.people import Person


@pytest.fixture(autouse=True)
def an_empty_cache(db):
    """Locks of names live in the cache, which no transaction of a test rolls back."""
    with identity.outside_rooms():
        cache.clear()


@pytest.fixture
def as_role(account):
    """A signed-in client of a role, one for each: as_role(Role.DIRECTOR)."""
    clients = {}

    def entered(role):
        if role not in clients:
            user = User.objects.filter(username=role.value).first() or account(role)
            clients[role] = Person()
            clients[role].force_login(user)
        return clients[role]

    return entered


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


@pytest.fixture
def director(as_role):
    return as_role(Role.DIRECTOR)


@pytest.fixture
def office(db):
    """The operator, where accounts are kept: what a test arranges and looks at."""
    with identity.acting(identity.OPERATOR, Room.ACCOUNT) as actor:
        yield actor


class World:
    """What time and other people do, in one line each, and what then stands."""

    @staticmethod
    def user(username) -> User:
        return User.objects.get(username=username)

    @staticmethod
    def held(username) -> Membership:
        return Membership.objects.filter(user__username=username).latest("pk")

    @staticmethod
    def agreement(username) -> Agreement:
        return Agreement.objects.filter(agency__memberships__user__username=username).latest("pk")

    def agreement_ends(self, username, days):
        ends = timezone.localdate() + timedelta(days=days)
        Agreement.objects.filter(pk=self.agreement(username).pk).update(ends=ends)

    def certified_for(self, username, days):
        until = timezone.localdate() + timedelta(days=days)
        Membership.objects.filter(pk=self.held(username).pk).update(
            certified_on=until - timedelta(days=300), certified_until=until
        )

    def asleep(self, username):
        Membership.objects.filter(pk=self.held(username).pk).update(
            awake_since=timezone.localdate() - timedelta(days=91)
        )

    @staticmethod
    def has_access(username) -> bool:
        return actor_of_user(User.objects.get(username=username)) is not None


@pytest.fixture
def world(office):
    return World()
