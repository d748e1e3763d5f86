"""What every test may use: a PostgreSQL of its own, people of each kind, and the open data."""

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# `--hypothesis-profile full`: what a night may take; tests say what they do with it.
hypothesis_settings.register_profile("full", deadline=None)


def pytest_sessionstart(session):
    """Pages speak Spanish only from compiled translations, which are not in the repository."""
    from ceasefire.web import translations

    translations.compile()
    _hash_cheaply()


def _hash_cheaply():
    """The same way of hashing passwords, at a hundredth of the work: tests open many accounts."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 256
    Argon2PasswordHasher.parallelism = 1


def pytest_terminal_summary(terminalreporter):
    """How many cells the access matrix has asked, by however many processes."""
    reports = [one for told in terminalreporter.stats.values() for one in told]
    called = [one for one in reports if getattr(one, "when", "") == "call"]
    said = [dict(one.user_properties) for one in called]
    if cells := sum(one.get("cells", 0) for one in said):
        terminalreporter.write_line(f"The access matrix asked {cells:,} cells.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database is used from threads and from a live server: no pooled sessions."""
    from django.conf import settings

    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """In place of pytest-django's own: the owner makes what the web role then works in."""
    from tests import walls

    with django_db_blocker.unblock():
        old_name = walls.make_database()
    yield
    with django_db_blocker.unblock():
        walls.drop_database(old_name)


@pytest.fixture
def client():
    from tests.people import Person

    return Person()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages name their static files as they lie in the packages: a test collects nothing."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def a_language_of_its_own():
    """A page in Spanish leaves its language behind in the thread."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def a_purpose_of_its_own():
    """What a test states is not stated for the next one."""
    from ceasefire.access.purposes import binding

    with binding.none():
        yield


@pytest.fixture
def shared_data():
    """The folder of real open data; the test is left out, saying so, where it is absent."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("CEASEFIRE_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip("real open data is absent; set CEASEFIRE_SHARED_DATA to its folder")
    return folder


@pytest.fixture
def own_folder():
    """A folder that the account which runs PostgreSQL can enter too, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="ceasefire-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="session")
def _made_home():
    """A home with a database of its own, migrated and with the walls raised; its server stands."""
    with tempfile.TemporaryDirectory(prefix="ceasefire-test-") as folder:
        Path(folder).chmod(0o711)
        clean = {name: told for name, told in os.environ.items() if "DATABASE_" not in name}
        command = [sys.executable, "-m", "ceasefire", "routes", "--home", f"{folder}/home"]
        subprocess.run(command, env=clean, capture_output=True, check=True)
        yield Path(folder) / "home"


@pytest.fixture
def made_home(own_folder, _made_home):
    """A copy of a home that was just made: the tests of commands do not each wait for that."""
    subprocess.run(["cp", "-a", _made_home, own_folder / "home"], check=True)
    return own_folder / "home"


@pytest.fixture
def operator():
    """Bind the operator of a home without accounts: reads and changes everything."""
    from ceasefire.access import identity

    with identity.acting(identity.OPERATOR) as actor:
        yield actor


@pytest.fixture
def police_agency(db):
    from ceasefire.access import identity
    from ceasefire.access.models import Agency
    from ceasefire.access.services import agency_record

    with identity.acting(identity.OPERATOR):
        agency = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    return in_force(agency)


def in_force(agency, *, days=365):
    """The agency, with an agreement that runs so many days more."""
    from ceasefire.access import identity
    from ceasefire.access.models import Agreement
    from ceasefire.access.partitions import Room
    from ceasefire.access.services import agreement_record

    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        if not Agreement.objects.filter(agency=agency).exists():
            agreement_record(
                agency=agency,
                document="Memorandum",
                starts=date.today() - timedelta(days=700),
                ends=date.today() + timedelta(days=days),
            )
    return agency


@pytest.fixture
def account(police_agency):
    """Make an account: account(Role.ANALYST) signs in as 'analyst' with the test password.

    It has a time-based code as its second step, as every account must.
    """
    from allauth.mfa.totp.internal.auth import TOTP

    from ceasefire.access import identity
    from ceasefire.access.partitions import Room
    from ceasefire.access.roles import HELD_AT
    from ceasefire.access.services import account_open, agency_record

    def where(role):
        kind = HELD_AT[role][0]
        name = f"Rivermouth {kind}"
        return police_agency if kind == "police" else agency_record(name=name, kind=kind)

    def open_account(role, agency=None, username=None):
        with identity.acting(identity.OPERATOR):
            agency = in_force(agency or where(role))
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            user = account_open(
                username=username or role.value,
                password=PASSWORD,
                display_name=f"Test {role.label}",
                role=role,
                agency=agency,
                starts=date(2020, 1, 1),
            )
            TOTP.activate(user, CODE_SECRET)
            return user

    return open_account


PASSWORD = "correct horse battery staple"
CODE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now():
    """What the authenticator of a test account shows."""
    from ceasefire.access.sign_in.demo_codes import code_now

    return code_now(CODE_SECRET)


@pytest.fixture(autouse=True)
def no_role_needs_a_passkey(settings):
    """A test client holds no passkey; the tests of that rule set it again."""
    settings.PASSKEY_ROLES = frozenset()


@pytest.fixture
def signed_in(client, account):
    """A test client signed in with a role: signed_in(Role.ANALYST)."""

    def sign_in(role):
        client.force_login(account(role))
        return client

    return sign_in


@pytest.fixture
def one_day(rivermouth):
    """In a city whose day is the machine's, whatever the hour: pages go by the city's day."""
    from ceasefire.registry.models import City

    City.objects.update(time_zone="UTC")
