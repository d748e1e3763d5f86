"""Cities written once for all the tests of this folder."""

import csv
import json
from collections.abc import Callable

import pytest

from ceasefire.demo.city import Truth, generate


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Truth:
    """The default city: seed 2026, in which no planted effect is null."""
    return generate(tmp_path_factory.mktemp("city") / "rivermouth")


@pytest.fixture(scope="session")
def quiet_city(tmp_path_factory) -> Truth:
    """Seed 1, in which near repeats, retaliation and the programme's effect are all null."""
    return generate(tmp_path_factory.mktemp("quiet") / "rivermouth", seed=1)


@pytest.fixture(scope="session")
def double_city(tmp_path_factory) -> Truth:
    """The default city's seed at scale 2."""
    return generate(tmp_path_factory.mktemp("double") / "rivermouth", scale=2)


@pytest.fixture(scope="session")
def rows(city) -> Callable[[str], list[dict[str, str]]]:
    """Rows of one of the default city's CSV files."""

    def read(name: str) -> list[dict[str, str]]:
        with (city.folder / name).open(newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def loaded(city) -> Callable[[str], object]:
    """One of the default city's JSON files."""

    def read(name: str) -> object:
        return json.loads((city.folder / name).read_text(encoding="utf-8"))

    return read
