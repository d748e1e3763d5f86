"""Proposals for layouts that nobody prepared for: unit, mapping and totals must be right."""

import csv

import pytest

from ceasefire.intake.preview import preview
from tests.intake.invented import shootings
from tests.intake.layouts import LAYOUTS, Layout
from tests.intake.more_layouts import MORE
from tests.intake.odd_layouts import ODD

ALL = [*LAYOUTS, *MORE, *ODD]


def write(layout: Layout, folder):
    """The layout's file, and the incidents in it."""
    incidents = shootings(lat=layout.lat, lon=layout.lon)
    path = folder / "shootings.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=layout.delimiter)
        writer.writerow(layout.columns)
        writer.writerows(rows(layout, incidents))
    return path, incidents


def rows(layout: Layout, incidents):
    for i in incidents:
        people = [(v,) for v in i.victims] if layout.unit == "victim" else [()]
        for person in people:
            yield [cell(i, *person) for cell in layout.columns.values()]


@pytest.fixture(params=ALL, ids=lambda layout: layout.name)
def case(request, tmp_path):
    path, incidents = write(request.param, tmp_path)
    return request.param, incidents, preview(path).as_dict()


def test_every_column_of_a_public_layout_is_mapped_as_a_person_would(case):
    layout, _, seen = case
    assert {name: seen["mapping"].get(name) for name in layout.means} == layout.means
    assert seen["unit"] == layout.unit
    assert not set(layout.never) & set(seen["mapping"].values())


def test_totals_of_a_public_layout_agree_with_the_file(case):
    layout, incidents, seen = case
    assert seen["rejected"] == 0
    assert seen["incidents"] == len(incidents)
    assert {name: seen[name] for name in expected_people(layout, incidents)} == expected_people(
        layout, incidents
    )
    assert seen["missing_place"] == expected_missing(layout, incidents)


def expected_people(layout: Layout, incidents) -> dict:
    if layout.unit == "incident":
        return {"victims": None, "fatal_victims": None, "injured_victims": None}
    victims = [v for i in incidents for v in i.victims]
    killed = sum(v.fatal for v in victims) if layout.knows_fatal else None
    hurt = None if killed is None else len(victims) - killed
    return {"victims": len(victims), "fatal_victims": killed, "injured_victims": hurt}


def expected_missing(layout: Layout, incidents) -> int:
    weigh = (lambda i: len(i.victims)) if layout.unit == "victim" else (lambda i: 1)
    placed = {"latitude", "point", "x"} & set(layout.means)
    return sum(weigh(i) for i in incidents if not (i.placed and placed))


def test_times_of_a_public_layout_are_as_precise_as_the_file(case):
    layout, incidents, seen = case
    assert seen["time_precision"] == layout.precision
    if not any(q["about"] == "time_zone" for q in seen["questions"]):
        assert seen["first_date"] == min(i.at for i in incidents).date().isoformat()
        assert seen["last_date"] == max(i.at for i in incidents).date().isoformat()


def test_columns_that_name_people_are_left_out_on_purpose(case):
    layout, _, seen = case
    assert set(layout.left_out) <= set(seen["left_out"])
    assert not set(seen["left_out"]) & set(seen["mapping"].values())
