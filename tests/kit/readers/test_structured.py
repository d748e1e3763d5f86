"""Excel, JSON, JSON lines, GeoJSON and Parquet: the same columns of text from each."""

import datetime as dt
import gzip
import json
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ceasefire.kit.readers import FileFault, open_table


def read(path, size=20_000):
    """The table, its row numbers, values by column and faults."""
    with open_table(path) as table:
        chunks = list(table.chunks(size))
        values = {name: [v for c in chunks for v in c.columns[name]] for name in table.columns}
        numbers = [n for chunk in chunks for n in chunk.row_numbers]
        return table, numbers, values, [fault for chunk in chunks for fault in chunk.faults]


def as_json(folder, value, name="rows.json"):
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


@pytest.fixture
def report(tmp_path):
    """A workbook as departments send them: a cover, a hidden sheet, titles above the table."""
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Rivermouth Police Department"])
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    for i in range(50):
        hidden.append([i, "old", "older", "oldest", "gone"])
    sheet = book.create_sheet("Data")
    sheet["B2"] = "Shootings by day"
    sheet.merge_cells("B2:E2")
    for column, name in zip("BCDE", ("case", "when", "hurt", "note"), strict=True):
        sheet[f"{column}4"] = name
    rows = [
        (101, dt.datetime(2024, 1, 2, 3, 57), 2.0, "A ST"),
        (102.5, dt.date(2024, 1, 3), True, None),
        None,
        (103, dt.time(3, 57), 1, "=HYPERLINK(1)"),
        (104, "2024-01-05", -122.6, " B ST "),
    ]
    for line, row in enumerate(rows, 5):
        for column, value in zip("BCDE", row or (), strict=False):
            sheet[f"{column}{line}"] = value
    sheet["E8"].data_type = "s"
    path = tmp_path / "report.xlsx"
    book.save(path)
    return path


def test_the_table_of_a_workbook_is_found_behind_cover_titles_and_hidden_sheets(report):
    table, numbers, _, faults = read(report)
    assert table.format == "excel"
    assert table.notes == ("sheet 'Data', header on row 4",)
    assert table.columns == ("case", "when", "hurt", "note")
    assert numbers == [5, 6, 9]
    assert [(fault.row, fault.column) for fault in faults] == [(8, "note")]


def test_excel_values_come_out_as_plain_text(report):
    _, _, values, _ = read(report)
    assert values["case"] == ["101", "102.5", "104"]
    assert values["when"] == ["2024-01-02T03:57:00", "2024-01-03", "2024-01-05"]
    assert values["hurt"] == ["2", "true", "-122.6"]
    assert values["note"] == ["A ST", None, "B ST"]


def test_a_formula_cell_of_a_workbook_gives_its_last_value(tmp_path):
    from tests.kit.readers import bad_files

    path = bad_files.workbook(tmp_path / "sums.xlsx")
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>hurt</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+2</f><v>3</v></c></row></sheetData></worksheet>'
    )
    bad_files.with_member(path, "xl/worksheets/sheet1.xml", sheet.encode())
    assert read(path)[2] == {"hurt": ["3"]}


def test_json_records_of_different_shapes_share_one_set_of_columns(tmp_path):
    text = '[{"a": 1, "b": "x"}, {"b": null, "c": 45.50}, 7, {"a": true, "c": {"d": [1]}}]'
    table, numbers, values, faults = read(as_json(tmp_path, text))
    assert table.format == "json"
    assert values == {
        "a": ["1", None, "true"],
        "b": ["x", None, None],
        "c": [None, "45.50", '{"d":[1]}'],
    }
    assert numbers == [1, 2, 4]
    assert [fault.row for fault in faults] == [3]


def test_json_lines_are_numbered_by_line_and_a_broken_line_is_a_row_fault(tmp_path):
    text = '{"a": 1}\n\n{"a": 2, "b": "y"}\n{"a": \n[1]\n{"b": "z"}\n'
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(text.encode()))
    table, numbers, values, faults = read(path)
    assert table.format == "jsonlines"
    assert numbers == [1, 3, 6]
    assert values == {"a": ["1", "2", None], "b": [None, "y", "z"]}
    assert [fault.row for fault in faults] == [4, 5]


def feature(properties, geometry):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_geojson_points_become_columns_beside_the_properties(tmp_path):
    point = {"type": "Point", "coordinates": [-122.6, 45.5, 10]}
    features = [feature({"a": "[{x"}, point), feature({"b": 2}, None), feature(None, point)]
    path = as_json(tmp_path, {"type": "FeatureCollection", "features": features})
    table, numbers, values, _ = read(path)
    assert table.format == "geojson"
    assert numbers == [1, 2, 3]
    assert values["geometry longitude"] == ["-122.6", None, "-122.6"]
    assert values["geometry latitude"] == ["45.5", None, "45.5"]
    assert values["a"] == ["[{x", None, None]


def test_brackets_and_escapes_within_texts_do_not_count_as_nesting(tmp_path):
    texts = ['[{"\\' * 60, "\\", '"', "[[[["] * 3
    _, _, values, _ = read(as_json(tmp_path, [{"a": text} for text in texts]))
    assert values["a"] == texts


def test_geojson_in_another_projection_is_refused(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2263"}}
    point = feature({}, {"type": "Point", "coordinates": [1e6, 2e5]})
    path = as_json(tmp_path, {"type": "FeatureCollection", "crs": crs, "features": [point]})
    with pytest.raises(FileFault, match="not longitude and latitude"):
        open_table(path)


def test_parquet_comes_out_as_text_with_times_in_iso_form(tmp_path):
    moment = dt.datetime(2024, 1, 2, 3, 57)
    columns = {
        "case": pa.array([1, None, 3]),
        "when": pa.array([moment, None, moment], pa.timestamp("ns")),
        "day": pa.array([moment.date()] * 3),
        "place": pa.array([45.5, 0.1, None]),
        "cost": pa.array([Decimal("1.50")] * 3),
        "fatal": pa.array([True, False, None]),
        "street": pa.array(["A ST", " B ", ""]).dictionary_encode(),
        "shape": pa.array([b"\1\2", None, None]),
    }
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=2)
    table, numbers, values, _ = read(path)
    assert table.format == "parquet"
    assert numbers == [1, 2, 3]
    assert table.notes == ("binary columns left out: shape",)
    assert values == {
        "case": ["1", None, "3"],
        "when": ["2024-01-02T03:57:00", None, "2024-01-02T03:57:00"],
        "day": ["2024-01-02"] * 3,
        "place": ["45.5", "0.1", None],
        "cost": ["1.50"] * 3,
        "fatal": ["true", "false", None],
        "street": ["A ST", "B", None],
    }


def test_a_nested_parquet_column_is_refused_by_name(tmp_path):
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"a": [1], "victims": [[1, 2]]}), path)
    with pytest.raises(FileFault, match="column victims: the column holds lists"):
        open_table(path)


@pytest.mark.parametrize("size", [1, 7, 5_000])
def test_chunks_of_a_child_process_have_the_size_asked_for(tmp_path, size):
    path = as_json(tmp_path, [{"a": i} for i in range(5_001)])
    with open_table(path) as table:
        lengths = [len(chunk) for chunk in table.chunks(size)]
    assert sum(lengths) == 5_001
    assert set(lengths[:-1]) == {size}


def test_real_json_exports_hold_as_many_rows_as_their_source_says(shared_data):
    folder = shared_data / "portland_nibrs"
    for year, rows in ((2019, 601), (2020, 730), (2021, 734), (2022, 795)):
        _, numbers, values, faults = read(folder / f"Weapon Law Violations-{year}.json")
        assert (len(numbers), faults) == (rows, [])
        assert values["OpenDataLat"][0].startswith("45.")


def test_real_csv_exports_hold_as_many_rows_as_their_source_says(shared_data):
    expected = {
        "nyc_shootings/NYPD_Shooting_Incident_Data__Historic_.csv": (20_659, 18),
        "nyc_shootings/nyc_shoot_2006_2023.csv.gz": (27_939, 20),
        "philadelphia_shootings/weekly/shootings_2021-06-07.csv.gz": (9_839, 25),
        "portland_nibrs/CrimeData-2023.csv": (10_144, 14),
        "portland_ppb_shootings/Shootings.csv": (1_553, 11),
        "chicago_tribune/homicides_geocode.csv": (2_911, 23),
        "baltimore_bpd/bpd_part1_shooting_murder_2015_2021.csv": (6_722, 16),
    }
    for name, (rows, columns) in expected.items():
        table, numbers, _, faults = read(shared_data / name)
        assert (len(numbers), len(table.columns), faults) == (rows, columns, []), name


def test_a_real_workbook_is_read_from_its_fullest_sheet(shared_data):
    table, _, values, _ = read(shared_data / "portland_boundaries/NhoodData_cleaned_v2.xlsx")
    assert table.notes == ("sheet '2020ACS', header on row 1",)
    assert values["POP10"][1] == "5214"
