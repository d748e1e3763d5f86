"""Shared by the tests of reading in bulk."""

import pytest
from django.db import transaction

from ceasefire.access import audit, identity
from ceasefire.access.budgets.models import ReadingBudget
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role


def keys(first, last):
    return [f"house.tip:{n}" for n in range(first, last)]


def read(first, last, result="shown"):
    with transaction.atomic():
        return audit.record("page.shown", subjects=keys(first, last), result=result)


@pytest.fixture
def budget(db):
    """An analyst's budget: ten an hour, twenty a day, three more after a second step."""
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        chosen = ReadingBudget.objects.filter(role=Role.ANALYST)
        chosen.update(an_hour=10, a_day=20, after_step_up=3)
