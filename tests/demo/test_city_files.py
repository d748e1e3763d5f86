"""Each agency's file says what the truth says, in the layout that the README describes."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

openpyxl = pytest.importorskip("openpyxl")
shapely = pytest.importorskip("shapely")
shapefile = pytest.importorskip("shapefile")

VICTIMS = "rivermouth_police_shootings.csv"
SHOTS = "rivermouth_shots_fired.csv"


def day_of(row) -> date:
    return datetime.strptime(row["OCC_DATE"], "%m/%d/%Y").date()


def shapes(collection) -> dict[str, object]:
    name = next(k for k in collection["features"][0]["properties"] if k.endswith(("NAME", "CITY")))
    return {
        f["properties"][name]: shapely.geometry.shape(f["geometry"]) for f in collection["features"]
    }


def test_the_truth_in_hand_is_the_truth_on_disk(city):
    assert json.loads(city.path.read_text(encoding="utf-8")) == city.facts


def test_totals_of_the_truth_are_those_counted_from_the_files(city, rows):
    victims, shots = rows(VICTIMS), rows(SHOTS)
    incidents = {row["INCIDENT_NO"] for row in victims}
    assert city.facts["totals"]["all"] == {
        "verified": len(incidents) + len(shots),
        "incidents": len(incidents),
        "victims": len(victims),
        "fatal_victims": sum(row["FATAL"] == "Y" for row in victims),
        "nobody_hit": len(shots),
    }


def test_totals_of_each_iso_week_are_those_counted_from_the_files(city, rows):
    def week(day):
        return "{}-W{:02}".format(*day.isocalendar()[:2])

    victims = Counter(week(day_of(row)) for row in rows(VICTIMS))
    fatal = Counter(week(day_of(row)) for row in rows(VICTIMS) if row["FATAL"] == "Y")
    shots = Counter(week(date.fromisoformat(row["occurred"][:10])) for row in rows(SHOTS))
    weeks = city.facts["totals"]["weeks"]
    assert {w: t["victims"] for w, t in weeks.items() if t["victims"]} == victims
    assert {w: t["fatal_victims"] for w, t in weeks.items() if t["fatal_victims"]} == fatal
    assert {w: t["nobody_hit"] for w, t in weeks.items() if t["nobody_hit"]} == shots


def test_no_incident_is_in_both_files_and_none_is_unfounded(city, rows):
    hit, missed = (
        {r[k] for r in rows(f)} for f, k in ((VICTIMS, "INCIDENT_NO"), (SHOTS, "incident"))
    )
    columns = city.facts["incidents"]["columns"]
    cause = {r[0]: r[columns.index("cause")] for r in city.facts["incidents"]["rows"]}
    assert not hit & missed
    assert all(cause[number] != "unfounded" for number in hit | missed)


def test_missing_values_are_as_many_as_the_truth_says_and_near_the_planted_rates(city, rows):
    victims, facts = rows(VICTIMS), city.facts["missing"]
    counted = {
        "place_zero": sum(r["LATITUDE"] == r["X_COORD"] == "0" for r in victims),
        "place_blank": sum(r["LATITUDE"] == r["X_COORD"] == "" for r in victims),
        "degrees_blank": sum(r["LATITUDE"] == "" != r["X_COORD"] for r in victims),
        "outside_city": sum(r["DISTRICT"] == "OUT" for r in victims),
        "time_blank": sum(r["OCC_TIME"] == "" for r in victims),
        "age_blank": sum(r["VICTIM_AGE"] == "" for r in victims),
        "sex_unknown": sum(r["VICTIM_SEX"] == "U" for r in victims),
        "race_unknown": sum(r["VICTIM_RACE"] == "U" for r in victims),
    }
    assert counted == {k: facts["victim_rows"][k] for k in counted}
    for kind, rate in facts["rates"].items():
        found = facts["victim_rows"][kind]
        assert found > 0
        assert found / len(victims) == pytest.approx(rate, abs=4 * (rate / len(victims)) ** 0.5)


def test_rows_that_equal_another_are_counted_and_belong_to_different_people(city, rows):
    contents = Counter(tuple(row.values())[1:] for row in rows(VICTIMS))
    twins = sum(count - 1 for count in contents.values())
    assert twins == city.facts["missing"]["identical_rows"] > 0
    hit = [(number, person) for number, person, _, _ in city.facts["people"]["victims"]["rows"]]
    assert len(hit) == len(set(hit)) == len(rows(VICTIMS))


def test_every_published_time_is_one_that_the_citys_clocks_showed(rows, loaded):
    zone = ZoneInfo(loaded("city.json")["time_zone"])
    for row in rows(VICTIMS):
        if row["OCC_TIME"]:
            shown = datetime.strptime(f"{row['OCC_DATE']} {row['OCC_TIME']}", "%m/%d/%Y %H:%M")
            there_and_back = shown.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
            assert there_and_back.replace(tzinfo=None) == shown


def test_published_places_lie_in_the_district_and_neighbourhood_of_the_truth(city, rows, loaded):
    districts = shapes(loaded("districts.geojson"))
    columns = city.facts["incidents"]["columns"]
    district = {r[0]: r[columns.index("district")] for r in city.facts["incidents"]["rows"]}
    placed = [r for r in rows(SHOTS) if r["lat"]]
    inside = sum(
        districts[district[r["incident"]]].covers(shapely.Point(float(r["lon"]), float(r["lat"])))
        for r in placed
    )
    assert inside / len(placed) > 0.995  # published to 5 decimals, so a few cross a border


def test_state_plane_feet_and_degrees_of_a_row_are_the_same_place(rows):
    pyproj = pytest.importorskip("pyproj")
    placed = [r for r in rows(VICTIMS) if r["LATITUDE"] not in ("", "0")]
    to_feet = pyproj.Transformer.from_crs(4326, 3453, always_xy=True)
    xs, ys = to_feet.transform(
        [float(r["LONGITUDE"]) for r in placed], [float(r["LATITUDE"]) for r in placed]
    )
    for row, x, y in zip(placed, xs, ys, strict=True):
        assert abs(int(row["X_COORD"]) - x) < 1
        assert abs(int(row["Y_COORD"]) - y) < 1


def test_areas_tile_the_land_and_exactly_one_neighbourhood_is_invalid(city, loaded):
    hoods, districts = (shapes(loaded(f"{n}.geojson")) for n in ("neighbourhoods", "districts"))
    limits = shapes(loaded("city_limits.geojson"))["Rivermouth"]
    invalid = [name for name, shape in hoods.items() if not shape.is_valid]
    assert invalid == [city.facts["boundaries"]["invalid_neighbourhood"]]
    assert limits.is_valid
    assert all(shape.is_valid for shape in districts.values())
    sound = [shape for name, shape in hoods.items() if name not in invalid]
    together = shapely.union_all(sound)
    assert together.area == pytest.approx(sum(shape.area for shape in sound), rel=1e-6)
    assert shapely.union_all(list(districts.values())).difference(limits).area < 1e-9
    assert shapely.union_all(list(districts.values())).area / limits.area < 0.99  # the river


def test_the_shapefile_holds_the_same_districts_in_feet(city, loaded):
    areas = shapes(loaded("districts.geojson"))
    with shapefile.Reader(str(city.folder / "districts_stateplane.zip")) as reader:
        found = {
            r.record["DIST_NAME"]: shapely.geometry.shape(r.shape) for r in reader.shapeRecords()
        }
    assert found.keys() == areas.keys()
    assert all(shape.is_valid for shape in found.values())
    assert sum(s.area for s in found.values()) / 5280**2 == pytest.approx(125, abs=25)


def test_the_workbook_has_its_header_on_row_six_and_the_counts_of_the_truth(city):
    book = openpyxl.load_workbook(city.folder / "eastbank_police_shootings.xlsx")
    table = list(book["Shootings"].iter_rows(min_row=6, values_only=True))
    assert book.sheetnames == ["About", "Shootings"]
    assert table[0] == ("Case", "Date", "Time", "Location", "Killed", "Injured", "Lat", "Long")
    events = table[1:]
    assert all(isinstance(event[1], datetime) for event in events)
    assert city.facts["eastbank"] == {
        "events": len(events),
        "killed": sum(event[4] for event in events),
        "injured": sum(event[5] for event in events),
    }


def test_the_county_lists_some_city_incidents_on_the_same_day(city, rows):
    text = (city.folder / "county_gunshot_incidents.json").read_text()
    lines = {line["case_id"]: line for line in map(json.loads, text.splitlines())}
    days = {row["INCIDENT_NO"]: day_of(row).isoformat() for row in rows(VICTIMS)}
    shared = city.facts["county"]["also_rivermouth"]
    assert len(lines) == city.facts["county"]["incidents"]
    assert len(shared) > 30
    for pair in shared:
        assert lines[pair["county_case"]]["incident_date"] == days[pair["number"]]


def test_settings_name_files_and_properties_that_exist(city, loaded):
    settings = loaded("city.json")
    for layer in settings["boundary_layers"]:
        first = loaded(layer["file"])["features"][0]
        assert layer["name_property"] in first["properties"]
    assert all((city.folder / feed["file"]).exists() for feed in settings["feeds"])


def test_people_records_lead_to_true_people_with_duplicates_within_an_agency(city, rows):
    facts = city.facts["people"]
    owner = {(a, n): (person, errors) for a, n, person, errors in facts["records"]["rows"]}
    listed = rows("people.csv")
    assert {(r["agency"], r["agency_person_id"]) for r in listed} == set(owner)
    true = {row[0]: row for row in facts["persons"]["rows"]}
    for row in listed:
        person, errors = owner[row["agency"], row["agency_person_id"]]
        if not errors:
            assert (row["first_name"], row["last_name"]) == (true[person][1], true[person][3])
            assert row["date_of_birth"] == true[person][4]
    for agency in ("RPD", "EPD", "CCP"):
        held = Counter(p for (a, _), (p, _) in owner.items() if a == agency)
        assert sum(n > 1 for n in held.values()) > 5
    kinds = {error for _, errors in owner.values() for error in errors}
    assert {"family_typo", "names_swapped", "birth_wrong", "birth_missing"} <= kinds


def test_arrests_roster_groups_and_conflicts_point_at_rows_that_exist(rows):
    people = {row["agency_person_id"] for row in rows("people.csv")}
    groups = {row["group_id"] for row in rows("groups.csv")}
    staff, agencies = rows("staff.csv"), {row["agency_id"] for row in rows("agencies.csv")}
    assert {row["RM_PERSON_ID"] for row in rows("arrests.csv")} <= people
    assert {row["SID"] for row in rows("supervision_roster.csv")} <= people
    assert {row["OFFICER"] for row in rows("supervision_roster.csv")} <= {
        r["staff_id"] for r in staff
    }
    assert {row[side] for row in rows("conflicts.csv") for side in ("group_a", "group_b")} <= groups
    assert {row["agency_id"] for row in staff} == agencies


def test_listed_conflicts_are_the_true_ones_but_for_the_missed_and_the_mistaken(city, rows):
    true = {c["id"] for c in city.facts["groups"]["conflicts"]}
    facts = city.facts["conflict_list"]
    listed = {row["conflict_id"] for row in rows("conflicts.csv")}
    assert listed == (true - set(facts["missed"])) | set(facts["mistaken"])
    assert facts["missed"]


def test_nobody_is_arrested_or_shot_after_dying(city, rows):
    died = {row[0]: row[8] for row in city.facts["people"]["persons"]["rows"] if row[8]}
    owner = {n: person for _, n, person, _ in city.facts["people"]["records"]["rows"]}
    for row in rows("arrests.csv"):
        d = row["ARREST_DATE"]
        last = died.get(owner[row["RM_PERSON_ID"]], "9999")
        assert f"{d[:4]}-{d[4:6]}-{d[6:]}" <= last
    days = {row["INCIDENT_NO"]: day_of(row).isoformat() for row in rows(VICTIMS)}
    for number, person, _, _ in city.facts["people"]["victims"]["rows"]:
        assert days[number] <= died.get(person, "9999")


# Real places, and names of well-known people and groups, that invented syllables might fall on.
REAL = (
    "portland oakland boston chicago philadelphia baltimore houston louisiana texas oregon cameron "
    "galveston trump obama biden clinton washington lincoln shakur crips bloods hoover latin kings "
    "vice lords disciples norte sureno"
)


def test_no_name_is_that_of_a_real_place_person_or_group(city, rows):
    words = {
        word
        for row in [*rows("people.csv"), *rows("staff.csv"), *rows("groups.csv"), *rows(VICTIMS)]
        for value in row.values()
        for word in value.lower().replace(",", " ").split()
    }
    assert words.isdisjoint(REAL.split())


def test_no_file_holds_a_field_that_may_not_be_kept(city):
    barred = ("immigra", "citizen", "birthplace", "country_of", "religion", "score", "risk", "tier")
    for path in city.folder.glob("*.csv"):
        header = path.read_text(encoding="utf-8-sig").splitlines()[0].lower()
        assert not any(word in header for word in barred), path.name
