"""Boundary files: any projection, broken rings, the right names, points in areas."""

import json
import shutil
import zipfile

import numpy as np
import pandas as pd
import pytest
import shapefile
import shapely
from pyproj import CRS, Transformer

from ceasefire.kit.boundaries import load_layer
from ceasefire.kit.readers import FileFault

CITY = (-122.65, 45.52)


def square(west, south, size=0.01):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def geojson(folder, areas, crs=None, name="areas.geojson"):
    """`areas`: pairs of properties and geometry."""
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in areas]
    collection = {"type": "FeatureCollection", "features": features}
    if crs:
        collection = {"type": "FeatureCollection", "crs": crs, "features": features}
    path = folder / name
    path.write_text(json.dumps(collection))
    return path


def projected(ring, epsg):
    x, y = Transformer.from_crs(4326, epsg, always_xy=True).transform(*zip(*ring, strict=True))
    return list(map(list, zip(x, y, strict=True)))


@pytest.fixture
def four(tmp_path):
    """North and south, a park within the north, and a bow tie."""
    bow_tie = [[-122.5, 45.5], [-122.49, 45.51], [-122.49, 45.5], [-122.5, 45.51], [-122.5, 45.5]]
    areas = [
        ("South", polygon(square(-122.66, 45.50))),
        ("North", polygon(square(-122.66, 45.51))),
        ("Park", polygon(square(-122.656, 45.514, 0.002))),
        ("Bow tie", polygon(bow_tie)),
    ]
    return load_layer(
        geojson(tmp_path, [({"OBJECTID": i, "NAME": n}, g) for i, (n, g) in enumerate(areas)])
    )


def test_points_get_the_name_of_their_area_and_none_outside(four):
    lon = np.array([-122.655, -122.651, -122.655, -122.7, np.nan])
    lat = np.array([45.505, 45.511, 45.515, 45.505, 45.505])
    assert four.find(lon, lat).tolist() == ["South", "North", "Park", None, None]


def test_a_shared_place_counts_in_the_smallest_area_and_is_reported(four):
    shared = [finding for finding in four.report if "shared" in finding.wrong]
    assert [(f.name, f.wrong) for f in shared] == [("Park", "100% of it is shared with North")]
    assert "Park, the smaller" in shared[0].done


def test_of_two_areas_of_one_size_the_first_in_the_file_has_a_shared_point(tmp_path):
    areas = [({"name": n}, polygon(square(-122.66, 45.5))) for n in ("first", "second")]
    layer = load_layer(geojson(tmp_path, areas))
    assert layer.find(np.array([-122.655]), np.array([45.505])).tolist() == ["first"]


def test_broken_rings_are_repaired_and_reported(four):
    repairs = [finding for finding in four.report if "repaired" in finding.done]
    assert [finding.name for finding in repairs] == ["Bow tie"]
    assert "Self-intersection" in repairs[0].wrong
    assert all(feature.geometry.is_valid for feature in four.features)


def test_shapes_that_are_no_areas_are_left_out_and_reported(tmp_path):
    line = {"type": "LineString", "coordinates": square(-122.6, 45.5)}
    areas = [
        ({"name": "good"}, polygon(square(-122.66, 45.5))),
        ({"name": "none"}, None),
        ({"name": "line"}, line),
        ({"name": "broken"}, {"type": "Polygon", "coordinates": [["x"]]}),
    ]
    layer = load_layer(geojson(tmp_path, areas))
    assert [feature.name for feature in layer.features] == ["good"]
    assert [f.name for f in layer.report if f.done == "left out"] == ["none", "line", "broken"]


def test_a_nameless_area_is_named_by_its_position_and_reported(tmp_path):
    areas = [
        ({"beat": b}, polygon(square(-122.66 + i / 10, 45.5)))
        for i, b in enumerate((11.0, None, 13.0))
    ]
    layer = load_layer(geojson(tmp_path, areas))
    assert [feature.name for feature in layer.features] == ["11", "Area 2", "13"]


def test_the_property_of_names_is_guessed_by_its_heading_and_can_be_chosen(tmp_path):
    areas = [
        (
            {"OBJECTID": i, "shape_area": i * 1.5, "DIST_NUM": i + 7, "side": "east"},
            polygon(square(i / 10, 1)),
        )
        for i in range(4)
    ]
    path = geojson(tmp_path, areas)
    assert load_layer(path).name_property == "DIST_NUM"
    assert load_layer(path, name_property="OBJECTID").features[3].name == "3"
    with pytest.raises(FileFault, match="no property beat; name one of: OBJECTID, shape_area"):
        load_layer(path, name_property="beat")


def test_a_geojson_in_another_projection_says_so_and_is_brought_to_degrees(tmp_path):
    ring = square(-122.66, 45.5)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2913"}}
    layer = load_layer(geojson(tmp_path, [({"name": "a"}, polygon(projected(ring, 2913)))], crs))
    corners = shapely.get_coordinates(layer.features[0].geometry)
    np.testing.assert_allclose(corners, ring, atol=1e-7)


def shapefile_of(folder, epsg=None, prj=True, extent=0.2):
    """Two areas side by side, in a shapefile of its parts."""
    path = folder / "beats.shp"
    with shapefile.Writer(str(path)) as writer:
        writer.field("BEAT", "C", 10)
        for i in range(2):
            ring = square(CITY[0] + i * extent / 2, CITY[1], extent / 2)
            writer.poly([projected(ring, epsg or 4326)])
            writer.record(f"Beat {i + 1}")
    if prj:
        (folder / "beats.prj").write_text(CRS.from_epsg(epsg or 4326).to_wkt("WKT1_ESRI"))
    return path


@pytest.mark.parametrize("epsg", [4326, 2269, 26910, 3857])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_shapefile_is_read_from_its_parts_or_a_zip_in_any_projection(tmp_path, epsg, zipped):
    path = shapefile_of(tmp_path, epsg)
    if zipped:
        archive = tmp_path / "beats.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for part in tmp_path.glob("beats.???"):
                if part.suffix != ".zip":
                    file.write(part, f"layer/{part.name}")
        path = archive
    layer = load_layer(path)
    assert [feature.name for feature in layer.features] == ["Beat 1", "Beat 2"]
    np.testing.assert_allclose(layer.bounds, (-122.65, 45.52, -122.45, 45.62), atol=1e-6)


def test_a_shapefile_without_a_projection_is_recognised_by_a_point_in_the_city(tmp_path):
    path = shapefile_of(tmp_path, 2269, prj=False)
    with pytest.raises(FileFault, match=r"pass crs.*2269 \(NAD83 / Oregon North \(ft\)\)"):
        load_layer(path)
    for known in ({"hint": CITY}, {"crs": 2269}):
        layer = load_layer(path, **known)
        np.testing.assert_allclose(layer.bounds, (-122.65, 45.52, -122.45, 45.62), atol=1e-6)


def test_a_shapefile_without_its_names_is_refused_with_the_remedy(tmp_path):
    path = shapefile_of(tmp_path)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(FileFault, match=r"part .dbf is missing; send all parts in a zip"):
        load_layer(path)


def test_damaged_and_dangerous_boundary_files_are_faults(tmp_path):
    cut = shapefile_of(tmp_path)
    cut.write_bytes(cut.read_bytes()[:150])
    deep = tmp_path / "deep.geojson"
    deep.write_text('{"type":"FeatureCollection","features":[' + "[" * 10_000 + "]" * 10_000 + "]}")
    unsafe = tmp_path / "unsafe.zip"
    with zipfile.ZipFile(unsafe, "w") as file:
        file.writestr("../beats.shp", b"")
    half = geojson(tmp_path, [({"name": "a"}, polygon(square(0, 0)))], name="half.geojson")
    half.write_text(half.read_text()[:-30])
    for path in (cut, deep, unsafe, half, tmp_path / "absent.geojson", tmp_path / "absent.shp"):
        with pytest.raises(FileFault, match=path.name):
            load_layer(path)


def test_simplified_areas_have_fewer_corners_and_no_gap_between_neighbours(tmp_path):
    wave = [[-122.65 + 0.0004 * np.sin(i), 45.50 + i * 0.0001] for i in range(101)]
    left = [[-122.66, 45.50], *wave, [-122.66, 45.51], [-122.66, 45.50]]
    right = [[-122.64, 45.50], [-122.64, 45.51], *wave[::-1], [-122.64, 45.50]]
    layer = load_layer(
        geojson(tmp_path, [({"name": "l"}, polygon(left)), ({"name": "r"}, polygon(right))])
    )
    simple = layer.simplified(100, 2269)
    before, after = ([f.geometry for f in x.features] for x in (layer, simple))
    assert shapely.get_num_coordinates(after).sum() < shapely.get_num_coordinates(before).sum() / 4
    assert shapely.union_all(after).area == pytest.approx(sum(g.area for g in after), rel=1e-9)


def test_a_layer_written_as_geojson_is_the_same_layer_when_read(four, tmp_path):
    path = tmp_path / "again.geojson"
    path.write_text(json.dumps(four.to_geojson()))
    again = load_layer(path)
    assert [f.name for f in again.features] == [f.name for f in four.features]
    for one, other in zip(four.features, again.features, strict=True):
        assert one.geometry.hausdorff_distance(other.geometry) < 2e-6


def places(path, *columns):
    """Rows of a file, and its columns as numbers; NaN where there is none."""
    rows = pd.read_csv(path, dtype=str)
    return rows, *(pd.to_numeric(rows[c], errors="coerce").to_numpy() for c in columns)


def test_real_chicago_areas_without_a_projection_hold_2880_of_2890_homicides(shared_data):
    layer = load_layer(shared_data / "chicago_boundaries/Chicago77.shp", hint=(-87.65, 41.85))
    homicides = shared_data / "chicago_tribune/homicides_geocode.csv"
    _, lon, lat = places(homicides, "LNG", "LAT")
    assert (len(layer.features), layer.name_property) == (77, "COMMUNITY")
    assert np.isfinite(lon).sum() == 2_890
    assert sum(name is not None for name in layer.find(lon, lat)) == 2_880


def test_real_new_york_precincts_agree_with_the_recorded_precinct(shared_data):
    layer = load_layer(shared_data / "nyc_boundaries/Police Precincts.geojson")
    path = shared_data / "nyc_shootings/nyc_shoot_2006_2023.csv.gz"
    rows, lon, lat = places(path, "Longitude", "Latitude")
    found = layer.find(lon, lat)
    agree = (found == rows["PRECINCT"].to_numpy(dtype=object))[lon < 0]
    assert agree.mean() == pytest.approx(0.966, abs=0.002)


def test_real_baltimore_neighbourhoods_have_two_repaired_rings(shared_data):
    layer = load_layer(shared_data / "baltimore_boundaries/neighborhoods.geojson")
    assert len(layer.features) == 278
    assert [f.name for f in layer.report] == ["CANTON INDUSTRIAL AREA", "MID-GOVANS"]


def test_real_portland_neighbourhoods_overlap_and_every_point_has_one_name(shared_data):
    layer = load_layer(shared_data / "portland_boundaries/Neighborhoods_(Regions).geojson")
    assert (len(layer.features), layer.name_property) == (98, "NAME")
    assert "ALAMEDA" in {finding.name for finding in layer.report if "shared" in finding.wrong}
    rng = np.random.default_rng(7)
    west, south, east, north = layer.bounds
    lon, lat = rng.uniform(west, east, 2_000), rng.uniform(south, north, 2_000)
    expected = []
    for x, y in zip(lon, lat, strict=True):
        holding = [f for f in layer.features if f.geometry.intersects(shapely.Point(x, y))]
        smallest = min(holding, key=lambda f: f.geometry.area, default=None)
        expected.append(smallest and smallest.name)
    assert layer.find(lon, lat).tolist() == expected


@pytest.mark.parametrize(
    ("name", "count", "key"),
    [
        ("police_districts.geojson", 22, "police_district"),
        ("neighborhoods.geojson", 49, "neighborhood"),
        ("zip_codes.geojson", 48, "zip_code"),
        ("City_Limits.geojson", 1, None),
    ],
)
def test_real_philadelphia_layers_are_named_by_the_right_property(shared_data, name, count, key):
    layer = load_layer(shared_data / "philadelphia_boundaries" / name)
    assert (len(layer.features), layer.name_property) == (count, key)


def test_a_copied_shapefile_with_capital_suffixes_is_found(tmp_path):
    shapefile_of(tmp_path)
    for part in list(tmp_path.glob("beats.*")):
        shutil.move(part, part.with_suffix(part.suffix.upper()))
    assert len(load_layer(tmp_path / "beats.SHP").features) == 2
