"""Hot spots, areas, hours and notes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ceasefire.intake.models import Feed
from ceasefire.registry.models import Incident
from ceasefire.shooting_review.panels import report
from ceasefire.shooting_review.panels.clock import clock as clock_panel
from ceasefire.shooting_review.panels.notes import notes as notes_panel

SUNDAY = date(2021, 3, 28)


def test_density_adds_up_to_the_shootings_and_peaks_where_they_are(shoot, build):
    for _ in range(6):
        shoot(SUNDAY, (1000, 500))
    shoot(SUNDAY, (3000, 500))
    shoot(SUNDAY)
    found = build("2021-W12").hot_spots[0]
    cell_km2 = (found.cell_m / 1000) ** 2
    assert found.density.sum() * cell_km2 == pytest.approx(7, rel=0.02)
    row, column = divmod(found.density.argmax(), found.density.shape[1])
    assert abs(found.x_grid[column] - 521_000) <= found.cell_m
    assert abs(found.y_grid[row] - 5_040_500) <= found.cell_m
    assert (found.incidents, found.unplaced) == (7, 1)


def test_the_fewest_places_that_hold_a_quarter_and_a_half_are_counted(shoot, build):
    for place, shootings in enumerate((5, 2, 1, 1, 1)):
        for _ in range(shootings):
            shoot(SUNDAY, (place * 500 + 10, 10))
    holding = build("2021-W12").hot_spots[0].holding
    assert (holding.quarter.places, holding.half.places) == (1, 1)
    assert [place.incidents for place in holding.fullest] == [5, 2]


def test_areas_are_compared_over_the_four_weeks_and_the_52_before_them(incident, build):
    rows = [
        incident(date(2020, 1, 1) + timedelta(days=step), district_stated="Steady")
        for step in range(0, 452, 4)
    ]
    rows += [incident(SUNDAY - timedelta(days=step), district_stated="Busy") for step in range(20)]
    rows += [incident(date(2020, 6, 1), district_stated="Busy")]
    Incident.objects.bulk_create(rows)
    districts = build("2021-W12").areas[0]
    busy = next(row for row in districts.rows if row.name == "Busy")
    steady = next(row for row in districts.rows if row.name == "Steady")
    assert (busy.now, busy.before, busy.sure) == (20, 1, True)
    assert not steady.sure
    assert (districts.now.days, districts.before.days) == (28, 364)
    assert districts.before.end + timedelta(days=1) == districts.now.start


def test_hours_are_absent_with_a_sentence_where_only_the_day_is_known(four_years, build):
    packet = build("2021-W12")
    assert packet.clock.hours is None
    assert (
        "gives the day of a shooting and no time of day"
        in clock_panel(packet, "print").sentences[0]
    )
    assert sum(packet.clock.weekdays) == packet.clock.incidents


def test_hours_are_the_citys_own_where_they_are_known(shoot, build):
    shoot(date(2021, 3, 24), occurred_precision="minute",
          occurred_from=datetime(2021, 3, 25, 5, 30, tzinfo=UTC))  # fmt: skip
    assert build("2021-W12").clock.hours[2][22] == 1


def test_a_few_known_hours_among_many_unknown_are_not_drawn(shoot, build):
    shoot(SUNDAY, occurred_precision="minute", occurred_from=datetime(2021, 3, 28, tzinfo=UTC))
    shoot(SUNDAY)
    shoot(SUNDAY)
    assert build("2021-W12").clock.hours is None


def test_notes_count_what_is_missing_and_what_has_changed_since_the_last_review(shoot, build):
    after_last_review = datetime(2021, 3, 24, tzinfo=UTC)
    shoot(SUNDAY)
    shoot(date(2021, 2, 1), (0, 0), incident_number="changed", last_changed=after_last_review)
    shoot(date(2021, 2, 2), (0, 0), incident_number="late",
          first_known=after_last_review, last_changed=after_last_review)  # fmt: skip
    shoot(date(2021, 2, 3), (0, 0), district_stated="North", district_found="South")
    shoot(date(2021, 2, 4), (0, 0), district_stated="MT. TABOR", district_found="Mt Tabor")
    notes = build("2021-W12").notes
    assert [str(row) for row in notes.changed] == ["changed"]
    assert [str(row) for row in notes.late] == ["late"]
    assert len(notes.disagreeing) == 1
    assert [gaps.without_place for gaps in notes.gaps] == [1, 1]


def test_what_a_new_feed_brought_is_no_late_report(shoot, build, police_agency):
    new_feed = Feed.objects.create(name="new", title="New", agency=police_agency)
    after_last_review = datetime(2021, 3, 24, tzinfo=UTC)
    moments = {"first_known": after_last_review, "last_changed": after_last_review}
    shoot(date(2021, 1, 31))
    shoot(date(2021, 2, 1), incident_number="late", **moments)
    for day in (2, 3, 4):
        shoot(date(2021, 2, day), incident_number=f"new {day}", feed=new_feed, **moments)
    packet = build("2021-W12")
    assert [str(row) for row in packet.notes.late] == ["late"]
    told = " ".join(notes_panel(packet).sentences)
    assert "1 earlier incidents (late), and 3 from a feed loaded for the first time." in told


def test_every_picture_has_a_sentence_and_every_panel_a_word(four_years, build):
    told = report(build("2021-W12"), palette="print")
    for panel in (told.overview, *told.panels):
        assert panel.sentences
        assert all(figure.sentence and figure.title for figure in panel.figures)
