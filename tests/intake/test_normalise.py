"""Rows come out typed, in UTC and WGS 84; bad ones are refused or warned about, in plain words."""

from datetime import UTC, date, datetime

import pytest

from ceasefire.intake.mapping import Mapping, propose
from tests.intake.conftest import AS_OF


def rows(n: int = 30, **columns) -> list[dict]:
    """Plain rows; a column given as a list overrides the first rows, as a text all of them."""
    base = [
        {
            "Incident Number": f"19-{number:05d}",
            "Occurred Date": f"{number % 12 + 1}/{number % 28 + 1}/2023",
            "Occurred Time": f"{number % 24:02d}:{number % 60:02d}",
            "Victim Age": str(18 + number),
            "Latitude": f"{39.1 + number / 1000:.6f}",
            "Longitude": f"{-84.5 - number / 1000:.6f}",
            "Fatal": "NY"[number % 2],
        }
        for number in range(n)
    ]
    for name, values in columns.items():
        name = name.replace("_", " ")
        for position, row in enumerate(base):
            if isinstance(values, str):
                row[name] = values
            elif position < len(values):
                row[name] = values[position]
            else:
                row.setdefault(name, "")
    return base


def test_a_row_comes_out_typed(normalise):
    held = normalise(rows()).columns
    first = {name: values[1] for name, values in held.items()}
    assert first["incident_number"] == "19-00001"
    assert first["occurred_on"] == date(2023, 2, 2)
    assert first["occurred_from"] == datetime(2023, 2, 2, 6, 1, tzinfo=UTC)
    assert first["occurred_to"] == datetime(2023, 2, 2, 6, 2, tzinfo=UTC)
    assert first["occurred_precision"] == "minute"
    assert (first["age"], first["age_low"], first["age_high"]) == (19, 19, 19)
    assert first["fatal"] is True
    assert (first["latitude"], first["longitude"]) == (39.101, -84.501)
    assert first["weapon"] is None


def test_a_day_without_a_time_is_the_whole_local_day(normalise):
    held = normalise(rows(Occurred_Date="3/12/2023", Occurred_Time=["", "(null)", "12:00"])).columns
    # the clocks go forward on this day, so that it has 23 hours
    assert held["occurred_from"][0] == datetime(2023, 3, 12, 5, tzinfo=UTC)
    assert held["occurred_to"][0] == datetime(2023, 3, 13, 4, tzinfo=UTC)
    assert held["occurred_precision"][:3] == ["day", "day", "minute"]
    assert held["occurred_from"][2] == datetime(2023, 3, 12, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Occurred_Date", "4/5/1899", "before 1950"),
        ("Occurred_Date", "7/1/2024", "after 2024-06-30"),
        ("Occurred_Date", "2/30/2023", "not a date"),
        ("Occurred_Time", "25:10", "not a time of day"),
        ("Victim_Age", "300", "nobody is 300 years old"),
        ("Latitude", "-33.9", "km from the middle"),
        ("Latitude", "139.1", "not on the globe"),
    ],
)
def test_an_impossible_value_refuses_its_row_and_names_the_column(normalise, column, value, words):
    good = [row[column.replace("_", " ")] for row in rows()]
    got = normalise(rows(**{column: [*good[:4], value, *good[5:]]}))
    assert len(got.row_numbers) == 29
    assert [fault.row for fault in got.faults] == [got.row_numbers[3] + 1]
    assert got.faults[0].column == column.replace("_", " ")
    assert words in got.faults[0].reason
    assert got.faults[0].remedy


def test_a_slip_in_a_band_is_left_empty_and_the_row_stands(normalise):
    bands = ["<18", "18-24", "25-44", "45-64", "65+", "UNKNOWN"] * 5
    plain = [row | {"Victim Age": band} for row, band in zip(rows(), bands, strict=True)]
    plain[7]["Victim Age"] = "1022"
    got = normalise(plain)
    assert len(got.row_numbers) == 30
    assert got.faults == []
    assert ['"1022"' in warning.reason for warning in got.warnings] == [True]
    assert got.columns["age"][0] is None
    bounds = zip(got.columns["age_low"], got.columns["age_high"], strict=True)
    assert list(bounds)[:8] == [
        (0, 17), (18, 24), (25, 44), (45, 64), (65, None), (None, None), (0, 17), (None, None)
    ]  # fmt: skip


def test_zero_zero_is_a_missing_place_and_no_fault(normalise):
    got = normalise(rows(Latitude=["0", "0.0", ""], Longitude=["0", "0.0", ""]))
    assert got.columns["latitude"][:4].count(None) == 3
    assert got.columns["longitude"][:3] == [None, None, None]
    assert got.faults == got.warnings == []


def test_flags_in_mixed_spellings_of_one_column_mean_the_same(normalise):
    got = normalise(
        rows(Fatal=["Y", "true", "1", "t", "YES", "N", "false", "0", "f", "No", "(null)"])
    )
    assert got.columns["fatal"][:11] == [True] * 5 + [False] * 5 + [None]


def test_a_place_far_away_on_the_same_continent_is_kept_with_a_warning(normalise):
    got = normalise(rows(Latitude=["28.4197"], Longitude=["-81.5814"]))
    assert got.columns["latitude"][0] == 28.4197
    assert [w.remedy for w in got.warnings] == ["kept as stated"]


def test_a_row_that_no_person_wants_counted_is_left_out_and_told(normalise):
    got = normalise(rows(Offense=["SHOOTING", "BURGLARY"] * 15))
    assert (len(got.row_numbers), got.not_counted) == (15, 15)
    assert set(got.columns["offence"]) == {"SHOOTING"}
    everything = normalise(rows(Offense=["SHOOTING", "BURGLARY"] * 15), only_counted=False)
    assert len(everything.row_numbers) == 30


def test_a_moment_marked_as_universal_time_becomes_the_local_day(normalise):
    marked = [
        {"case_no": f"A{n}", "occurred_at": f"2023-07-{n % 28 + 1:02d}T{n % 24:02d}:05:00Z"}
        for n in range(40)
    ]
    got = normalise(marked).columns
    assert got["occurred_from"][2] == datetime(2023, 7, 3, 2, 5, tzinfo=UTC)
    assert got["occurred_on"][2] == date(2023, 7, 2)


def test_an_answer_that_marked_times_are_local_is_followed(write, normalise):
    marked = [
        {"case_no": f"A{n}", "occurred_at": f"2023-07-{n % 28 + 1:02d}T{n % 24:02d}:05:00Z"}
        for n in range(40)
    ]
    mapping = propose(write(marked), as_of=AS_OF).mapping.answered({"time_zone": "local"})
    got = normalise(marked, mapping=mapping).columns
    assert got["occurred_on"][2] == date(2023, 7, 3)
    assert got["occurred_from"][2] == datetime(2023, 7, 3, 6, 5, tzinfo=UTC)


def test_midnights_of_universal_time_only_mark_the_day(normalise):
    # a portal that stores local midnight as milliseconds of universal time, summer and winter
    stamps = [1_672_549_200_000 + n * 86_400_000 - (n > 75) * 3_600_000 for n in range(200)]
    got = normalise([{"id_no": f"B{n}", "incident_date": s} for n, s in enumerate(stamps)]).columns
    assert got["occurred_on"][0] == date(2023, 1, 1)
    assert got["occurred_on"][199] == date(2023, 7, 19)
    assert set(got["occurred_precision"]) == {"day"}


def test_keys_do_not_depend_on_how_a_publication_writes_its_values(normalise):
    plain = [
        {
            "objectid": 100 + n,
            "dc_key": f"2021{n:05d}",
            "date_": f"2021-08-{n % 28 + 1:02d}",
            "time": f"{n % 24:02d}:15:00",
            "age": 20 + n,
            "sex": "M",
            "race": "B",
            "wound": "Back",
            "code": "0411",
            "fatal": n % 2,
        }
        for n in range(30)
    ]
    other = [
        row
        | {"objectid": 999 - n, "dc_key": row["dc_key"] + ".0", "code": "411", "wound": "BACK"}
        | {"date_": row["date_"] + " 00:00:00+00", "age": f"{row['age']}.0", "sex": "Male"}
        | {"fatal": "NY"[row["fatal"]]}
        for n, row in enumerate(plain)
    ]
    first, second = normalise(plain).columns, normalise(other).columns
    for key in ("content_key", "incident_key", "rest_key"):
        assert first[key] == second[key]
        assert len(first[key][0]) == 32
    assert len(set(first["content_key"])) == 30


def test_a_changed_fact_changes_the_rest_and_not_the_identity(normalise):
    before = normalise(rows(Weapon="HANDGUN")).columns
    after = normalise(rows(Weapon=["RIFLE"] + ["HANDGUN"] * 29)).columns
    assert before["content_key"] == after["content_key"]
    assert before["rest_key"][0] != after["rest_key"][0]
    assert before["rest_key"][1:] == after["rest_key"][1:]


def test_yes_and_one_are_not_confused_by_a_shared_cache(normalise):
    # True and 1 are the same key of a dictionary: fatal and officer involved beside age 1
    one = normalise(rows(Victim_Age=["1", "31"], Officer_Involved="Y")).columns
    two = normalise(rows(Victim_Age=["31", "1"], Officer_Involved="Y")[::-1]).columns
    assert set(one["rest_key"][2:]) == set(two["rest_key"][:-2])


def test_rows_without_an_incident_number_share_an_incident_by_date_time_and_place(normalise):
    people = [
        {"date": "2023-05-01", "time": "20:15", "location": "100 Elm St", "sex": "M", "age": 20},
        {"date": "2023-05-01", "time": "20:15", "location": "100 ELM  ST", "sex": "F", "age": 30},
        {"date": "2023-05-01", "time": "20:16", "location": "100 Elm St", "sex": "M", "age": 40},
        {"date": "2023-05-13", "time": "20:15", "location": "", "sex": "M", "age": 41},
        {"date": "2023-05-13", "time": "20:15", "location": "", "sex": "M", "age": 42},
    ]
    keys = normalise(people).columns["incident_key"]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4


def test_a_mapping_survives_being_saved(write):
    mapping = propose(write(rows()), as_of=AS_OF).mapping
    assert Mapping.from_json(mapping.as_json()) == mapping
    with pytest.raises(ValueError, match="version 99"):
        Mapping.from_json(mapping.as_json() | {"version": 99})


def test_a_column_that_a_later_file_lacks_is_unknown_in_it(write, normalise):
    mapping = propose(write(rows(Weapon="HANDGUN")), as_of=AS_OF).mapping
    got = normalise(rows(), mapping=mapping)
    assert set(got.columns["weapon"]) == {None}
    assert len(got.row_numbers) == 30


def test_places_come_from_projected_coordinates_where_degrees_are_blank(normalise):
    projection = pytest.importorskip("ceasefire.kit.projection")
    from pyproj import Transformer

    assert projection
    feet = Transformer.from_crs(4326, 3735, always_xy=True)
    projected = []
    for row in rows(60):
        x, y = feet.transform(float(row["Longitude"]), float(row["Latitude"]))
        projected.append(row | {"X_COORD": f"{x:.2f}", "Y_COORD": f"{y:.2f}"})
    for row in projected[:5]:
        row["Latitude"] = row["Longitude"] = ""
    got = normalise(projected).columns
    assert got["place_from"][4:6] == ["x y", "degrees"]
    assert got["latitude"][4] == pytest.approx(39.104, abs=1e-4)
    assert got["longitude"][4] == pytest.approx(-84.504, abs=1e-4)
