"""Draws rest on raw bits alone, and have the shapes that they claim."""

import math
from statistics import fmean, pvariance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.demo.city.bits import Stream, Table, exp_minus, total
from ceasefire.demo.city.plane import EPSG, degrees, feet

pyproj = pytest.importorskip("pyproj")


def test_a_stream_hands_out_philox_words_in_order_across_its_blocks():
    import hashlib

    digest = hashlib.sha256(b"ceasefire city 5 topic").digest()
    words = np.random.Philox(key=int.from_bytes(digest[:16], "big")).random_raw(3000).tolist()
    stream = Stream(5, "topic")
    assert [stream.word() for _ in range(3000)] == words


def test_topics_and_seeds_have_streams_of_their_own():
    firsts = {Stream(seed, topic).word() for seed in range(20) for topic in ("map", "people")}
    assert len(firsts) == 40


@given(st.floats(0, 30))
@settings(max_examples=200)
def test_exp_minus_agrees_with_the_library_to_rounding(x):
    assert exp_minus(x) == pytest.approx(math.exp(-x), rel=1e-13)


@pytest.mark.parametrize("mean", [0.3, 4.0, 40.0])
def test_poisson_counts_have_the_mean_and_variance_asked_for(mean):
    stream = Stream(1, f"poisson {mean}")
    counts = [stream.poisson(mean) for _ in range(20_000)]
    assert fmean(counts) == pytest.approx(mean, abs=5 * math.sqrt(mean / 20_000))
    assert pvariance(counts) == pytest.approx(mean, rel=0.06)


def test_a_normal_draw_has_mean_zero_and_the_spread_asked_for():
    stream = Stream(1, "normal")
    draws = [stream.normal(7.0) for _ in range(20_000)]
    assert fmean(draws) == pytest.approx(0, abs=0.25)
    assert math.sqrt(pvariance(draws)) == pytest.approx(7.0, rel=0.03)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any), st.integers(0, 2**31))
@settings(max_examples=60)
def test_a_table_never_draws_an_index_of_weight_zero(weights, seed):
    stream, table = Stream(seed, "table"), Table(weights)
    assert all(weights[table.index(stream)] > 0 for _ in range(50))


def test_a_plain_total_does_not_compensate():
    assert total([1e16, 1.0, -1e16]) == 0.0


@given(st.floats(-28_000, 28_000), st.floats(-28_000, 28_000))
@settings(max_examples=100)
def test_degrees_agree_with_proj_to_a_decimetre_anywhere_round_the_city(east, north):
    longitude, latitude = degrees((east, north), digits=9)
    to_feet = pyproj.Transformer.from_crs(4326, EPSG, always_xy=True)
    x, y = to_feet.transform(longitude, latitude)
    # Half a foot of rounding each way, and a hair.
    assert abs(x - feet((east, north))[0]) < 0.51
    assert abs(y - feet((east, north))[1]) < 0.51


def test_the_city_lies_in_the_area_of_use_of_its_projected_system():
    area = pyproj.CRS(EPSG).area_of_use
    for corner in ((-16_000, -9_000), (24_000, 24_000)):
        longitude, latitude = degrees(corner)
        assert area.west < longitude < area.east
        assert area.south < latitude < area.north
