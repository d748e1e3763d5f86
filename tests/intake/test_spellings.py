"""The same file under any spelling of its headers, order of its columns, or way to write a date."""

import csv
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.intake.preview import preview
from tests.intake.invented import shootings
from tests.intake.layouts import band

INCIDENTS = shootings(seed=7, n=60)

# Each field: ways to name it, as words, and how a cell is written.
NAMES = {
    "incident_number": ["incident number", "case number", "event number", "incident id"],
    "occurred_date": ["occurred date", "incident date", "date occurred", "date of occurrence"],
    "occurred_time": ["occurred time", "incident time", "time occurred", "time"],
    "latitude": ["latitude", "lat"],
    "longitude": ["longitude", "lon"],
    "district": ["district", "police district", "precinct", "district name"],
    "neighbourhood": ["neighborhood", "neighbourhood name", "community area"],
    "address": ["address", "block address", "street address"],
}
PERSON = {
    "age": ["victim age", "age", "age of victim"],
    "sex": ["victim sex", "sex", "gender", "victim gender"],
    "race": ["victim race", "race"],
    "fatal": ["fatal", "fatal flag", "is fatal", "victim deceased"],
}
COUNTS = {
    "killed": ["victims killed", "number killed", "deaths", "killed"],
    "wounded": ["victims injured", "number injured", "injuries", "wounded"],
}
SHORT = {
    "incident": ["inc", "incid"],
    "number": ["num", "no", "nbr"],
    "occurred": ["occ", "occur"],
    "date": ["dt"],
    "victim": ["vic", "vict"],
    "neighborhood": ["nbhd", "nghbrhd"],
    "district": ["dist", "dstrct"],
    "address": ["addr"],
    "latitude": ["lat"],
    "longitude": ["lng", "long"],
}
DATES = [
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%b %d, %Y",
    "%Y%m%d",
    "%m/%d/%y",
    "%d-%b-%Y",
]
CLOCKS = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%H%M"]
STYLES = {
    "snake": "_".join,
    "upper": lambda words: "_".join(words).upper(),
    "camel": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "pascal": lambda words: "".join(word.title() for word in words),
    "spaced": lambda words: " ".join(words).title(),
    "joined": lambda words: "".join(words).upper(),
    "dashed": "-".join,
}


@st.composite
def spellings(draw, names: dict[str, list[str]]) -> dict[str, str]:
    style = STYLES[draw(st.sampled_from(sorted(STYLES)))]
    cut = draw(st.sampled_from([None, None, 10]))
    short = draw(st.booleans())
    headers: dict[str, str] = {}
    for name, ways in names.items():
        words = draw(st.sampled_from(ways)).split()
        if short:
            words = [draw(st.sampled_from(SHORT.get(word, [word]))) for word in words]
        header = style(words)[:cut].strip()
        headers[name] = header if header.lower() not in headers.values() else style(name.split("_"))
    return headers


def cells(i, day: str, clock: str) -> dict:
    return {
        "incident_number": f"19-{i.number:06d}",
        "occurred_date": f"{i.at:{day}}",
        "occurred_time": f"{i.at:{clock}}",
        "latitude": i.lat if i.placed else "",
        "longitude": i.lon if i.placed else "",
        "district": f"District {i.district}",
        "neighbourhood": i.hood,
        "address": i.address,
        "killed": i.killed,
        "wounded": i.wounded,
    }


def person(v, yes: str, no: str, banded: bool) -> dict:
    age = band(v.age) if banded else v.age
    return {"age": age, "sex": v.sex, "race": v.race, "fatal": yes if v.fatal else no}


def seen(headers: dict[str, str], rows: list[dict], order: list[str], delimiter: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(headers[name] for name in order)
            writer.writerows([row[name] for name in order] for row in rows)
        return preview(path).as_dict()


MODEST = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
formats = st.tuples(st.sampled_from(DATES), st.sampled_from(CLOCKS), st.sampled_from(",;\t|"))


@MODEST
@given(st.data(), spellings({**NAMES, **PERSON}), formats, st.booleans())
def test_a_file_of_victims_is_understood_however_its_headers_are_spelt(data, headers, how, banded):
    day, clock, delimiter = how
    order = data.draw(st.permutations(sorted(headers)))
    yes, no = data.draw(st.sampled_from(["YN", "10", ("true", "false"), ("Yes", "No")]))
    rows = [cells(i, day, clock) | person(v, yes, no, banded) for i in INCIDENTS for v in i.victims]
    got = seen(headers, rows, order, delimiter)
    expected = dict(headers)
    if banded:
        expected["age_band"] = expected.pop("age")
    assert {name: got["mapping"].get(name) for name in expected} == expected
    assert got["unit"] == "victim"
    assert (got["incidents"], got["victims"]) == (len(INCIDENTS), len(rows))
    assert got["fatal_victims"] == sum(i.killed for i in INCIDENTS)
    assert got["first_date"] == INCIDENTS[0].at.date().isoformat()
    assert got["last_date"] == INCIDENTS[-1].at.date().isoformat()
    assert got["rejected"] == 0


@MODEST
@given(st.data(), spellings({**NAMES, **COUNTS}), formats)
def test_a_file_of_events_with_counts_is_understood_however_its_headers_are_spelt(
    data, headers, how
):
    day, clock, delimiter = how
    order = data.draw(st.permutations(sorted(headers)))
    rows = [cells(i, day, clock) for i in INCIDENTS]
    got = seen(headers, rows, order, delimiter)
    assert {name: got["mapping"].get(name) for name in headers} == headers
    assert got["unit"] == "event"
    assert got["fatal_victims"] == sum(i.killed for i in INCIDENTS)
    assert got["injured_victims"] == sum(i.wounded for i in INCIDENTS)
    assert got["missing_place"] == sum(not i.placed for i in INCIDENTS)


@MODEST
@given(st.data(), spellings(NAMES), formats)
def test_a_file_of_incidents_claims_no_victims(data, headers, how):
    day, clock, delimiter = how
    order = data.draw(st.permutations(sorted(headers)))
    got = seen(headers, [cells(i, day, clock) for i in INCIDENTS], order, delimiter)
    assert {name: got["mapping"].get(name) for name in headers} == headers
    assert got["unit"] == "incident"
    assert got["incidents"] == len(INCIDENTS)
    assert got["victims"] is got["fatal_victims"] is got["injured_victims"] is None
