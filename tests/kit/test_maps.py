"""Maps: places lie where they are, and what cannot be shown is said."""

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from ceasefire.kit import maps
from ceasefire.kit.maps.drawing import length_words, round_length
from ceasefire.kit.maps.marks import MANY
from ceasefire.kit.maps.outlines import bands
from ceasefire.kit.maps.view import local_metres

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [maps.Kind("fatal", "Fatal", "diamond"), maps.Kind("injury", "Injury", "circle")]
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-75.2, 39.9], [-75.1, 39.9], [-75.1, 40.0], [-75.2, 40.0], [-75.2, 39.9]]],
}
HOLED = {
    "type": "Polygon",
    "coordinates": [
        *SQUARE["coordinates"],
        [[-75.16, 39.94], [-75.14, 39.94], [-75.14, 39.96], [-75.16, 39.96], [-75.16, 39.94]],
    ],
}


def drawn(points=(), boundaries=(("Square", SQUARE),), **more):
    words = {"title": "Map", "sentence": "What it shows."}
    return maps.draw(boundaries=list(boundaries), points=list(points), kinds=KINDS, **words, **more)


def elements(svg, role):
    return [e for e in ElementTree.fromstring(svg).iter() if role in e.get("class", "").split()]


def start(element):
    """Where the path of a mark begins: x of its middle, y near it."""
    return [float(n) for n in element.get("d")[1:].split("l")[0].split()]


def test_north_is_up_and_east_is_right():
    south_west = maps.Point(39.91, -75.19, "fatal")
    north_east = maps.Point(39.99, -75.11, "fatal")
    svg = drawn([south_west, north_east]).svg
    first, second = [start(e) for e in elements(svg, "kind-0") if not e.get("transform")]
    assert second[0] > first[0]
    assert second[1] < first[1]


def test_local_metres_are_metres():
    project = local_metres(40.0, -75.0)
    x, y = project(np.array([-75.0, -74.99]), np.array([40.01, 40.0]))
    assert y[0] == pytest.approx(1113, abs=3)
    assert x[1] == pytest.approx(853, abs=3)


def test_points_that_cannot_be_shown_are_counted_in_words_and_in_the_table():
    points = [
        maps.Point(39.95, -75.15, "fatal"),
        maps.Point(None, None, "fatal"),
        maps.Point(41.0, -70.0, "injury"),
    ]
    chart = drawn(points)
    assert "1 has no known place and is not shown." in chart.sentence
    assert "1 lies outside this map." in chart.sentence
    assert chart.rows == [["Fatal", 1, 1], ["Injury", 0, 1]]


def test_kinds_differ_in_shape_not_only_in_colour():
    points = [maps.Point(39.95, -75.15, key) for key in ("fatal", "injury")]
    svg = drawn(points, palette="print").svg
    shapes = {e.get("d")[-12:] for e in ElementTree.fromstring(svg).iter(f"{SVG}path")}
    assert len(shapes) > 2


def test_highlight_is_a_ring_of_its_radius_and_the_map_is_its_surroundings():
    here = maps.Highlight(39.95, -75.15, 400, "This shooting")
    chart = drawn([maps.Point(39.99, -75.11, "fatal")], highlight=here)
    ring = elements(chart.svg, "ring")[0]
    assert float(ring.get("r")) > 50
    assert chart.rows[0] == ["Fatal", 0, 1], "the far point is off this map"
    assert "400 m" in chart.svg


def test_many_points_are_one_path_a_kind():
    points = [maps.Point(39.95, -75.15, "injury", href="/x")] * (MANY + 1)
    svg = drawn(points).svg
    assert len(elements(svg, "many")) == 1
    assert not list(ElementTree.fromstring(svg).iter(f"{SVG}a"))


def test_hole_in_an_area_stays_a_hole():
    d = elements(drawn(boundaries=[("Holed", HOLED)]).svg, "land")[0].get("d")
    assert d.count("M") == 2


def test_bands_of_density_hold_each_cell_once():
    values = np.array([[0.0, 0.3], [0.6, 0.9]])
    density = maps.Density(0, 0, 100, values, [(0.2, "low"), (0.5, "high")])
    low, high = bands(density)
    assert (low.area, high.area) == (10_000, 20_000)
    assert low.bounds == (100, 0, 200, 100), "rows run from south to north"


def test_point_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind it was not told of"):
        drawn([maps.Point(39.95, -75.15, "other")])


def test_map_without_anything_to_draw_is_refused():
    with pytest.raises(ValueError, match="nothing to draw"):
        drawn(boundaries=[])


@pytest.mark.parametrize(("longest", "length"), [(999, 500), (1000, 1000), (4900, 2000), (7, 5)])
def test_scale_bar_is_a_round_length(longest, length):
    assert round_length(longest) == length


def test_lengths_are_said_in_metres_and_kilometres():
    assert length_words(500) == "500 m"
    assert length_words(2000) == "2 km"


def test_data_for_the_movable_map_hold_the_known_places_only():
    points = [maps.Point(39.95, -75.15, "fatal", "R-1", "/1"), maps.Point(None, None, "fatal")]
    data = json.loads(json.dumps(maps.points_geojson(points, KINDS)))
    (feature,) = data["features"]
    assert feature["geometry"]["coordinates"] == [-75.15, 39.95]
    assert feature["properties"]["label"] == "Fatal"


def test_map_of_a_real_city_stays_small(shared_data):
    path = shared_data / "portland_boundaries" / "Neighborhoods_(Regions).geojson"
    features = json.loads(path.read_text())["features"]
    areas = [(f["properties"]["NAME"], f["geometry"]) for f in features]
    chart = drawn(boundaries=areas)
    assert len(elements(chart.svg, "land")) > 90
    assert len(chart.svg) + len(chart.narrow) < 150_000
