"""The packet of a real week, counted a second way from the city's own file."""

import csv
from datetime import date, datetime

import pytest

from ceasefire.registry.models import Incident
from ceasefire.shooting_review import answers
from tests.shooting_review.invented import MIDDLE_X, MIDDLE_Y, to_degrees


@pytest.fixture
def portland(shared_data, incident):
    """Portland's published incidents, put into the register without the intake."""
    with (shared_data / "portland_ppb_shootings" / "Shootings.csv").open() as file:
        published = list(csv.DictReader(file))
    rows = []
    for row in published:
        injured = row["Person Injury"] == "True"
        hurt = {"injured": injured, "victims": None if injured else 0, "killed": None}
        rows.append(
            incident(
                _day(row), _place(row), incident_number=row["Incident Number"],
                district_stated=row["Precinct"], **hurt,
            )
        )  # fmt: skip
    Incident.objects.bulk_create(rows)
    return published


def _day(row) -> date:
    return datetime.strptime(row["Occurence Date"], "%m/%d/%Y").date()


def _place(row):
    """Metres from the invented city's middle, so that the places lie as they do in Portland."""
    if row["Open Data Latitude"] == "0":
        return None
    degrees = float(row["Open Data Longitude"]), float(row["Open Data Latitude"])
    x, y = to_degrees().transform(*degrees, direction="INVERSE")
    return x - MIDDLE_X, y - MIDDLE_Y


def test_every_count_of_the_packet_agrees_with_the_file(portland, build):
    packet = build("2021-W12")
    answer = answers.as_json(packet)
    days = [_day(row) for row in portland]
    week = [row for row in portland if date(2021, 3, 22) <= _day(row) <= date(2021, 3, 28)]
    assert answer["incidents"] == len(week) == 25
    assert answer["victims"] is None
    assert answer["fatal_victims"] is None
    for row in answer["comparison"]:
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        assert row["count"] == sum(start <= day <= end for day in days)
    assert packet.clock.hours is None
    assert packet.notes.gaps[0].without_place == sum(_place(row) is None for row in week)


def test_the_years_that_portland_did_not_publish_are_absent(portland, build):
    packet = build("2021-W12")
    assert {missing.window.name for missing in packet.no_history} == {"same_week_2018"}
    assert [row.window.start.year for row in packet.to_date] == [2021, 2020, 2019]
