"""A small invented city whose shootings are placed by hand, or printed by its police."""

import csv
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from ceasefire.intake import loading, services
from ceasefire.registry.models import Incident
from ceasefire.registry.services import city_set
from tests.shooting_review.invented import EPSG, ZONE, facts

FIRST_LOAD = datetime(2018, 1, 1, tzinfo=UTC)
FIRST_FILE = datetime(2026, 1, 5, tzinfo=UTC)
HEADER = (
    "Incident Number", "Date", "Time", "Block", "Latitude", "Longitude", "Age", "Sex", "Fatal",
)  # fmt: skip
HERE = ("45.51", "-122.7")


@pytest.fixture
def rivermouth(db, operator):
    """The city's settings; what a test does itself is done by the operator."""
    return city_set(name="Rivermouth", time_zone=str(ZONE), projected_system=EPSG)


@pytest.fixture
def feed(rivermouth, police_agency):
    return services.feed_open(name="rivermouth", title="Rivermouth feed", agency=police_agency)


@pytest.fixture
def shoot(feed):
    """Put one shooting into the register: shoot(date, (east, north), incident_number="R-1")."""

    def record(day, at=None, **more):
        row = {"first_known": FIRST_LOAD, "last_changed": FIRST_LOAD}
        row |= {"agency": feed.agency, "feed": feed, "incident_key": uuid.uuid4()}
        made = Incident.objects.create(**row | facts(day or date(2026, 1, 1), at) | more)
        made.refresh_from_db()
        return made

    return record


def victim(
    number, *, age=25, day=3, sex="M", fatal="N", block="100 OAK ST", at=("45.51", "-122.7")
):
    """One row of the police file, about one person hit."""
    return [f"26-{number:04d}", f"1/{day}/2026", "21:15", block, *at, age, sex, fatal]


def others():
    """Rows that make the layout plain, far from the ones that a test is about."""
    far = ("45.40", "-122.5")
    rows = [
        victim(9000 + n, age=20 + n, day=1 + n % 3, fatal="Y" if n == 3 else "N", at=far)
        for n in range(8)
    ]
    return [*rows, victim(9000, age=44, at=far)]


@pytest.fixture
def publish(feed, tmp_path):
    """publish([rows]) loads them as the feed's next weekly publication."""
    published = []

    def load(rows):
        path = tmp_path / f"publication-{len(published)}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *others(), *rows])
        as_of = FIRST_FILE + timedelta(days=7 * len(published))
        published.append(path)
        return loading.load(path, feed=feed, as_of=as_of)

    return load


@pytest.fixture
def printed(publish):
    """A shooting that the police have printed: printed(victim(1))."""

    def load(*rows):
        publish(list(rows))
        return Incident.objects.get(incident_number=rows[0][0])

    return load
