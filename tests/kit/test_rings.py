"""Surroundings as a picture: everything in its place, nothing on top of another."""

import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.kit.charts import Line, Spot, rings
from ceasefire.kit.charts.rings import MEASURE, places

MIDDLE = Spot(("m",), "Middle", 0, "disc")


@st.composite
def worlds(draw):
    """Spots of two rings, each of the outer one tied to one of the inner."""
    inner = [Spot(("i", n), f"I{n}", 1, "box", "/i/") for n in range(draw(st.integers(1, 30)))]
    parents = draw(st.lists(st.sampled_from(inner), max_size=60))
    outer = [Spot(("o", n), f"O{n}", 2, "diamond", "/o/") for n in range(len(parents))]
    lines = [Line(("m",), one.key, "tied") for one in inner]
    lines += [Line(one.key, parent.key, "tied") for one, parent in zip(outer, parents, strict=True)]
    return [MIDDLE, *inner, *outer], lines


@given(worlds())
def test_everything_has_a_place_of_its_own(world):
    spots, lines = world
    found = places(spots, lines)
    assert found.keys() == {one.key for one in spots}
    for ring in (1, 2):
        angles = sorted(found[one.key][2] for one in spots if one.ring == ring)
        gaps = [later - sooner for sooner, later in itertools.pairwise(angles)]
        assert all(gap > 1e-6 for gap in gaps)
    radii = {one.key: math.hypot(*found[one.key][:2]) for one in spots}
    rim = {ring: {round(radii[s.key], 6) for s in spots if s.ring == ring} for ring in (1, 2)}
    assert all(len(one) <= 1 for one in rim.values())


@given(worlds())
def test_everything_lies_within_the_sheet_and_few_things_are_not_drawn_large(world):
    spots, lines = world
    svg = rings(spots, lines, title="T", sentence="S", columns=["A"], rows=[]).svg
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    ends = re.findall(r'<(?:line|text)[^>]* x1?="(-?[\d.]+)" y1?="(-?[\d.]+)"', svg)
    assert ends
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in ends)
    assert width >= MEASURE


@given(worlds())
def test_each_spot_is_a_link_and_each_tie_is_told(world):
    spots, lines = world
    chart = rings(spots, lines, title="T", sentence="S", columns=["A"], rows=[])
    assert chart.svg.count("<a ") == len(spots) - 1
    assert chart.svg.count("<title>tied</title>") == len(lines)
    assert 'role="group"' in chart.svg


def test_a_tie_of_nothing_drawn_is_an_error():
    with pytest.raises(ValueError, match="not in the picture"):
        rings([MIDDLE], [Line(("m",), ("x",), "?")], title="", sentence="", columns=[], rows=[])
