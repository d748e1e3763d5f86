"""Dates are read in every way that files write them, and never guessed without saying so."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.kit.values import parse_date, read_dates

TODAY = date(2026, 1, 1)
DAY = date(2019, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2019-01-05",
        "2019/1/5",
        "2019.01.05",
        "20190105",
        "20190105.0",
        "2019-01-05T00:00:00.000",
        "2019-01-05 00:00:00+00",
        "1/5/2019",
        "01/05/19",
        "01-05-2019 3:15 PM",
        "Jan 5, 2019",
        "January 5th 2019",
        "Saturday, January 5, 2019",
        "5 Jan 2019",
        "05-JAN-19",
        "5 de enero de 2019",
        "01052019",
    ],
)
def test_a_date_is_read_in_any_usual_writing(text):
    assert parse_date(text, "mdy") == DAY


@pytest.mark.parametrize("text", ["05.01.2019", "5/1/2019", "05-01-19", "5 1 2019"])
def test_day_first_is_read_when_the_column_says_so(text):
    assert parse_date(text, "dmy") == DAY


@pytest.mark.parametrize("text", ["", None, "19-0005", "2/30/2019", "Main St", "100 N MARSHALL ST"])
def test_what_is_no_date_gives_none(text):
    assert parse_date(text) is None


def column(days, how: str) -> list[str]:
    return [f"{day:{how}}" for day in days]


def reading(texts, **options):
    return read_dates(Counter(texts), sequence=texts, today=TODAY, **options)


WRITTEN = ["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%y-%m-%d", "%m/%d/%y", "%d-%b-%Y"]
some_days = st.lists(st.dates(date(2005, 1, 1), date(2025, 12, 31)), min_size=40, max_size=80)


@settings(max_examples=80, deadline=None)
@given(some_days, st.sampled_from(WRITTEN))
def test_a_column_that_settles_its_order_is_read_back_exactly(days, how):
    texts = column([*days, date(2019, 5, 28), date(2019, 12, 31)], how)
    found = reading(texts)
    assert not found.open_order
    assert [parse_date(text, found.order) for text in texts] == [
        *days, date(2019, 5, 28), date(2019, 12, 31)
    ]  # fmt: skip


def test_one_day_past_the_twelfth_settles_a_column():
    texts = ["03/04/2023"] * 500 + ["13/04/2023"]
    assert reading(texts).order == "dmy"
    assert "13/04/2023" in reading(texts).evidence[0]


def test_dates_that_would_lie_in_the_future_settle_a_column():
    texts = [f"{d:02d}/0{m}/2025" for m in (1, 2, 3) for d in range(1, 13)]
    found = read_dates(Counter(texts), sequence=texts[::-1], today=date(2025, 3, 31))
    assert (found.order, found.open_order) == ("dmy", False)


@pytest.mark.parametrize(("factor", "style"), [(1, "epoch_s"), (1000, "epoch_ms")])
def test_seconds_and_milliseconds_of_1970_are_told_from_other_numbers(factor, style):
    texts = [str((1_600_000_000 + n * 7919) * factor) for n in range(50)]
    assert reading(texts).style == style
    assert reading(texts).clock == "minute"
    assert reading([str(n) for n in range(500, 700)]) is None


def test_spreadsheet_day_numbers_are_dates():
    found = reading([str(43_470 + n) for n in range(50)])
    assert (found.style, found.clock) == ("excel", "day")


def test_midnight_on_every_row_is_no_time_of_day():
    assert reading([f"2021-08-{n:02d} 00:00:00+00" for n in range(1, 29)]).clock == "day"
    assert reading([f"08/{n:02d}/2021 12:00:00 AM" for n in range(1, 29)]).clock == "day"


def test_local_midnight_in_universal_time_is_no_time_of_day():
    texts = [f"2021-{m:02d}-05T0{5 if m < 6 else 4}:00:00.000Z" for m in range(1, 13)]
    found = reading(texts)
    assert found.clock == "day"
    assert found.turns == (240, 300)


def test_whole_hours_are_known_to_the_hour_only():
    assert reading([f"2021-08-{n:02d} {n % 24:02d}:00" for n in range(1, 29)]).clock == "hour"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_date(text):
    found = parse_date(text)
    assert found is None or found <= date(9999, 12, 31)
    read_dates(Counter([text]), sequence=[text], today=TODAY)


def test_a_run_of_days_in_file_order_settles_an_open_column():
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(12)] + [
        date(2023, m, d) for m in range(2, 9) for d in range(1, 13)
    ]
    assert reading(column(days, "%d/%m/%Y")).order == "dmy"
    assert reading(column(days, "%m/%d/%Y")).order == "mdy"
