"""Small files about people, loaded through ordinary feeds into a city with two shootings."""

import csv
from datetime import UTC, date, datetime

import pytest

from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import purpose_state
from ceasefire.access.sealing import keyring
from ceasefire.access.services import agency_record
from ceasefire.intake import loading, services
from ceasefire.registry.matching.models import LinkagePair, LinkageRun
from ceasefire.registry.people.models import Person

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
INVOLVED = ("Case", "Role", "Person ID", "Last Name", "First Name", "DOB", "Sex", "Address")


@pytest.fixture(autouse=True)
def keys(rivermouth):
    """Records are known again by keyed hashes, and so is whom a reader declared."""
    for room in (Room.INVESTIGATIVE, Room.AGGREGATE):
        if not keyring.numbered(room):
            keyring.make(room)


@pytest.fixture
def shootings(shoot):
    return [
        shoot(date(2026, 1, day), incident_number=number)
        for day, number in ((3, "26-1"), (17, "26-2"))
    ]


@pytest.fixture
def bring(rivermouth, police_agency, tmp_path):
    """bring("arrests", header, rows): a file of that kind through its feed; its batch."""

    def load(kind, header, rows, *, as_of=AS_OF, agency=None, **options):
        agency = agency or police_agency
        feed = services.feed_open(name=f"{kind}-{agency.pk}", agency=agency, kind=kind)
        path = tmp_path / f"{kind}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
        batch = loading.load(path, feed=feed, as_of=as_of, **options)
        if kind != "ballistics":
            purpose_state(key=f"intake.batch:{batch.pk}")  # what the test looks at it for
        return batch

    return load


@pytest.fixture
def involve(bring, shootings):
    """involve(("26-1", "Victim", "P1", "Lopez", "Ann", "1990-05-01")): people in shootings."""

    def load(*rows, **options):
        whole = [[*row, *[""] * (len(INVOLVED) - len(row))] for row in rows]
        return bring("involvements", INVOLVED, whole, **options)

    return load


@pytest.fixture
def county(db):
    return agency_record(name="Harlow County Probation", kind="probation")


def ann(case="26-1", role="Victim", number="P1", **more):
    told = {"family": "Lopez", "given": "Ann", "born": "1990-05-01", "sex": "F",
            "address": "12 OAK ST"} | more  # fmt: skip
    return (case, role, number, *told.values())


def ben(case="26-2", role="Suspect", number="P2", **more):
    told = {"family": "Okafor", "given": "Ben", "born": "1988-11-23", "sex": "M",
            "address": "9 ELM AVE"} | more  # fmt: skip
    return (case, role, number, *told.values())


def only_person() -> Person:
    return Person.objects.get()


def ask(record, other=None, waiting=None, weight=2.0):
    """A pair that was found alike, and not alike enough."""
    run = LinkageRun.objects.create(
        engine="duckdb", joined_from=5, reviewed_from=0, compared=2, fresh=1
    )
    first, second = sorted((record, other), key=lambda one: one.pk) if other else (record, None)
    return LinkagePair.objects.create(
        run=run, record=first, other=second, waiting=waiting, match_weight=weight, outcome="asked",
        why={"before": -9.0, "fields": [
            {"field": "family", "level": "the same", "weight": 8.0, "rare": 1.5},
            {"field": "born", "level": "1 edit", "weight": 3.0, "rare": 0.0},
            {"field": "phone", "level": "missing", "weight": 0.0, "rare": 0.0},
        ]},
    )  # fmt: skip
