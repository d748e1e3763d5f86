"""Clocks, numbers, flags, ages, points and blanks, as files write them."""

import json
import struct
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.kit.values import (
    is_empty,
    is_unknown,
    parse_age,
    parse_clock,
    parse_count,
    parse_flag,
    parse_number,
    parse_point,
    read_clocks,
    stable_text,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3:57:00", 237),
        ("0246", 166),
        ("315", 195),
        ("20:06", 1206),
        ("8:15 PM", 1215),
        ("8:15pm", 1215),
        ("12:00:00 AM", 0),
        ("12:30 p.m.", 750),
        ("11 PM", 1380),
        ("1900-01-01T22:15:00", 1335),
        ("1899-12-30 22:15:00", 1335),
        ("22:15:00.000Z", 1335),
        ("15h30", 930),
        ("0", 0),
        ("5", 5),
        ("235900", 1439),
        ("2315 hrs", 1395),
    ],
)
def test_a_time_of_day_is_read_in_any_usual_writing(text, minutes):
    assert parse_clock(text) == minutes


@pytest.mark.parametrize(
    "text", ["25:10", "12:60", "2460", "noon-ish", "", None, "12.5.3", "Evening"]
)
def test_what_is_no_time_gives_none(text):
    assert parse_clock(text) is None


@pytest.mark.parametrize(
    ("texts", "style", "precision"),
    [
        (["3:57:00", "22:15:00", "0:00:00"], "clock", "minute"),
        (["0246", "1330", "0000"], "hhmm", "minute"),
        (["315", "1956", "30"], "hhmm", "minute"),
        ([str(hour) for hour in range(24)], "hour", "hour"),
        (["0.5", "0.25", "0.993056"], "day fraction", "minute"),
        (["00:00", "0:00:00"], "clock", "day"),
        (["01:00", "13:00", "22:00", "23:00", "05:00"], "clock", "hour"),
    ],
)
def test_a_column_of_times_tells_its_style_and_what_it_can_know(texts, style, precision):
    found = read_clocks(Counter(texts))
    assert (found.style, found.precision, found.share) == (style, precision, 1.0)


@settings(max_examples=100, deadline=None)
@given(st.times(), st.sampled_from(["%H:%M", "%H:%M:%S", "%I:%M %p", "%H%M", "%I:%M:%S %p"]))
def test_every_minute_survives_being_written_and_read(moment, how):
    assert parse_clock(moment.strftime(how)) == moment.hour * 60 + moment.minute


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,690,238", 7_690_238.0),
        (" -87.6", -87.6),
        ("45,5172", 45.5172),
        ("1.234,5", 1234.5),
        ("1.5e6", 1_500_000.0),
        (".5", 0.5),
        ("1,234", 1234.0),
        ("12a", None),
        ("", None),
        ("1_000", None),
        ("nan", None),
    ],
)
def test_numbers_are_read_with_either_comma(text, number):
    assert parse_number(text) == number


@settings(max_examples=100, deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_number_survives_grouping_and_decimals(whole, places):
    assert parse_number(f"{whole:,.{places}f}") == float(whole)


@pytest.mark.parametrize(
    ("text", "count"), [("3", 3), ("3.0", 3), ("-1", None), ("2.5", None), ("", None)]
)
def test_counts_are_whole_and_not_negative(text, count):
    assert parse_count(text) == count


def test_an_identifier_loses_what_software_added():
    assert stable_text("202115056366.0") == "202115056366"
    assert stable_text("1,300,012") == "1300012"
    assert stable_text(" 19-0005 ") == "19-0005"


@pytest.mark.parametrize("text", ["Y", "yes", "T", "TRUE", "1", "sí", "1.0"])
def test_yes_is_yes_in_any_spelling(text):
    assert parse_flag(text) is True


@pytest.mark.parametrize("text", ["N", "no", "F", "False", "0", "0.0"])
def test_no_is_no_in_any_spelling(text):
    assert parse_flag(text) is False


@pytest.mark.parametrize("text", ["", "U", "maybe", None, "2"])
def test_neither_yes_nor_no_is_none(text):
    assert parse_flag(text) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("31", (31, 31, 31)),
        ("31.0", (31, 31, 31)),
        ("0", (0, 0, 0)),
        ("4 d", (0, 0, 0)),
        ("7 months", (0, 0, 0)),
        ("M/25", (25, 25, 25)),
        ("25/F", (25, 25, 25)),
        ("25 yrs", (25, 25, 25)),
        ("18-24", (None, 18, 24)),
        ("18 to 24", (None, 18, 24)),
        ("<18", (None, 0, 17)),
        ("Under 18", (None, 0, 17)),
        ("65+", (None, 65, None)),
        ("65 and over", (None, 65, None)),
        ("20s", (None, 20, 29)),
        ("teen", (None, 13, 19)),
        ("Juvenile", (None, 0, 17)),
    ],
)
def test_an_age_or_a_band_is_read_as_bounds_in_years(text, age):
    assert tuple(parse_age(text)) == age


@pytest.mark.parametrize("text", ["1022", "300", "-1", "UNKNOWN", "", "25-12", "old", None])
def test_what_is_no_age_gives_none(text):
    assert parse_age(text) is None


LON, LAT = -75.5, 40.25
WKB = struct.pack("<BIdd", 1, 1, LON, LAT).hex()
EWKB = struct.pack("<BIIdd", 1, 0x20000001, 4326, LON, LAT).hex()
BIG = struct.pack(">BIdd", 0, 1, LON, LAT).hex()


@pytest.mark.parametrize(
    "text",
    [
        "(40.25, -75.5)",
        "40.25,-75.5",
        "POINT (-75.5 40.25)",
        "POINT Z (-75.5 40.25 3)",
        "SRID=4326;POINT(-75.5 40.25)",
        json.dumps({"type": "Point", "coordinates": [LON, LAT]}),
        json.dumps({"latitude": "40.25", "longitude": "-75.5", "human_address": "{}"}),
        "100 Elm St\n(40.25, -75.5)",
        WKB,
        EWKB.upper(),
        BIG,
    ],
)
def test_a_point_is_read_in_any_usual_writing(text):
    point = parse_point(text)
    assert (point.x, point.y) == (LON, LAT)


@pytest.mark.parametrize(
    "text",
    [
        *("(,)", "", None, "POINT EMPTY", "100 Elm St", "{", "[]", '{"a": 1}', EWKB[:30]),
        struct.pack("<BIdd", 1, 1, float("nan"), 1.0).hex(),
    ],
)
def test_what_is_no_point_gives_none(text):
    assert parse_point(text) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text):
    for read in (parse_clock, parse_number, parse_flag, parse_age, parse_point, parse_count):
        read(text)


@pytest.mark.parametrize("text", ["", " ", "(null)", "NULL", "N/A", "None", None, "NaN"])
def test_blanks_in_words_are_blanks(text):
    assert is_empty(text)


def test_unknown_is_not_blank_but_says_nothing_either():
    assert not is_empty("UNKNOWN")
    assert is_unknown("UNKNOWN")
    assert not is_unknown("0")
