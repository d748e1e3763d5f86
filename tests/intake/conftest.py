"""Small files for the tests of intake, and the rows that come out of them."""

import csv
from datetime import date

import pytest

from ceasefire.intake.mapping import propose
from ceasefire.intake.normalise import Normaliser
from ceasefire.kit.readers import open_table

AS_OF = date(2024, 6, 30)


@pytest.fixture
def write(tmp_path):
    """write(rows): a CSV of dictionaries; its path."""

    def to_file(rows: list[dict], name: str = "file.csv"):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return to_file


@pytest.fixture
def normalise(write):
    """normalise(rows): the Rows of a CSV of dictionaries under its proposed mapping."""

    def rows_of(rows: list[dict], *, mapping=None, zone: str = "America/New_York", **options):
        path = write(rows)
        mapping = mapping or propose(path, as_of=AS_OF).mapping
        normaliser = Normaliser(mapping, zone=zone, as_of=AS_OF, **options)
        with open_table(path) as table:
            return normaliser.chunk(next(iter(table.chunks())))

    return rows_of


@pytest.fixture
def rivermouth(transactional_db):
    """An invented city, set as an analyst would have had it set."""
    from ceasefire.access import identity
    from ceasefire.registry.services import city_set

    with identity.acting(identity.OPERATOR):
        return city_set(name="Rivermouth", time_zone="America/New_York", projected_system=2272)


@pytest.fixture
def desk(rivermouth, signed_in):
    """An analyst at the pages of a city that is set, with the worker to call."""
    from ceasefire.access.roles import Role
    from tests.intake.pages import Desk, empty_queue

    empty_queue()
    return Desk(signed_in(Role.ANALYST))


@pytest.fixture
def staged(desk):
    """Eight shootings, read and waiting for the decision."""
    desk.stage("Rivermouth shootings", desk.file(8))
    return desk


@pytest.fixture
def applied(staged):
    from ceasefire.access import identity
    from ceasefire.intake import services

    with identity.acting(staged.actor()):
        services.batch_apply(batch=staged.batch())
    return staged
