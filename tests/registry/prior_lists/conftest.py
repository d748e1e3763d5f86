"""An earlier list of three invented people, loaded by one analyst and attested by another."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import stating
from ceasefire.access.roles import Role
from ceasefire.registry.prior_lists import services
from ceasefire.registry.prior_lists.models import PriorRow
from tests.registry.people.conftest import bring, county, keys, shootings  # noqa: F401

TODAY = timezone.localdate()
HEADER = ("Person ID", "Last Name", "First Name", "DOB", "Tier", "Risk Score", "Gang", "Religion")
ROWS = [
    ("L1", "Lopez", "Ann", "1990-05-01", "1", "98", "Dock Street", "x"),
    ("L2", "Okafor", "Ben", "1988-11-23", "2", "71", "Dock Street", "y"),
    ("L3", "Reyes", "Cal", "1992-02-02", "3", "12", "", "z"),
]


@pytest.fixture
def accounts(account):
    return {
        name: account(role, username=name)
        for name, role in (
            ("loader", Role.ANALYST), ("analyst", Role.ANALYST), ("analyst2", Role.ANALYST),
            ("captain", Role.CAPTAIN), ("director", Role.DIRECTOR), ("outreach", Role.OUTREACH),
            ("probation", Role.PROBATION),
        )
    }  # fmt: skip


@pytest.fixture
def staff(accounts):
    return {name: actor_of_user(user) for name, user in accounts.items()}


@pytest.fixture
def why(shootings):  # noqa: F811
    return f"registry.incident:{shootings[0].pk}"


@pytest.fixture
def being(staff, why):
    """with being("analyst"): in that person's name, for a stated purpose."""

    @contextmanager
    def act(name):
        with identity.acting(staff[name], Room.INVESTIGATIVE), stating(why):
            yield

    return act


@pytest.fixture
def load_list(staff, bring):  # noqa: F811
    def load(rows=ROWS, header=HEADER, by="loader", **options):
        with identity.acting(staff[by]):
            return bring("prior_list", header, rows, **options)

    return load


@pytest.fixture
def waiting(load_list, why):
    """The rows that wait, as the operator sees them, who has said what for."""
    load_list()
    with stating(why):
        yield list(PriorRow.objects.order_by("row_number"))


def attest(row, **more):
    told = {
        "document": "Order of the chief", "number": "2025-14", "on": date(2025, 6, 1),
        "basis": "Named in reports 24-11 and 24-19.", "purpose": "Custom notification.",
        "review_by": TODAY + timedelta(days=90),
    }  # fmt: skip
    return services.row_attest(row=row, **told | more)
