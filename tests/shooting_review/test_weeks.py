"""The week that names a packet, and windows that may be compared with it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.registry.shootings.windows import years_before
from ceasefire.shooting_review import weeks
from ceasefire.shooting_review.weeks import NotAWeek, Week

ANY_WEEK = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(Week.of)


def test_a_week_runs_from_monday_to_sunday():
    week = Week.parse("2021-W12")
    assert (week.start, week.end) == (date(2021, 3, 22), date(2021, 3, 28))


@given(ANY_WEEK)
def test_a_week_is_read_as_it_is_written(week):
    assert Week.parse(str(week)) == week


@pytest.mark.parametrize("written", ["2021-W53", "2021-W00", "W12", "2021-3", "21-W12", ""])
def test_what_is_no_week_is_refused_with_how_to_write_one(written):
    with pytest.raises(NotAWeek, match=r"2021-W12|weeks 1 to"):
        Week.parse(written)


def test_week_53_compares_with_week_52_of_years_that_have_no_53():
    names = {(w.start, w.end) for w in weeks.same_weeks(Week.parse("2020-W53"))}
    assert names == {
        (Week(2019, 52).start, Week(2019, 52).end),
        (Week(2018, 52).start, Week(2018, 52).end),
        (Week(2017, 52).start, Week(2017, 52).end),
    }


@given(ANY_WEEK)
def test_every_window_of_a_comparison_is_whole_weeks_that_neither_touch_nor_overlap(week):
    same = weeks.same_weeks(week)
    assert [window.days for window in same] == [7, 7, 7]
    assert all(
        later.start > earlier.end for later, earlier in zip([week, *same], same, strict=False)
    )
    for length in (8, 52):
        before = weeks.trailing(week, length)
        assert before.days == 7 * length
        assert before.end + timedelta(days=1) == week.start


@given(ANY_WEEK)
def test_year_to_date_windows_are_equally_long_and_do_not_overlap(week):
    windows = weeks.year_to_date(week)
    assert len({window.days for window in windows}) == 1
    assert all(earlier.end < later.start for later, earlier in pairwise(windows))
    assert all(window.start.year == window.end.year for window in windows)
    assert week.start <= windows[0].end <= week.end


def test_the_last_day_of_a_leap_year_starts_the_year_to_date_a_day_later():
    windows = weeks.year_to_date(Week.parse("2020-W53"))
    assert windows[0].start == date(2020, 1, 2)
    assert windows[1].start == date(2019, 1, 1)
    assert windows[1].end == date(2019, 12, 31)


def test_the_review_is_on_the_citys_weekday_after_the_week():
    week = Week.parse("2021-W12")
    assert week.review_day(1) == date(2021, 3, 30)
    assert week.review_day(0) == date(2021, 3, 29)
    assert week.review_day(6) == date(2021, 4, 4)


def test_the_29th_of_february_becomes_the_28th_three_years_before():
    assert years_before(date(2020, 2, 29), 3) == date(2017, 2, 28)
