"""Studies of four cities from the open data at hand, each by one command.

`python -m tests.studies portland|new_york|philadelphia|demo --out DIR` sets the city up in an empty
home below DIR, loads its file, builds the study and writes its files: the whole way that an analyst
goes. The data is looked for where CEASEFIRE_SHARED_DATA says; the demo city makes its own.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

START = Path(__file__).resolve().parents[1] / "ceasefire"


@dataclass(frozen=True)
class City:
    """name, time_zone, epsg: as `./ceasefire city` takes them. layers: option to file. file: the
    city's publication. starts, ends: the days of the study."""

    name: str
    time_zone: str
    epsg: int
    layers: dict[str, str]
    file: str
    starts: str
    ends: str


CITIES = {
    "portland": City(
        "Portland", "America/Los_Angeles", 2913,
        {"--neighbourhoods": "portland_boundaries/Neighborhoods_(Regions).geojson"},
        "portland_ppb_shootings/Shootings.csv", "2019-01-01", "2021-03-31",
    ),
    "new_york": City(
        "New York", "America/New_York", 2263,
        {"--districts": "nyc_boundaries/Police Precincts.geojson"},
        "nyc_shootings/NYPD_Shooting_Incident_Data__Historic_.csv", "2006-01-01", "2018-12-31",
    ),
    "philadelphia": City(
        "Philadelphia", "America/New_York", 2272,
        {"--districts": "philadelphia_boundaries/police_districts.geojson",
         "--neighbourhoods": "philadelphia_boundaries/neighborhoods.geojson",
         "--limits": "philadelphia_boundaries/City_Limits.geojson"},
        "philadelphia_shootings/weekly/shootings_2023-08-02.csv.gz", "2015-01-01", "2023-06-30",
    ),
}  # fmt: skip
# The newest two years that the invented city has: its reviews are of shootings in them.
DEMO = ("2024-11-16", "2026-11-15")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("city", choices=[*CITIES, "demo"])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    home = arguments.out / "home"
    if home.exists():
        parser.error(f"{home} is there already: give another --out, or remove it.")
    arguments.out.mkdir(parents=True, exist_ok=True)
    verbs = _demo() if arguments.city == "demo" else steps(CITIES[arguments.city])
    for step in verbs:
        begun = time.monotonic()
        if "build" in step:
            step = [*step, "--out", str(arguments.out)]
        subprocess.run([START, *step, "--home", home], check=True)
        print(f"{' '.join(step[:2])}: {time.monotonic() - begun:.1f} s", file=sys.stderr)


def steps(city: City) -> list[list[str]]:
    data = Path(os.environ.get("CEASEFIRE_SHARED_DATA", "../shared/data")).resolve()
    layers = [part for name, file in city.layers.items() for part in (name, str(data / file))]
    return [
        ["city", "--name", city.name, "--time-zone", city.time_zone, "--epsg", str(city.epsg),
         *layers],
        ["intake", "load", str(data / city.file), "--feed", "police", "--accept"],
        ["study", "build", "--from", city.starts, "--to", city.ends],
    ]  # fmt: skip


def _demo() -> list[list[str]]:
    starts, ends = DEMO
    return [
        ["demo", "--no-serve"],
        ["study", "build", "--from", starts, "--to", ends, "--as", "analyst",
         "--purpose", "problem_analysis.year:2026"],
    ]  # fmt: skip


if __name__ == "__main__":
    main()
