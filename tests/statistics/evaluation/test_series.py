"""Interrupted series against base R's seat belts, Baltimore's weekends and planted truths."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ceasefire.statistics import evaluation

RUNS = 60


@pytest.fixture(scope="module")
def belts():
    """Drivers killed a month in Great Britain, 1969 to 1984; the law began in month 169."""
    return pd.read_csv(Path(__file__).with_name("seatbelts.csv"))


@pytest.fixture(scope="module")
def seat_belts(belts):
    exposure = np.log(belts["kilometres"])
    return evaluation.interrupted_series(belts["killed"], start=169, period=12, offset=exposure)


def monthly(seed, *, months=96, start=72, spread=1.5, effect=0.0):
    chance = np.random.default_rng(seed)
    at = np.arange(months)
    mean = 25 * np.exp(0.2 * np.sin(2 * np.pi * at / 12) + 0.003 * at + effect * (at >= start))
    return chance.negative_binomial(mean / (spread - 1), 1 / spread)


def test_the_seat_belt_law_has_the_coefficient_and_errors_of_base_r(belts, seat_belts):
    assert (len(belts), belts["killed"].sum()) == (192, 23_578)
    assert math.log(seat_belts.rate_ratio) == pytest.approx(-0.140526, abs=5e-7)
    assert seat_belts.dispersion == pytest.approx(1.9752, abs=5e-5)
    assert seat_belts.errors["model"] == pytest.approx(0.036497, abs=5e-7)
    assert seat_belts.errors["hac"] == pytest.approx(0.038024, abs=5e-7)
    poisson = seat_belts.errors["model"] / math.sqrt(seat_belts.dispersion)
    assert poisson == pytest.approx(0.025969, abs=5e-7)


def test_the_negative_binomial_agrees_with_mass(belts):
    found = evaluation.interrupted_series(
        belts["killed"], start=169, period=12, offset=np.log(belts["kilometres"]),
        family="negative binomial",
    )  # fmt: skip
    assert math.log(found.rate_ratio) == pytest.approx(-0.144910, abs=5e-7)
    assert 1 / found.alpha == pytest.approx(147.204, abs=0.05)


def test_the_interval_stands_on_the_wider_error(seat_belts):
    low, high = np.log(seat_belts.interval)
    assert (high - low) / 2 == pytest.approx(1.959964 * 0.038024, abs=2e-6)
    assert seat_belts.standard_error == max(seat_belts.errors.values())


def test_events_averted_are_expected_less_seen_and_agree_with_the_ratio(seat_belts):
    after = slice(seat_belts.start, None)
    gap = seat_belts.expected[after].sum() - seat_belts.counts[after].sum()
    assert seat_belts.averted == pytest.approx(gap)
    low, high = seat_belts.averted_interval
    assert 0 < low < seat_belts.averted < high


def test_the_detectable_ratio_ignores_what_came_after(belts):
    counts, logs = belts["killed"].to_numpy(), np.log(belts["kilometres"].to_numpy())
    changed = np.concatenate([counts[:169], counts[169:] * 3])
    one, other = (
        evaluation.interrupted_series(y, start=169, period=12, offset=logs)
        for y in (counts, changed)
    )
    assert one.detectable_ratio == pytest.approx(other.detectable_ratio, rel=1e-12)
    assert one.detectable_ratio == pytest.approx(0.9056, abs=1e-4)


def test_baltimores_ceasefire_weekends_have_the_published_rate_ratio(shared_data):
    rows = pd.read_csv(shared_data("baltimore_bpd/bpd_part1_shooting_murder_2015_2021.csv"))
    dates = pd.to_datetime(rows["CrimeDateT"], errors="coerce").dt.normalize()
    days = pd.date_range("2015-01-01", "2019-07-06")
    counts = dates.value_counts().reindex(days, fill_value=0).to_numpy()
    weekends = pd.read_csv(
        shared_data("evaluation/baltimore_ceasefire/ceasefire_weekends.csv"), parse_dates=[0, 1]
    )
    on = np.zeros(days.size, bool)
    for first, last in weekends.itertuples(index=False):
        on |= (days >= first) & (days <= last)
    strata = [days.month, days.day_of_week, days.year]
    found = evaluation.on_and_off(counts, on=on, strata=strata)
    assert [round(one, 2) for one in (found.rate_ratio, *found.interval)] == [0.51, 0.34, 0.79]
    assert found.on_days == 24
    assert found.averted == pytest.approx(found.expected_on - found.on_events)


def test_a_planted_cut_is_recovered_within_its_interval():
    effect = math.log(0.7)
    found = [
        evaluation.interrupted_series(monthly(seed, effect=effect), start=72, period=12)
        for seed in range(RUNS)
    ]
    assert np.mean([run.rate_ratio for run in found]) == pytest.approx(0.7, abs=0.02)
    covered = np.mean([run.interval[0] < 0.7 < run.interval[1] for run in found])
    assert covered > 0.95 - 4 * math.sqrt(0.05 * 0.95 / RUNS)


def test_a_series_in_which_nothing_happened_is_seldom_called_changed():
    rejected = [
        evaluation.interrupted_series(monthly(seed), start=72, period=12).p_value < 0.05
        for seed in range(RUNS)
    ]
    assert np.mean(rejected) < 0.05 + 4 * math.sqrt(0.05 * 0.95 / RUNS)


def test_the_detectable_ratio_is_found_about_four_times_in_five():
    ratio = evaluation.interruption_detectable(monthly(1)[:72], after=24, period=12)
    found = [
        evaluation.interrupted_series(monthly(seed, effect=math.log(ratio)), start=72, period=12)
        for seed in range(RUNS)
    ]
    assert np.mean([run.p_value < 0.05 for run in found]) == pytest.approx(0.8, abs=0.2)


def test_with_a_change_of_slope_the_ratio_is_that_of_the_whole_time_after(belts):
    exposure = np.log(belts["kilometres"])
    found = evaluation.interrupted_series(
        belts["killed"], start=169, period=12, offset=exposure, slope=True
    )
    whole = found.fitted[169:].sum() / found.expected[169:].sum()
    assert found.rate_ratio == pytest.approx(whole)


def test_a_year_of_weeks_is_held_by_two_waves():
    chance = np.random.default_rng(6)
    mean = 8 * np.exp(0.4 * np.cos(2 * np.pi * np.arange(208) / 52))
    found = evaluation.interrupted_series(chance.poisson(mean), start=156, period=52)
    assert found.fitted[:156].mean() == pytest.approx(8.3, abs=0.8)
    assert np.corrcoef(found.fitted, mean)[0, 1] > 0.9


def test_placebo_dates_use_no_period_after_the_start():
    counts = monthly(3, effect=-0.5)
    other = np.concatenate([counts[:72], np.full(24, 1_000)])
    one, two = (evaluation.placebo_dates(y, start=72, period=12) for y in (counts, other))
    assert (one.rate_ratio == two.rate_ratio).all()
    assert one.start.min() >= 24
    assert one.start.max() + one.after <= 72
    assert two.rank_p_value == 1 / (1 + two.start.size)


@pytest.mark.parametrize(
    ("counts", "asked", "reason"),
    [
        ([5] * 10, {"start": 4, "period": 1}, "4 periods before"),
        ([5] * 40, {"start": 20, "period": 12}, "at least 24"),
        ([5] * 26, {"start": 24, "period": 12}, "2 periods from the start"),
        ([5] * 20, {"start": 40, "period": 1}, "0 periods from the start"),
        ([0.5] * 40, {"start": 24, "period": 12}, "whole events"),
        ([5] * 24 + [0] * 9, {"start": 24, "period": 12}, "No event from"),
        ([0] * 24 + [5] * 9, {"start": 24, "period": 12}, "No event before"),
        ([5] * 40, {"start": 24, "period": 12, "offset": [9_000.0] * 40}, "logarithm"),
        ([5] * 40, {"start": 24, "period": 12, "offset": [1.0] * 39}, "39 values"),
        ([5] * 40, {"start": 24, "period": 12, "lags": 40}, "lags"),
        ([5] * 40, {"start": 24, "period": 12, "family": "normal"}, "family"),
        ([5, float("nan")] * 20, {"start": 24, "period": 12}, "missing"),
        ([5] * 40, {"start": 24, "period": 0}, "period"),
    ],
)
def test_absurd_series_are_refused_with_the_reason(counts, asked, reason):
    with pytest.raises(ValueError, match=reason):
        evaluation.interrupted_series(counts, **asked)


def test_without_room_for_a_placebo_none_is_pretended():
    with pytest.raises(ValueError, match="says nothing either way"):
        evaluation.placebo_dates([5, 6] * 20, start=26, period=12)


def test_days_on_and_off_must_both_exist():
    with pytest.raises(ValueError, match="0 days on"):
        evaluation.on_and_off([1, 2, 3, 4], on=[0, 0, 0, 0])
    with pytest.raises(ValueError, match="strata_0"):
        evaluation.on_and_off([1, 2, 3, 4], on=[0, 1, 0, 1], strata=[[1, 2]])


def test_strata_that_say_the_same_as_the_days_on_are_refused():
    on = np.arange(40) % 2 == 0
    with pytest.raises(ValueError, match="cannot tell its terms apart"):
        evaluation.on_and_off(np.arange(40) % 5, on=on, strata=[on])
