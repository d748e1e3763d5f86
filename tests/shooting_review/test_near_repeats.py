"""Windows open only on the city's own evidence, and only on what was there by the week's end."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.roles import Role
from ceasefire.registry.models import Incident
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review import services
from ceasefire.shooting_review.models import FittedBands
from ceasefire.shooting_review.packet.model import Bands
from ceasefire.shooting_review.packet.near_repeats import reaches
from ceasefire.shooting_review.panels.near_repeats import near_repeats as panel
from ceasefire.shooting_review.weeks import Week

FIRST = date(2018, 4, 1)


@pytest.fixture
def planted(incident):
    """Shootings all over, and after every fourth one another 60 m away two days later."""
    random = np.random.default_rng(1)
    rows = []
    for number in range(300):
        day = FIRST + timedelta(days=int(random.integers(0, 1080)))
        at = tuple(random.uniform(0, 9000, 2))
        rows.append(incident(day, at))
        if number % 4 == 0:
            rows.append(incident(day + timedelta(days=2), (at[0] + 60, at[1])))
    return Incident.objects.bulk_create(rows)


@pytest.fixture
def unplanted(incident):
    random = np.random.default_rng(2)
    rows = [
        incident(
            FIRST + timedelta(days=int(random.integers(0, 1080))),
            tuple(random.uniform(0, 9000, 2)),
        )
        for _ in range(300)
    ]
    return Incident.objects.bulk_create(rows)


def test_the_planted_ring_and_days_open_a_window_for_this_weeks_shooting(planted, shoot, build):
    shoot(date(2021, 3, 24), (500, 500), incident_number="now")
    packet = build("2021-W12")
    window = next(w for w in packet.windows if str(w.shooting) == "now")
    assert (window.beyond_m, window.within_m) == (0.5, 100.0)
    assert (window.since, window.until) == (date(2021, 3, 24), date(2021, 3, 27))
    assert window.ratio > 5


def test_neighbouring_bands_of_days_are_one_window_with_the_ratio_of_their_pairs_together():
    table = SimpleNamespace(
        space_edges=np.array([0, 100.0, 200.0]),
        time_edges=np.array([0, 4.0, 8.0, 15.0, 29.0]),
        observed=np.array([[9, 8, 1, 7], [0, 0, 6, 0]]),
        expected=np.array([[2.0, 3.0, 1.0, 2.0], [1.0, 1.0, 2.0, 1.0]]),
    )
    raised = np.array([[True, True, False, True], [False, False, True, False]])
    window = Window("near_repeat", FIRST, FIRST)
    found = reaches(Bands(window, 100, 0, table, None, raised))
    assert [(r.within_m, r.first_day, r.last_day, r.ratio) for r in found] == [
        (100.0, 0, 7, 17 / 5),
        (100.0, 15, 28, 3.5),
        (200.0, 8, 14, 3.0),
    ]


def test_without_near_repeats_in_the_data_no_window_is_opened_and_the_packet_says_so(
    unplanted, shoot, build
):
    shoot(date(2021, 3, 24), (500, 500))
    packet = build("2021-W12")
    assert packet.bands.fitted is not None
    assert packet.windows == []
    assert "do not show near repeats; no window is opened" in panel(packet).sentences[0]


def test_too_few_placed_shootings_fit_no_table_and_the_packet_says_so(shoot, build):
    for step in range(60):
        shoot(date(2021, 1, 1) + timedelta(days=step))
    shoot(date(2021, 3, 24), (0, 0))
    packet = build("2021-W12")
    assert packet.bands.fitted is None
    assert "Too few shootings with a place" in panel(packet).sentences[0]


def test_a_shooting_without_a_place_opens_no_window(planted, shoot, build):
    shoot(date(2021, 3, 24), incident_number="nowhere")
    assert "nowhere" not in {str(window.shooting) for window in build("2021-W12").windows}


def test_what_happens_after_the_week_never_enters_its_table(planted, incident, build):
    before = build("2021-W12").bands.fitted
    Incident.objects.bulk_create(
        incident(date(2021, 3, 29) + timedelta(days=step // 30), (60.0 * step, 0))
        for step in range(90)
    )
    after = build("2021-W12").bands.fitted
    assert np.array_equal(before.observed, after.observed)
    assert np.array_equal(before.p_value, after.p_value)


def test_a_year_of_history_is_called_too_short(incident, build):
    Incident.objects.bulk_create(
        incident(date(2020, 4, 1) + timedelta(days=2 * step), (step * 40, 0)) for step in range(175)
    )
    told = " ".join(panel(build("2021-W12")).sentences)
    assert "One year is usually not enough data" in told


def test_the_table_is_kept_and_read_again_until_its_incidents_change(planted, shoot, build):
    made = build("2021-W12").bands
    assert FittedBands.objects.count() == 1
    kept = build("2021-W12").bands
    assert kept.fitted_at == made.fitted_at
    assert np.array_equal(kept.fitted.observed, made.fitted.observed)
    assert np.array_equal(kept.raised, made.raised)
    shoot(date(2021, 3, 1), (0, 0))
    assert build("2021-W12").bands.fitted_at > made.fitted_at
    assert FittedBands.objects.count() == 1


def test_a_reader_who_may_not_change_the_table_gets_one_that_is_not_kept(planted, build, account):
    with identity.acting(actor_of_user(account(Role.CAPTAIN))):
        assert build("2021-W12").bands.fitted is not None
        assert FittedBands.objects.count() == 0


def test_refitting_prepares_the_table_that_the_packet_reads(planted, build):
    prepared = services.bands_refit(week=Week.parse("2021-W12"))
    assert build("2021-W12").bands.fitted_at == prepared.fitted_at
