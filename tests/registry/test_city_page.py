"""What the installation takes for granted about its city, for everyone who signs in."""

import json
from datetime import date

import pytest

from ceasefire.access.roles import Role
from ceasefire.registry.services import city_set, definition_set, layer_load

BOW = [[-122.7, 45.5], [-122.6, 45.6], [-122.6, 45.5], [-122.7, 45.6], [-122.7, 45.5]]


@pytest.mark.parametrize("role", Role)
def test_everyone_who_signs_in_reads_the_citys_settings(role, signed_in, rivermouth):
    page = signed_in(role).get("/shootings/city/").content.decode()
    assert "Rivermouth" in page
    assert "America/Los_Angeles" in page
    assert "EPSG:32610" in page
    assert "Tuesday" in page


def test_definitions_say_from_when_and_layers_what_was_repaired(signed_in, rivermouth, tmp_path):
    definition_set(
        kind="verified_shooting",
        effective_from=date(2026, 2, 1),
        value={},
        words="A person was hit, or casings were found.",
    )
    path = tmp_path / "hoods.geojson"
    path.write_text(json.dumps(bow_tie()))
    layer_load(kind="neighbourhood", path=path)
    page = signed_in(Role.OUTREACH).get("/shootings/city/").content.decode()
    assert "A person was hit, or casings were found." in page
    assert "From 1 Feb 2026" in page
    assert "hoods.geojson" in page
    assert "Crossing" in page.split("What was wrong")[1]


def bow_tie() -> dict:
    shape = {"type": "Polygon", "coordinates": [BOW]}
    area = {"type": "Feature", "properties": {"name": "Crossing"}, "geometry": shape}
    return {"type": "FeatureCollection", "features": [area]}


def test_without_a_city_the_page_says_what_to_do(signed_in, db):
    assert b"The city is not set" in signed_in(Role.ANALYST).get("/shootings/city/").content


def test_the_menu_leads_a_reader_of_the_register_to_the_shootings(signed_in, rivermouth):
    city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32610)
    page = signed_in(Role.OFFICER).get("/").content.decode()
    assert 'href="/shootings/"' in page
