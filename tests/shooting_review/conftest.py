"""A small invented city whose shootings are placed by hand."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.shooting_review.invented import EPSG, ZONE, facts

FIRST_LOAD = datetime(2018, 1, 1, tzinfo=UTC)


@pytest.fixture
def rivermouth(db, operator):
    """The city's settings; everything in the test is done by the operator."""
    from ceasefire.registry.services import city_set

    return city_set(name="Rivermouth", time_zone=str(ZONE), projected_system=EPSG)


@pytest.fixture
def feed(rivermouth, police_agency):
    from ceasefire.intake.models import Feed

    return Feed.objects.create(
        name="rivermouth", title="Rivermouth shootings", agency=police_agency
    )


@pytest.fixture
def loaded(feed):
    """A file of the feed that was applied: loaded(as_of)."""
    from ceasefire.intake.models import Batch

    def load(as_of):
        return Batch.objects.create(
            feed=feed, as_of=as_of, file_name=f"{as_of:%d-%m}.csv", sha256="0" * 64, size=1,
            state="applied", applied_at=as_of, loaded_by="test",
        )  # fmt: skip

    return load


@pytest.fixture
def incident(feed):
    """A shooting that is not in the register yet: incident(date, (east, north), victims=2)."""
    from ceasefire.registry.models import Incident

    def make(day, at=None, **more):
        row = {"first_known": FIRST_LOAD, "last_changed": FIRST_LOAD}
        row |= {"agency": feed.agency, "feed": feed, "incident_key": uuid.uuid4()}
        return Incident(**row | facts(day, at, **more))

    return make


@pytest.fixture
def shoot(incident):
    """Put one shooting into the register."""

    def record(*place, **more):
        made = incident(*place, **more)
        made.save()
        return made

    return record


@pytest.fixture
def build(rivermouth):
    """The packet of a week written as people write it."""
    from ceasefire.shooting_review import packet
    from ceasefire.shooting_review.weeks import Week

    return lambda week, **how: packet.build(Week.parse(week), **how)


@pytest.fixture
def four_years(incident):
    """One shooting every third day from 2018 to the end of 2021, spread over the city."""
    from ceasefire.registry.models import Incident

    first, last = date(2018, 1, 1), date(2021, 12, 31)
    rows = [
        incident(
            first + timedelta(days=step),
            ((step * 37) % 4000, (step * 91) % 3000),
            incident_number=f"R{step:04d}",
            district_stated=f"District {step % 3 + 1}",
        )
        for step in range(0, (last - first).days, 3)
    ]
    return Incident.objects.bulk_create(rows)
