"""The three publications differ exactly as the truth says."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest


@pytest.fixture(scope="module")
def editions(city, rows) -> list[list[dict[str, str]]]:
    return [rows(e["file"]) for e in city.facts["publications"]["editions"]]


def content(row: dict) -> tuple:
    """A row without its volatile id, as text."""
    return tuple(str(value) for name, value in row.items() if name != "OBJECTID")


@pytest.mark.parametrize("later", [1, 2])
def test_rows_that_came_and_went_are_those_of_the_truth(city, editions, later):
    before, after = (Counter(map(content, editions[i])) for i in (later - 1, later))
    delta = city.facts["publications"]["deltas"][later - 1]
    came = [*delta["added"], *(change["after"] for change in delta["changed"])]
    went = [*delta["vanished"], *(change["before"] for change in delta["changed"])]
    assert after - before == Counter(map(content, came))
    assert before - after == Counter(map(content, went))


def test_each_delta_has_added_changed_and_vanished_rows(city):
    for delta in city.facts["publications"]["deltas"]:
        assert delta["added"]
        assert delta["changed"]
        assert delta["vanished"]


def test_changed_rows_keep_their_incident_number_and_differ_in_the_named_fields_only(city):
    for delta in city.facts["publications"]["deltas"]:
        for change in delta["changed"]:
            before, after = change["before"], change["after"]
            assert before["INCIDENT_NO"] == after["INCIDENT_NO"] == change["number"]
            assert [name for name in after if before[name] != after[name]] == change["fields"]
            assert change["fields"]


def test_every_id_is_renumbered(editions):
    ids = [{content(row): row["OBJECTID"] for row in edition} for edition in editions]
    for before, after in pairwise(ids):
        assert all(after[row] != before[row] for row in before.keys() & after.keys())


def test_late_rows_are_among_those_added(city):
    """Some added rows are older than the week that the new edition brings."""
    facts = city.facts["publications"]
    for edition, delta in zip(facts["editions"][1:], facts["deltas"], strict=True):
        week = date.fromisoformat(edition["as_of"]) - timedelta(days=7)
        days = [row["OCC_DATE"].split("/") for row in delta["added"]]
        late = [d for m, day, y in days if (d := date(int(y), int(m), int(day))) < week]
        assert late


def test_the_last_publication_is_the_main_file(city, editions):
    last = city.folder / city.facts["publications"]["editions"][-1]["file"]
    assert last.read_bytes() == (city.folder / "rivermouth_police_shootings.csv").read_bytes()
    assert [len(e) for e in editions] == [e["rows"] for e in city.facts["publications"]["editions"]]


def test_no_publication_holds_a_shooting_of_its_own_monday_or_later(city, editions):
    for facts, edition in zip(city.facts["publications"]["editions"], editions, strict=True):
        monday = date.fromisoformat(facts["as_of"])
        assert monday.weekday() == 0
        days = (row["OCC_DATE"].split("/") for row in edition)
        assert max(date(int(y), int(m), int(d)) for m, d, y in days) < monday
