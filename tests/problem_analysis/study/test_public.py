"""A public edition names no group and lets nobody compute a small count of people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.problem_analysis.study import public
from ceasefire.problem_analysis.study.results import (
    Column,
    Figure,
    Item,
    Of,
    Row,
    Table,
    Unit,
    kept,
    read,
)
from ceasefire.problem_analysis.study.showing import Showing
from ceasefire.problem_analysis.study.words import Cell, Sentence

COLUMNS = (Column("n", "People shot"), Column("share", "Share", Unit.SHARE))


def people(*counts, unknown=None, of=Of.PEOPLE) -> Table:
    whole = sum(counts)
    rows = [Row(f"r{i}", f"Row {i}", [n, n / whole if whole else None])
            for i, n in enumerate(counts)]  # fmt: skip
    if unknown is not None:
        rows.append(Row("unknown", "Not known", [unknown, None]))
    rows.append(Row("all", "All", [whole + (unknown or 0), None], total=True))
    return Table("ages", "By age", "Age", of, COLUMNS, rows)


def item(table: Table, **more) -> Item:
    return Item("T5", "people", "Age", "", "", "", "", tables=[table], **more)


def shown(told: Item) -> list[list]:
    return [list(row.cells) for row in told.tables[0].rows]


def test_a_small_count_of_people_is_not_shown_and_no_total_gives_it_away():
    told = shown(public.public(item(people(3, 40, 50))))
    assert told[0] == [None, None]
    assert [row[0] for row in told].count(None) == 2


def test_a_share_goes_with_its_count():
    told = shown(public.public(item(people(3, 40, 50))))
    assert all(share is None for n, share in told if n is None)


def test_where_the_not_known_are_hidden_no_share_shows_how_many_are_known():
    told = shown(public.public(item(people(60, 40, 50, unknown=2))))
    assert all(share is None for _n, share in told)


def test_a_sentence_goes_with_the_figure_that_it_names():
    sentences = [
        Sentence("%(n)s were under 18.", cells={"n": Cell("ages", "r0", "n")}),
        Sentence("%(n)s were over 34.", cells={"n": Cell("ages", "r2", "n")}),
    ]
    told = Showing().item(public.public(item(people(3, 40, 50), sentences=sentences)))
    assert told.sentences == ["50 were over 34."]


def test_the_citys_own_counts_of_shootings_are_shown_as_they_are():
    assert shown(public.public(item(people(3, 40, of=Of.SHOOTINGS))))[0][0] == 3


def test_what_names_groups_is_not_in_it_and_says_so():
    table = Table("groups", "Groups", "Group", Of.GROUPS, (Column("n", "Shootings"),),
                  [Row("12", {"group": 12, "nth": 1}, [40])])  # fmt: skip
    figure = Figure("groups", "named", "Groups", Sentence("All."), table="groups", columns=["n"])
    told = public.public(item(table, figures=[figure], sentences=[Sentence("Group.")]))
    assert (told.tables, told.figures, told.sentences) == ([], [], [])
    assert told.left_out


def test_a_figure_of_single_places_is_not_in_it():
    figure = Figure("at", "named", "Places", Sentence(""), table="ages", columns=["n"],
                    public=False)  # fmt: skip
    assert not public.public(item(people(30, 40), figures=[figure])).figures


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6), st.none() | st.integers(0, 20))
def test_no_small_count_of_people_ever_stands_in_a_public_table(counts, unknown):
    told = public.public(item(people(*counts, unknown=unknown)))
    numbers = np.array([row[0] if row[0] is not None else np.nan for row in shown(told)])
    assert not ((numbers >= 1) & (numbers <= 10)).any()
    hidden = np.isnan(numbers)
    assert hidden.sum() != 1


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5) | st.none())
def test_an_edition_keeps_no_figure_that_is_no_number(value):
    table = Table("t", "T", "R", Of.SHOOTINGS, (Column("n", "N"),), [Row("r", "R", [value])])
    back = read(kept(item(table))).tables[0].cell("r", "n")
    finite = value is not None and np.isfinite(value)
    assert back == value if finite else back is None


def test_what_an_edition_keeps_is_read_as_it_was():
    told = item(people(30, 40), sentences=[Sentence("%(n)s", {"n": Cell("ages", "r0", "n")})])
    back = read(kept(told))
    assert kept(back) == kept(told)


def test_a_cell_that_is_not_there_is_an_error_and_no_blank():
    with pytest.raises(KeyError, match="no cell"):
        people(1, 2).cell("r9", "n")
