"""Recognising the projected system of x and y columns."""

import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

from ceasefire.kit.boundaries import load_layer
from ceasefire.kit.projection import detect, to_lon_lat

CITIES = {
    2263: (-73.95, 40.70),
    2272: (-75.16, 39.95),
    2269: (-122.67, 45.52),
    3435: (-87.65, 41.85),
    2248: (-76.61, 39.29),
    2229: (-118.25, 34.05),
    2227: (-122.27, 37.80),
    26985: (-76.61, 39.29),
    26771: (-87.65, 41.85),
    32618: (-75.16, 39.95),
    3857: (-90.07, 29.95),
}


def around(epsg, spread=0.08, rows=400):
    rng = np.random.default_rng(epsg)
    lon, lat = (centre + rng.uniform(-spread, spread, rows) for centre in CITIES[epsg])
    x, y = Transformer.from_crs(4326, epsg, always_xy=True).transform(lon, lat)
    return x, y, lon, lat


@pytest.mark.parametrize("epsg", CITIES)
def test_places_in_the_same_rows_name_the_system(epsg):
    x, y, lon, lat = around(epsg)
    found = detect(x, y, lon_lat_pairs=(lon, lat))
    assert found[0].median_error_m < 0.01
    # WGS 84 and NAD83 UTM are one system to within the error of any address.
    assert found[0].epsg in ({epsg, 26918} if epsg == 32618 else {epsg})


def test_a_third_of_wrong_or_missing_places_does_not_mislead():
    x, y, lon, lat = around(2263)
    x[:40], lat[40:60] = np.nan, 0
    lon[60:130] += 0.5
    assert detect(x, y, lon_lat_pairs=(lon, lat))[0].epsg == 2263


@pytest.mark.parametrize("epsg", [2263, 2272, 2269, 3435, 2248, 26985])
def test_a_point_in_the_city_is_enough_to_tell_zone_and_unit(epsg):
    x, y, *_ = around(epsg)
    found = detect(x, y, hint=CITIES[epsg])
    assert found[0].epsg == epsg
    assert found[0].share_inside == 1.0
    assert not found[0].ambiguous


def test_units_are_named():
    x, y, lon, lat = around(2269)
    assert detect(x, y, lon_lat_pairs=(lon, lat))[0].unit == "foot"
    x, y, lon, lat = around(2263)
    assert detect(x, y, lon_lat_pairs=(lon, lat))[0].unit == "US survey foot"


def test_without_any_help_the_candidates_are_many_and_marked_ambiguous():
    x, y, *_ = around(3435)
    found = detect(x, y)
    assert 3435 in {candidate.epsg for candidate in found}
    assert all(candidate.ambiguous for candidate in found)


def test_degrees_are_recognised_as_degrees():
    x, y = np.array([-122.6, -122.7]), np.array([45.5, 45.6])
    assert [candidate.epsg for candidate in detect(x, y)] == [4326]


def test_no_rows_and_impossible_places_give_no_candidate():
    assert detect(np.array([np.nan, 0]), np.array([1.0, 0])) == []
    x, y, lon, lat = around(2263)
    assert detect(x, y, lon_lat_pairs=(lon + 20, lat)) == []


def test_points_turn_back_into_degrees():
    x, y, lon, lat = around(2272)
    back = to_lon_lat(x, y, 2272)
    np.testing.assert_allclose(back, (lon, lat), atol=1e-9)


REAL = [
    (
        "nyc_shootings/NYPD_Shooting_Incident_Data__Historic_.csv",
        ("X_COORD_CD", "Y_COORD_CD", "Longitude", "Latitude"),
        2263,
        "nyc_boundaries/Police Precincts.geojson",
    ),
    (
        "philadelphia_shootings/weekly/shootings_2021-06-07.csv.gz",
        ("point_x", "point_y", "lng", "lat"),
        2272,
        "philadelphia_boundaries/police_districts.geojson",
    ),
    (
        "portland_nibrs/CrimeData-2023.csv",
        ("OpenDataX", "OpenDataY", "OpenDataLon", "OpenDataLat"),
        2269,
        "portland_boundaries/Neighborhoods_(Regions).geojson",
    ),
]


@pytest.mark.parametrize(("name", "columns", "epsg", "boundary"), REAL)
def test_real_cities_are_recognised_by_pairs_and_by_boundary(
    shared_data, name, columns, epsg, boundary
):
    path = shared_data / name
    rows = pd.read_csv(path, thousands=",", low_memory=False)
    x, y, lon, lat = (rows[column].to_numpy(dtype=float) for column in columns)
    by_pairs = detect(x, y, lon_lat_pairs=(lon, lat))
    assert by_pairs[0].epsg == epsg
    assert by_pairs[0].median_error_m < 1
    by_layer = detect(x, y, layer=load_layer(shared_data / boundary))
    assert by_layer[0].epsg == epsg
    assert by_layer[0].share_inside > 0.95
