"""Previews of real files agree with what their sources say of them."""

import pytest

from ceasefire.intake.preview import preview

FACTS = {
    "portland_ppb_shootings/Shootings.csv": {
        "unit": "incident",
        "rows": 1553,
        "incidents": 1553,
        "victims": None,
        "fatal_victims": None,
        "injured_victims": None,
        "missing_place": 268,
        "time_precision": "day",
        "first_date": "2019-01-02",
        "last_date": "2021-03-31",
        "crs": 2269,
    },
    "nyc_shootings/NYPD_Shooting_Incident_Data__Historic_.csv": {
        "unit": "victim",
        "incidents": 16_255,
        "victims": 20_659,
        "fatal_victims": 3_944,
        "missing_place": 0,
        "time_precision": "minute",
        "first_date": "2006-01-01",
        "last_date": "2018-12-31",
        "crs": 2263,
    },
    "nyc_shootings/nyc_shoot_2006_2023.csv.gz": {
        "unit": "victim",
        "incidents": 21_903,
        "victims": 27_939,
        "fatal_victims": 5_419,
        "recovered_place": 41,
        "last_date": "2023-06-30",
    },
    "philadelphia_shootings/weekly/shootings_2021-06-07.csv.gz": {
        "unit": "victim",
        "incidents": 9_416,
        "victims": 9_839,
        "fatal_victims": 1_937,
        "missing_place": 155,
        "rejected": 0,
    },
    "philadelphia_shootings/weekly/shootings_2022-06-27.csv.gz": {
        "victims": 12_563,
        "missing_place": 2,
        "rejected": 0,
    },
    "philadelphia_shootings/weekly/shootings_2023-06-28.csv.gz": {
        "victims": 14_592,
        "missing_place": 547,
        "time_precision": "minute",
    },
    "philadelphia_shootings/weekly/shootings_2023-08-02.csv.gz": {
        "incidents": 13_380,
        "victims": 14_753,
    },
    "chicago_tribune/shootings_geocode_last365.csv": {
        "unit": "victim",
        "victims": 3_438,
        "fatal_victims": 594,
        "missing_place": 8,
        "first_date": "2017-02-10",
        "last_date": "2018-02-12",
    },
    "chicago_tribune/homicides_geocode.csv": {
        "unit": "victim",
        "victims": 2_911,
        "missing_place": 21,
        "left_out": {"NAME_FIRST": "a person's name", "NAME_LAST": "a person's name"},
    },
    "chicago_tribune/homicides.csv": {"incidents": 2_911, "victims": None},
    "baltimore_bpd/bpd_part1_shooting_murder_2015_2021.csv": {
        "rows": 6_722,
        "missing_place": 6_722,
        "undated": 152,
        "time_precision": "day",
        "first_date": "2015-01-01",
        "last_date": "2021-07-14",
    },
    "portland_nibrs/CrimeData-2023.csv": {
        "unit": "incident",
        "rows": 10_144,
        "incidents": 9_711,
        "missing_place": 862,
        "first_date": "1959-02-17",
        "time_precision": "minute",
        "crs": 2269,
    },
    "portland_nibrs/Weapon Law Violations-2019.json": {"rows": 601, "time_precision": "minute"},
}


@pytest.mark.parametrize("name", FACTS)
def test_the_preview_of_a_real_file_agrees_with_the_file(shared_data, name):
    path = shared_data / name
    if not path.exists():
        pytest.skip(f"{name} is absent")
    seen = preview(path).as_dict()
    assert {key: seen[key] for key in FACTS[name]} == FACTS[name]


def questions(seen: dict) -> dict:
    return {question["about"]: question for question in seen["questions"]}


def test_an_address_only_file_of_deaths_by_every_weapon_asks_which_weapons_count(shared_data):
    seen = preview(
        shared_data / "baltimore_bpd" / "bpd_part1_shooting_murder_2015_2021.csv"
    ).as_dict()
    asked = questions(seen)["weapons"]
    assert "Knife/Cutting Device" in asked["choices"]
    assert "Knife/Cutting Device" not in asked["default"]
    assert {"Auto Handgun", "(blank)"} <= set(asked["default"])


def test_a_file_of_all_offences_asks_which_of_them_count(shared_data):
    seen = preview(shared_data / "portland_nibrs" / "CrimeData-2023.csv").as_dict()
    asked = questions(seen)["offences"]
    assert "Aggravated Assault" in asked["default"]
    assert not {"Burglary", "Shoplifting", "Simple Assault"} & set(asked["default"])


PLAIN = [
    {
        "case": f"A-{n:04d}",
        "date": f"{n % 12 + 1}/{n % 11 + 1}/2023",
        "lat": 39 + n / 999,
        "lon": 84.5,
    }
    for n in range(40)
]


def test_days_that_never_pass_the_twelfth_are_asked_about(write):
    asked = questions(preview(write(PLAIN)).as_dict())["day_month_order"]
    assert asked["choices"] == ["mdy", "dmy"]
    assert asked["default"] == "mdy"


def test_a_month_column_beside_the_dates_settles_their_order(write):
    rows = [row | {"month": row["date"].split("/")[1]} for row in PLAIN]
    seen = preview(write(rows)).as_dict()
    assert "day_month_order" not in questions(seen)
    assert any("agrees with the month column" in line for line in seen["evidence"])
    assert seen["last_date"] == "2023-11-12" or seen["first_date"] == "2023-01-01"


def test_the_order_of_the_rows_settles_the_order_of_day_and_month(write):
    days = [f"{d:02d}/{m:02d}/2023" for m in range(1, 13) for d in range(1, 13)]
    seen = preview(
        write([{"incident date": d, "case number": f"C{n}"} for n, d in enumerate(days)])
    )
    seen = seen.as_dict()
    assert "day_month_order" not in questions(seen)
    assert seen["last_date"] == "2023-12-12"
    assert any("day/month/year" in line for line in seen["evidence"])


def test_a_longitude_without_its_minus_sign_is_read_as_west_and_asked_about(write):
    seen = preview(write(PLAIN))
    assert questions(seen.as_dict())["longitude_sign"]["default"] == "west"
    assert seen.mapping.centre[0] == -84.5


def test_answers_change_what_the_preview_counts(write):
    path = write(PLAIN)
    first = preview(path)
    answered = first.mapping.answered({"day_month_order": "dmy", "unit": "victim"})
    again = preview(path, mapping=answered).as_dict()
    assert again["victims"] == 40
    assert (
        again["first_date"] != first.as_dict()["first_date"] or first.as_dict()["victims"] is None
    )


def test_values_that_name_or_reach_people_are_left_out_whatever_their_header_says(write):
    rows = [
        row
        | {
            "col_1": f"Doe, Sample{chr(65 + n % 26)}",
            "col_2": f"someone{n}@example.org",
            "col_3": f"503-555-{n:04d}",
            "col_4": f"123-45-{6000 + n}",
            "dob": "1990-01-01",
            "victim": f"Sample Person{chr(65 + n % 26)}{chr(65 + n // 26)}",
            "religion": "x",
            "place_of_birth": "y",
            "col_5": ("Mexico", "USA", "Cuba")[n % 3],
            "immigration_status": "z",
        }
        for n, row in enumerate(PLAIN)
    ]
    seen = preview(write(rows)).as_dict()
    added = set(rows[0]) - set(PLAIN[0])
    assert set(seen["left_out"]) == added
    assert not added & set(seen["mapping"].values())
    assert "someone1@example.org" not in str(seen)


def test_names_of_areas_and_agencies_are_no_names_of_people(write):
    rows = [
        row | {"DISTRICT_NAME": "North", "Neighborhood Name": "Hill", "Agency Name": "Town PD"}
        for row in PLAIN
    ]
    seen = preview(write(rows)).as_dict()
    assert seen["left_out"] == {}
    assert seen["mapping"]["district"] == "DISTRICT_NAME"
    assert seen["mapping"]["neighbourhood"] == "Neighborhood Name"
    assert seen["mapping"]["jurisdiction"] == "Agency Name"


def test_a_file_of_one_row_has_a_preview(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("Incident Number,Date,Latitude,Longitude\n19-1,1/5/2023,39.1,-84.5\n")
    seen = preview(path).as_dict()
    assert (seen["rows"], seen["incidents"], seen["missing_place"]) == (1, 1, 0)
    assert seen["mapping"]["occurred_date"] == "Date"


def test_a_file_about_something_else_maps_nothing_that_it_does_not_hold(write):
    seen = preview(write([{"fruit": "apple", "weight": n} for n in range(30)])).as_dict()
    assert seen["mapping"] == {}
    assert seen["first_date"] is None


def test_projected_coordinates_alone_are_named_with_the_citys_boundaries(write, shared_data):
    from pyproj import Transformer

    boundaries = shared_data / "portland_boundaries" / "Neighborhoods_(Regions).geojson"
    if not boundaries.exists():
        pytest.skip("the Portland boundaries are absent")
    feet = Transformer.from_crs(4326, 2269, always_xy=True)
    rows = []
    for n in range(60):
        x, y = feet.transform(-122.66 + n / 1000, 45.5 + n / 2000)
        rows.append({"case": f"P{n}", "date": f"2023-05-{n % 28 + 1:02d}", "x": x, "y": y})
    seen = preview(write(rows), boundaries=boundaries).as_dict()
    assert seen["crs"] == 2269
    assert seen["missing_place"] == 0


def test_progress_is_told_as_the_file_is_read(write):
    told = []
    preview(write(PLAIN), progress=lambda share, rows: told.append((share, rows)))
    assert told[-1] == (1.0, 40)


def test_f_beside_nf_is_fatal_and_not_false(write):
    rows = [
        row | {"FATAL/NON-FATAL": "F" if n % 4 == 0 else "NF", "Victim Sex": "MF"[n % 2]}
        for n, row in enumerate(PLAIN)
    ]
    seen = preview(write(rows)).as_dict()
    assert (seen["fatal_victims"], seen["injured_victims"]) == (10, 30)


def test_the_only_date_of_a_file_is_used_and_asked_about(write):
    rows = [{"Report Date": row["date"], "case": row["case"]} for row in PLAIN]
    seen = preview(write(rows)).as_dict()
    assert seen["mapping"]["occurred_date"] == "Report Date"
    assert "date_meaning" in questions(seen)


def test_monthly_totals_are_not_taken_for_shootings(write):
    rows = [
        {"Year": 2023, "Month": n % 12 + 1, "Shooting Incidents": n, "Individuals Killed": n // 4}
        for n in range(24)
    ]
    seen = preview(write(rows)).as_dict()
    assert seen["incidents"] == sum(range(24))
    assert any("totals, not shootings" in note for note in seen["notes"])


def test_a_combined_victim_column_still_tells_that_a_row_is_a_victim(write):
    rows = [row | {"VICTIM RACE/SEX": ("BM", "WF")[n % 2]} for n, row in enumerate(PLAIN)]
    assert preview(write(rows)).as_dict()["unit"] == "victim"
