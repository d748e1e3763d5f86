"""The people of the access matrix, and the records that they find: made once, committed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from functools import cache
from unittest import mock

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.urls import clear_url_caches, reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_session
from ceasefire.access.audit import recording
from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import purpose_state
from ceasefire.access.roles import STANDINGS, Role, Standing
from ceasefire.access.sealing import keyring
from ceasefire.access.services import account_open, agency_record
from ceasefire.access.sign_in import sessions
from ceasefire.registry.models import City
from ceasefire.registry.services import city_set
from ceasefire.shooting_review.weeks import Week
from tests.access_matrix.declaring import Maker, Reader, Words
from tests.conftest import CODE_SECRET, PASSWORD, in_force
from tests.people import Person
from tests.walls import as_owner

URLS = "tests.access_matrix.house_pages"
# What an answer may change about its own reader: when they were last there, and the log's rows.
BESIDES = (
    *("access_auditentry", "access_auditseal", "django_session", "session", "web_cache", "reading"),
    "purpose_stated",
    "usersessions_usersession",
)


class World:
    """Two agencies of each kind, with a person of each standing at both."""

    def __init__(self) -> None:
        for room in Room:
            if room is not Room.ACCOUNT and not keyring.numbered(room):
                keyring.make(room)
        _let_everybody_read_on()
        with identity.acting(identity.OPERATOR):
            city_set(name="Rivermouth", time_zone="America/New_York", projected_system=32618)
            for nth in range(2):
                agency_record(name=f"Nobody's {nth}", kind="prosecutor")
        self.readers = {standing: self._hire(standing, "A") for standing in STANDINGS}
        self.strangers = {standing: self._hire(standing, "B") for standing in STANDINGS}
        self.made = cache(self.make)
        self.client = cache(self._signed_in)
        for person in (*self.readers.values(), *self.strangers.values()):
            if person.standing.agency_kind == "federal":
                self.client(person)  # who has not attested can do nothing at all

    @staticmethod
    def _hire(standing: Standing, letter: str) -> Reader:
        kind = standing.agency_kind
        with identity.acting(identity.OPERATOR):
            agency = in_force(agency_record(name=f"{kind} {letter}", kind=kind))
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            user = account_open(
                username=f"{standing}.{letter}", password=PASSWORD, role=standing.role,
                display_name=f"{standing.role.label} {letter}", agency=agency,
                starts=date(2020, 1, 1),
            )  # fmt: skip
            TOTP.activate(user, CODE_SECRET)
            RecoveryCodes.activate(user)
        return Reader(standing, agency, user, f"Words of {kind} {letter}")

    def holder(self, reader: Reader) -> Reader:
        """One for all readers of an agency: its records are made once."""
        everybody = [*self.readers.values(), *self.strangers.values()]
        return next(one for one in everybody if one.agency == reader.agency)

    @staticmethod
    def make(maker: Maker, reader: Reader, room: Room) -> Words:
        """A record of the reader's: what the page's maker says, written by the operator."""
        with identity.acting(identity.OPERATOR, room):
            return maker(reader)

    @staticmethod
    def _signed_in(reader: Reader | None) -> Person:
        client = Person(raise_request_exception=False)
        if reader:
            client.force_login(reader.user)
            _just_authenticated(client, reader)
            if reader.standing.agency_kind == "federal":
                client.get(reverse("this_week"))  # begins the session in the database
                client.post(reverse("account_attest"), {"answer": "no_duty"})
            client.get(reverse("mfa_view_recovery_codes"))  # notes that the codes were seen
            _says_what_for(client, reader)
            with identity.showing(*identity.NOBODY):
                UserSession.objects.create(
                    user=reader.user, session_key=client.session.session_key, ip="127.0.0.1",
                    user_agent="",
                )  # fmt: skip
        return client


def _just_authenticated(client: Person, reader: Reader) -> None:
    """The library asks for the password again before it shows how one signs in."""
    session = client.session
    session["account_authentication_methods_user"] = str(reader.user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    session.save()


def _says_what_for(client: Person, reader: Reader) -> None:
    """Whoever comes to the week's review opens what is sensitive for it."""
    if reader.standing.role in LAW_ENFORCEMENT_REVIEW:
        with identity.acting(actor_of_session(reader.user, client.session.secret)):
            week = Week.next_reviewed(timezone.localdate(), City.objects.get().review_weekday)
            purpose_state(key=f"shooting_review.week:{week}")


def _let_everybody_read_on() -> None:
    """Nobody meets a reading budget in the middle of the cells."""
    with as_owner() as owner:
        for role in Role.values:
            owner.execute(
                "INSERT INTO access_readingbudget (role, an_hour, a_day, after_step_up)"
                " VALUES (%s, 50000, 50000, 0)"
                " ON CONFLICT (role) DO UPDATE SET an_hour = 50000, a_day = 50000",
                [role],
            )


def unseen(reader: Reader) -> Reader:
    """The same person, where the words are those of a record that nobody may know of."""
    return replace(reader, planted=f"Unseen {reader.planted.lower()}")


@contextmanager
def world(blocker) -> Iterator[World]:
    """The world in the test database, for one module; emptied after it."""
    chosen = {"ROOT_URLCONF": URLS, "PASSKEY_ROLES": frozenset()}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    chosen["STORAGES"] = {**settings.STORAGES, "staticfiles": static}
    # What is written twice a minute would part two answers that must be alike.
    once = mock.patch.object(sessions, "NOTED_EVERY", settings.SESSION_END)
    with blocker.unblock(), override_settings(**chosen), once, _kept_connections():
        clear_url_caches()
        try:
            yield World()
        finally:
            call_command("flush", verbosity=0, interactive=False, allow_cascade=True)
            clear_url_caches()


@contextmanager
def _kept_connections() -> Iterator[None]:
    """Opening a connection costs as much as a page, and nobody else is here to share them: neither
    the pages' own nor the second one, on which a refusal is recorded in its own transaction."""
    held = connections["default"].settings_dict
    kept = {name: held[name] for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS")}
    held.update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=False)
    second = connections["default"].copy()
    with mock.patch.object(recording, "_second_connection", return_value=nullcontext(second)):
        yield
    second.close()
    held.update(kept)
    connections["default"].close()


def fingerprint(besides: tuple[str, ...] = BESIDES) -> dict[str, tuple]:
    """Table -> its number of rows and what they hold, as the owner sees them."""
    owner, counted = _counting(besides)
    return {name: said for name, *said in owner.execute(counted, prepare=True).fetchall()}


@cache
def _counting(besides: tuple[str, ...]) -> tuple:
    """The owner's connection and its one question, which is planned once."""
    owner = as_owner()
    named = owner.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
        " AND relname <> ALL (%s)",
        [list(besides)],
    ).fetchall()
    each = (
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {name} t"
        for (name,) in named
    )
    return owner, " UNION ALL ".join(each)


def changed(before: dict, after: dict) -> list[str]:
    """The tables that are not as they were."""
    return sorted(name for name in before | after if before.get(name) != after.get(name))
