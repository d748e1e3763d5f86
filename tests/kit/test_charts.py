"""Charts: what is drawn is what was counted, and no picture is the only way to read it."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.kit.charts import (
    Bar,
    Named,
    Range,
    Step,
    bars_with_band,
    hour_grid,
    named_bars,
    range_plot,
    sparkline,
    time_strip,
)
from ceasefire.kit.charts.grid import blocks, level
from ceasefire.kit.charts.scales import Scale, every, shortened, ticks
from ceasefire.kit.tables import Link

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Title", "sentence": "Sentence."}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FLAT = [[1] * 24 for _ in DAYS]


def every_chart(palette="screen"):
    """One of each kind, some with links."""
    bars = [Bar("W1", 3, 1, 2, 4), Bar("W2", None), Bar("W3", 9, 1, 2, 4, current=True, href="/3")]
    yield bars_with_band(bars, unit="incidents", palette=palette, **WORDS)
    yield time_strip([Step("1 May", 2, "/1", "May")], unit="incidents", palette=palette, **WORDS)
    named = [Named("North", 3, 5), Named("Bow & <Arrow>", 0, 2)]
    yield named_bars(named, of="District", now="now", before="before", palette=palette, **WORDS)
    yield hour_grid(FLAT, weekdays=DAYS, palette=palette, **WORDS)
    ranges = [Range("Near", 1.0, 2.0, 3.0)]
    yield range_plot(ranges, of="Band", estimate="Ratio", reference=1, palette=palette, **WORDS)


def parts(svg, name):
    return ElementTree.fromstring(svg).iter(f"{SVG}{name}")


def marked(svg, role):
    return [e for e in ElementTree.fromstring(svg).iter() if role in e.get("class", "").split()]


@pytest.mark.parametrize("palette", ["screen", "print"])
def test_every_chart_is_well_formed_and_told_in_words(palette):
    for chart in every_chart(palette):
        for svg in filter(None, (chart.svg, chart.narrow)):
            root = ElementTree.fromstring(svg)
            assert root.find(f"{SVG}title").text == "Title"
            assert root.find(f"{SVG}desc").text == "Sentence."
        assert all(len(row) == len(chart.columns) for row in chart.rows)
        assert chart.rows


def test_picture_with_links_is_a_group_and_without_is_an_image():
    for chart in every_chart():
        root = ElementTree.fromstring(chart.svg)
        linked = list(parts(chart.svg, "a"))
        assert root.get("role") == ("group" if linked else "img")
        assert all(link.get("aria-label") for link in linked)


def test_screen_leaves_colours_to_the_page_and_print_carries_its_own():
    for on_screen, on_paper in zip(every_chart(), every_chart("print"), strict=True):
        for screen, paper in ((on_screen.svg, on_paper.svg), (on_screen.narrow, on_paper.narrow)):
            assert " fill=" not in screen
            assert "class=" not in paper
            assert 'fill="#' in paper


def test_print_is_only_black_white_and_grey():
    for chart in every_chart("print"):
        colours = set(re.findall(r"#([0-9a-f]{6})", chart.svg))
        assert all(len({c[:2], c[2:4], c[4:]}) == 1 for c in colours)


def test_no_chart_carries_a_style_or_a_script():
    for palette in ("screen", "print"):
        for chart in every_chart(palette):
            assert not re.search(r"style=|<style|<script|\son\w+=", chart.svg)


def test_words_from_data_cannot_become_markup():
    chart = named_bars([Named("<script>", 1)], of="a", now="b", **WORDS)
    assert "<script" not in chart.svg
    assert "&lt;script&gt;" in chart.svg


def test_bar_height_is_in_proportion_to_its_count():
    chart = bars_with_band([Bar("a", 2), Bar("b", 4)], unit="n", **WORDS)
    low, high = [float(bar.get("height")) for bar in marked(chart.svg, "bar") if bar.get("height")][
        1:
    ]
    assert high == pytest.approx(2 * low, abs=0.02)


def test_week_without_data_is_a_gap_and_says_so():
    chart = bars_with_band([Bar("a", None, 1, 2, 3)], unit="n", **WORDS)
    assert len(marked(chart.svg, "bar")) == 1, "only the sample of the legend"
    assert chart.rows[0][1] == "no data"


@pytest.mark.parametrize(("value", "side"), [(0, -1), (1, 0), (4, 0), (5, 1)])
def test_bar_outside_its_range_is_marked_by_shape(value, side):
    bar = Bar("a", value, 1, 2, 4)
    assert bar.side == side
    flags = marked(bars_with_band([bar], unit="n", **WORDS).svg, "flag")
    assert len(flags) == (2 if side else 0), "the sample of the legend and the mark itself"


def test_table_of_a_linked_strip_leads_where_its_bars_lead():
    chart = time_strip([Step("1 May", 2, "/1")], unit="n", **WORDS)
    assert chart.rows == [[Link("1 May", "/1"), 2]]


def test_phone_shows_hours_in_blocks_that_keep_the_sum():
    day = list(range(24))
    assert sum(blocks(day, 3)) == sum(day)
    assert blocks(day, 3)[0] == 0 + 1 + 2


def test_hour_grid_prints_every_count_that_is_not_zero():
    counts = [[(day + hour) % 3 for hour in range(24)] for day in range(7)]
    chart = hour_grid(counts, weekdays=DAYS, **WORDS)
    printed = [t.text for t in parts(chart.svg, "text") if "on-" in t.get("class")]
    assert sorted(printed) == sorted(str(c) for day in counts for c in day if c)


def test_hour_grid_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="seven days of 24 hours"):
        hour_grid(FLAT[:6], weekdays=DAYS, **WORDS)


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (1, 1), (25, 1), (26, 2), (100, 4)])
def test_level_of_a_cell_is_one_of_four_equal_steps(value, expected):
    assert level(value, 100) == expected


def test_empty_charts_are_drawn_without_a_fault():
    assert bars_with_band([], unit="n", **WORDS).svg
    assert time_strip([], unit="n", **WORDS).svg
    assert named_bars([], of="a", now="b", **WORDS).svg
    assert range_plot([], of="a", estimate="b", **WORDS).svg
    assert sparkline([], title="nothing")


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 1e7), st.integers(2, 8))
def test_ticks_reach_over_the_highest_value_in_equal_round_steps(highest, wanted):
    marks = ticks(highest, wanted)
    steps = {round(b - a, 9) for a, b in pairwise(marks)}
    assert marks[0] == 0
    assert marks[-1] >= highest * 0.999999
    assert len(steps) == 1
    assert len(marks) <= 2 * wanted + 2


@settings(max_examples=40, deadline=None)
@given(st.floats(-1e5, 1e5), st.floats(1, 1e5), st.floats(0, 1))
def test_scale_maps_ends_to_ends(low, span, share):
    scale = Scale(low, low + span, 10, 110)
    assert scale(low + share * span) == pytest.approx(10 + 100 * share, abs=1e-4)


def test_labels_are_thinned_until_they_fit():
    assert every(10, 500, 20) == 1
    assert every(52, 280, 24) * (24 + 8) >= 280 / 52


def test_long_names_are_shortened_with_an_ellipsis():
    assert shortened("North", 200) == "North"
    assert shortened("Brentwood-Darlington", 60).endswith("…")


def test_figures_have_thousands_separators():
    chart = named_bars([Named("North", 12345)], of="a", now="b", **WORDS)
    assert "12,345" in chart.svg
