"""Named things and their ties: told apart without colour, and no name off the sheet."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.kit.charts import Node, Tie, sociogram

KINDS = {"rival": "At odds", "ally": "Allied"}
SAID = {"kinds": KINDS, "of": "Pair", "counted": "Shootings", "title": "T", "sentence": "S"}


def drawn(nodes, ties, palette="print"):
    return sociogram(nodes, ties, palette=palette, **SAID)


@pytest.fixture
def three():
    nodes = [Node("Dock", 0, 0, 4), Node("Mill", 1, 0), Node("Quay", 0.5, 1, 1)]
    return drawn(nodes, [Tie(0, 1, "rival", 3), Tie(1, 2, "ally")])


def test_the_table_says_what_the_picture_shows(three):
    assert three.rows == [["Dock / Mill", "At odds", 3], ["Mill / Quay", "Allied", 0]]
    assert [str(one) for one in three.columns] == ["Pair", "Tie", "Shootings"]


def test_an_alliance_is_dashed_and_a_rivalry_is_not(three):
    lines = re.findall(r"<line[^>]*>", str(three.printed))
    assert len(lines) == 4  # two of the key, two ties
    for line in lines:
        assert ("#1b7f3b" in line) == ("stroke-dasharray" in line)


def test_on_the_screen_the_style_sheet_has_both_strokes():
    chart = drawn([Node("Dock", 0, 0), Node("Mill", 1, 0)], [], palette="screen")
    assert set(re.findall(r'<line class="(\w+)"', str(chart.svg))) == {"rival", "ally"}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.text("abcdeñ ", max_size=30)),
                min_size=1, max_size=25))  # fmt: skip
def test_every_name_stands_on_the_sheet(places):
    chart = drawn([Node(name, x, y) for x, y, name in places], [])
    for svg in (str(chart.printed), str(chart.narrow)):
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
        xs = [float(one) for one in re.findall(r'<text[^>]* x="([-\d.]+)"', svg)]
        assert all(0 <= x <= width for x in xs)
