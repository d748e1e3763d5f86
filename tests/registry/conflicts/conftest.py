"""A conflict with two sides, in the city of the ties; its people at its pages."""

import pytest

from ceasefire.registry.conflicts.services import conflict_open
from tests.registry.affiliations.conftest import (  # noqa: F401
    AGO,
    TODAY,
    being,
    ben,
    group,
    keys,
    policy,
    staff,
    standing,
    why,
)
from tests.registry.groups.pages import at  # noqa: F401

DISPUTE = {
    "on": TODAY, "place": "Oak Street and 9th", "one_side": "The car wash corner",
    "other_side": "The school corner", "risks": ["immediate", "ongoing"],
    "why": "A threat was filmed.", "learned": "A shop owner called.",
}  # fmt: skip


def feud(**more):
    told = {
        "name": "Dock and Mill", "kind": "feud", "state": "active", "began_on": TODAY - 3 * AGO,
        "newest_on": TODAY - AGO, "one_side": "Dock Street", "other_side": "Mill Hollow",
    }  # fmt: skip
    return conflict_open(**told | more)


@pytest.fixture
def conflict(being, rivermouth):  # noqa: F811
    with being("analyst"):
        return feud()
