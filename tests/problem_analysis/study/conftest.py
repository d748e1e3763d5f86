"""A city with two years of shootings, some placed and some not, and its staff."""

from datetime import date, timedelta

import pytest

from ceasefire.problem_analysis.study import services
from ceasefire.problem_analysis.study.plan import Plan
from tests.registry.affiliations.conftest import being, keys, staff, why  # noqa: F401
from tests.registry.conftest import feed, rivermouth, shoot, victim  # noqa: F401
from tests.registry.groups.pages import at  # noqa: F401

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
PLAN = Plan(FIRST, LAST)


@pytest.fixture
def shot(shoot):  # noqa: F811
    """Every tenth day one; every fourth fatal; every fifth without a place."""
    made = []
    for n in range(73):
        place = {"x_m": 1000.0 + 30 * (n % 7), "y_m": 2000.0} if n % 5 else {}
        made.append(
            shoot(
                FIRST + timedelta(days=10 * n), incident_number=f"S-{n}", victims=1,
                killed=1 if n % 4 == 0 else 0, district_found=f"District {n % 3}", **place,
            )
        )  # fmt: skip
    return made


@pytest.fixture
def study(shot, being):  # noqa: F811
    with being("analyst"):
        return services.study_plan(title="Two years", starts=FIRST, ends=LAST)


@pytest.fixture
def edition(study, being):  # noqa: F811
    with being("analyst"):
        return services.edition_build(study=study)


@pytest.fixture
def frozen(edition, being):  # noqa: F811
    with being("analyst"):
        return services.edition_freeze(edition=edition)
