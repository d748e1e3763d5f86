"""A city with its staff, twelve shootings, and an incident review of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ceasefire.access.purposes.services import stating
from ceasefire.problem_analysis.sessions import services
from ceasefire.problem_analysis.sessions.models import Listed
from tests.registry.affiliations.conftest import (  # noqa: F401
    AGO,
    being,
    group,
    keys,
    policy,
    staff,
)
from tests.registry.conftest import feed, rivermouth, shoot  # noqa: F401
from tests.registry.groups.pages import at  # noqa: F401

DAY = timedelta(days=1)
# The last day that is over everywhere: the city's day may be another than the machine's.
TODAY = timezone.localdate() - DAY
CODE = {
    "involvement": "suspected", "basis": "victim", "motivated": "undetermined",
    "circumstance": "retaliation", "confidence": "probable",
}  # fmt: skip
NOT = CODE | {"involvement": "not", "basis": "", "motivated": "no"}


@pytest.fixture
def why(shoot):  # noqa: F811
    """What everybody here looks for: one of the newest shootings, outside the window."""
    return f"registry.incident:{shoot(TODAY - 2 * DAY, incident_number='W-1').pk}"


@pytest.fixture
def shot(shoot):  # noqa: F811
    """The shootings of the window, oldest first."""
    return [shoot(TODAY - (60 - n) * DAY, incident_number=f"S-{n}") for n in range(12)]


def plan(**more):
    told = {
        "kind": "incident_review", "title": "Review of the spring", "on": TODAY, "share": 25,
        "agenda": "Every shooting, case by case.", "seed": 7,
        "window_start": TODAY - 60 * DAY, "window_end": TODAY - 40 * DAY,
    }  # fmt: skip
    return services.session_plan(**told | more)


@pytest.fixture
def review(shot, being, rivermouth):  # noqa: F811
    """Open; of its twelve shootings three are due for a second coder."""
    with being("analyst"):
        made = plan()
        services.session_open(session=made)
    return made


@pytest.fixture
def due(review, being):  # noqa: F811
    """A shooting that two people code."""
    with being("analyst"):
        return Listed.objects.filter(second_due=True)[0]


@pytest.fixture
def once(review, being):  # noqa: F811
    """A shooting that one person codes."""
    with being("analyst"):
        return Listed.objects.filter(second_due=False)[0]


def code(listed, **more):
    return services.shooting_code(listed=listed, **CODE | more)


@pytest.fixture
def differ(due, being):  # noqa: F811
    """A shooting of which the officer and the analyst say different things."""
    with being("officer"):
        code(due)
    with being("analyst"):
        code(due, **NOT)
        due.refresh_from_db()
    return due


@pytest.fixture
def audit(group, being):  # noqa: F811
    """An open group audit; one group stands."""
    with being("analyst"):
        made = plan(kind="group_audit", title="Yearly audit", window_start=None, window_end=None)
        services.session_open(session=made)
    return made


def stated(why, verb, *args, **more):
    """What one of several at once does: the verb, for a stated purpose."""

    def done():
        with stating(why):
            return verb(*args, **more)

    return done
