"""Where the real open data lie, and the data sets that several tests read."""

import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

FULL = os.environ.get("CEASEFIRE_FULL") == "1"


@pytest.fixture(scope="session")
def shared_data():
    """A function from a relative path to a file of open data; skips where it is absent."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("CEASEFIRE_SHARED_DATA", beside))

    def find(name):
        if not (folder / name).exists():
            pytest.skip(f"open data absent: {name} (set CEASEFIRE_SHARED_DATA)")
        return folder / name

    return find


@pytest.fixture(scope="session")
def seeds():
    """How many seeds a calibration runs: few every day, 2,000 when CEASEFIRE_FULL=1."""
    return 2_000 if FULL else 100


@pytest.fixture(scope="session")
def new_york(shared_data):
    """One row per shooting incident, 2006 to mid 2023: x, y (feet), day, year, precinct."""
    path = shared_data("nyc_shootings/nyc_shoot_2006_2023.csv.gz")
    rows = pd.read_csv(path).drop_duplicates("INCIDENT_KEY")
    date = pd.to_datetime(rows["OCCUR_DATE"], format="%m/%d/%Y")
    day = (date - pd.Timestamp("2006-01-01")).dt.days
    columns = {"x": rows["X_COORD_CD"], "y": rows["Y_COORD_CD"], "day": day.astype(float)}
    return pd.DataFrame(columns | {"year": date.dt.year, "precinct": rows["PRECINCT"]})


@pytest.fixture(scope="session")
def chicago_arson(shared_data):
    """x, y (metres), day of 522 fires that ship with a near-repeat calculator's own output."""
    path = shared_data("evaluation/near_repeat/chicago_arson.csv")
    rows = pd.read_csv(path, header=None, names=["x", "y", "date"], parse_dates=["date"])
    day = (rows["date"] - pd.Timestamp("2016-01-01")).dt.days
    return rows["x"].to_numpy(), rows["y"].to_numpy(), day.to_numpy(float)


@pytest.fixture(scope="session")
def burkitt():
    """x, y (kilometres), day of 188 cases of a lymphoma in Uganda, as libpysal carries them: read
    where that library is installed (`pip install --no-deps libpysal`), never imported."""
    found = find_spec("libpysal")
    if found is None:
        pytest.skip("open data absent: burkitt (pip install --no-deps libpysal)")
    shapefile = pytest.importorskip("shapefile")
    with shapefile.Reader(str(Path(found.origin).parent / "examples/burkitt/burkitt")) as cases:
        return np.array([[one["X"], one["Y"], one["T"]] for one in cases.records()], float).T


@pytest.fixture(scope="session")
def clustered():
    """A function (events, seed) to a clustered city's x, y in metres and whole days, all chance
    in time: places and days are drawn apart."""

    def draw(events, seed=0, days=730):
        chance = np.random.default_rng(seed)
        centre = chance.uniform(0, 6_000, (12, 2))[chance.integers(0, 12, events)]
        place = centre + chance.normal(0, 400, (events, 2))
        day = chance.integers(0, days, events).astype(float)
        return place[:, 0] + 350_000, place[:, 1] + 570_000, day

    return draw
