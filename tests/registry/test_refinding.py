"""A boundary file that comes after the first shootings still says where they happened."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ceasefire.registry.models import Incident
from ceasefire.registry.refinding import places_refind
from ceasefire.registry.services import city_set, layer_load

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def shooting(agency, **facts):
    return Incident.objects.create(
        agency=agency, incident_key=uuid4(), occurred_precision="day", first_known=NOW,
        last_changed=NOW, **facts,
    )  # fmt: skip


def square(west, south):
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[west + x, south + y] for x, y in corners]]}


def test_places_are_found_again_in_a_new_layer(operator, police_agency, tmp_path):
    city_set(name="R", time_zone="America/Chicago", projected_system=32615)
    inside = shooting(police_agency, latitude=29.5, longitude=-92.5)
    nowhere = shooting(police_agency)
    path = tmp_path / "districts.geojson"
    feature = {"type": "Feature", "properties": {"name": "East"}, "geometry": square(-93, 29)}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    layer_load(kind="district", path=path, name_property="name")
    assert places_refind() == 1
    inside.refresh_from_db()
    nowhere.refresh_from_db()
    assert (inside.district_found, inside.in_city, nowhere.in_city) == ("East", True, None)
    assert inside.x_m == pytest.approx(548_451, abs=50)
