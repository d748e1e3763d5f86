"""Small cells against a reader with a solver of their own, and against every possible table."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from ceasefire.statistics import disclosure
from ceasefire.statistics.disclosure import suppression

count = st.one_of(st.just(0), st.integers(1, 10), st.integers(11, 60))


@st.composite
def tables(draw, cells=count, largest=5):
    rows, columns = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    inner = draw(st.lists(cells, min_size=rows * columns, max_size=rows * columns))
    return with_totals(
        np.reshape(inner, (rows, columns)), draw(st.sampled_from(["rc", "r", "c", ""]))
    )


def with_totals(inner, which="rc"):
    table = pd.DataFrame(inner).rename(index=str, columns=str)
    if "c" in which:
        table["Total"] = table.sum(axis=1)
    if "r" in which:
        table.loc["Total"] = table.sum()
    return table


def sums(table):
    """Pairs of a list of cells and the cell that is their total, by position row by row."""
    cell = np.arange(table.size).reshape(table.shape)
    lines = cell if "Total" in table.columns else cell[:0]
    others = cell.T if "Total" in table.index else cell[:0]
    return [(line[:-1], line[-1]) for line in [*lines, *others]]


def readers_bounds(published):
    """What an outsider finds with an integer programme over the whole table."""
    shown = published.to_numpy().ravel()
    lines = sums(published)
    rules = np.zeros((len(lines), shown.size))
    for nth, (parts, total) in enumerate(lines):
        rules[nth, parts], rules[nth, total] = 1, -1
    bounds = Bounds(np.nan_to_num(shown, nan=1), np.nan_to_num(shown, nan=10_000))
    found = {}
    for cell in np.flatnonzero(np.isnan(shown)):
        aim = np.zeros(shown.size)
        aim[cell] = 1
        ends = [
            sign
            * milp(
                sign * aim,
                integrality=np.ones(shown.size),
                bounds=bounds,
                constraints=LinearConstraint(rules, 0, 0) if lines else None,
            ).fun
            for sign in (1, -1)
        ]
        found[int(cell)] = tuple(np.round(ends))
    return found


@settings(max_examples=60, deadline=None)
@given(tables())
def test_c46_no_small_count_is_shown_and_none_can_be_worked_out(table):
    published = disclosure.suppress(table)
    true, shown = table.to_numpy().ravel(), published.to_numpy().ravel()
    assert not ((shown >= 1) & (shown <= 10)).any()
    assert (shown == true)[~np.isnan(shown)].all()
    assert not np.isnan(shown[true == 0]).any()
    for cell, (least, largest) in readers_bounds(published).items():
        assert least <= true[cell] <= largest
        assert largest > least
        if 1 <= true[cell] <= 10:
            assert largest - least >= 10
            assert largest > 10
    assert published.attrs["recoverable"] == 0


@settings(max_examples=60, deadline=None)
@given(tables())
def test_cells_left_out_of_a_line_do_not_add_up_to_a_small_count_that_is_known(table):
    published = disclosure.suppress(table).to_numpy().ravel()
    true = table.to_numpy().ravel()
    for parts, total in sums(table):
        left_out = np.isnan(published[parts])
        if left_out.any() and not np.isnan(published[total]):
            assert true[parts][left_out].sum() > 10


@settings(max_examples=40, deadline=None)
@given(tables(cells=st.integers(0, 4), largest=2))
def test_bounds_are_those_of_every_table_that_fits(table):
    published = disclosure.suppress(table, low=1, high=1)
    found = disclosure.intervals(published)
    shown = published.to_numpy().ravel()
    left_out = np.flatnonzero(np.isnan(shown))
    if left_out.size > 4:
        return
    largest = 12
    fits = []
    for values in product(range(1, largest), repeat=left_out.size):
        cells = shown.copy()
        cells[left_out] = values
        if all(cells[parts].sum() == cells[total] for parts, total in sums(table)):
            fits.append(cells)
    fits = np.array(fits)
    assert found.low.to_numpy().ravel().tolist() == fits.min(axis=0).tolist()
    high = found.high.to_numpy().ravel()
    bounded = np.isfinite(high) & (high < largest)
    assert high[bounded].tolist() == fits.max(axis=0)[bounded].tolist()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_intervals_of_a_suppressed_table_are_the_proof_that_came_with_it(table):
    published = disclosure.suppress(table)
    found = disclosure.intervals(published)
    assert found.recoverable == 0
    small = (table >= 1) & (table <= 10)
    width = (found.high - found.low).where(small)
    assert np.nanmin(width.to_numpy(), initial=np.inf) == published.attrs["width"]


def test_c46_a_lone_small_cell_takes_three_others_with_it_and_leaves_the_totals():
    published = disclosure.suppress(with_totals([[5, 30, 40], [20, 31, 41], [50, 60, 70]]))
    assert published.isna().to_numpy().tolist() == [
        [True, True, False, False],
        [True, True, False, False],
        [False] * 4,
        [False] * 4,
    ]
    assert (published.attrs["primary"], published.attrs["complementary"]) == (1, 3)


def test_leaving_out_the_small_cell_alone_can_be_worked_out_and_is_called_so():
    table = with_totals([[5, 30], [20, 31]]).astype(float)
    table.iloc[0, 0] = np.nan
    found = disclosure.intervals(table, total_row="Total", total_column="Total")
    assert found.recoverable == 1
    assert found.low.iloc[0, 0] == found.high.iloc[0, 0] == 5


def test_c46_two_small_cells_whose_sum_would_be_small_and_known_take_a_third():
    published = disclosure.suppress(with_totals([[3, 4, 30, 50]], "c"))
    assert published.isna().to_numpy().tolist() == [[True, True, True, False, False]]


def test_two_ones_and_a_nine_are_not_enough_since_nothing_left_out_is_nought():
    published = disclosure.suppress(with_totals([[1, 1, 9, 30]], "c"))
    assert published.isna().to_numpy().tolist() == [[True, True, True, True, False]]


def test_a_table_without_small_cells_stays_as_it_is():
    table = with_totals([[0, 11], [12, 0]])
    published = disclosure.suppress(table)
    assert (published == table).all(axis=None)
    assert (published.attrs["primary"], published.attrs["complementary"]) == (0, 0)
    assert disclosure.suppress(pd.DataFrame()).attrs["recoverable"] == 0


def test_without_totals_the_small_cells_alone_are_left_out():
    published = disclosure.suppress(pd.DataFrame({"shot": [3, 40], "killed": [0, 12]}))
    assert published.isna().to_numpy().tolist() == [[True, False], [False, False]]


def test_totals_are_found_by_name_wherever_they_stand_and_by_adding_up():
    first = pd.DataFrame({"All": [35, 51, 86], "a": [5, 20, 25], "b": [30, 31, 61]})
    published = disclosure.suppress(first)
    assert published.attrs["totals"] == (2, 0)
    assert published.isna().to_numpy().sum() == 4
    named = first.rename(columns={"All": "of these"})[["a", "of these", "b"]]
    assert disclosure.suppress(named, total_column="of these").attrs["totals"] == (2, 1)
    assert disclosure.suppress(named).attrs["totals"] == (2, 1)


def test_other_limits_of_what_is_small_are_kept():
    inside = disclosure.suppress(with_totals([[3, 7, 20], [30, 31, 40]]), high=4)
    assert inside.attrs["primary"] == 1
    assert inside.attrs["width"] >= 4
    noughts = disclosure.suppress(with_totals([[0, 12, 20], [30, 31, 40]]), low=0)
    assert np.isnan(noughts.iloc[0, 0])


def test_the_table_handed_in_is_not_changed():
    table = with_totals([[3, 7, 20], [30, 31, 40]])
    before = table.copy()
    disclosure.suppress(table)
    pd.testing.assert_frame_equal(table, before)


def test_without_an_answer_in_time_more_is_left_out_and_nothing_betrayed(monkeypatch):
    import scipy.optimize

    class Nothing:
        x = None

    monkeypatch.setattr(scipy.optimize, "milp", lambda *_, **__: Nothing)
    published = disclosure.suppress(with_totals([[5, 30], [0, 31]]))
    assert published.isna().to_numpy().tolist() == [[True] * 3, [False, True, True], [True] * 3]


def test_c46_a_table_that_fails_its_proof_is_not_handed_over(monkeypatch):
    monkeypatch.setattr(suppression, "_enough", lambda cells, rules, primary, *_: primary)
    with pytest.raises(ArithmeticError, match="Do not publish"):
        disclosure.suppress(with_totals([[5, 30], [20, 31]]))


@pytest.mark.parametrize(
    ("table", "options", "reason"),
    [
        ([[1, 2]], {}, "give a DataFrame"),
        (pd.DataFrame({"a": [1, -2]}), {}, "row 1, column 'a': -2"),
        (pd.DataFrame({"a": [1.5]}), {}, "whole counts"),
        (pd.DataFrame({"a": [1, None]}), {}, "whole counts"),
        (pd.DataFrame({"a": ["many"]}), {}, "no numbers"),
        (pd.DataFrame({"a": [1, 2], "Total": [1, 3]}), {}, "'Total' is not the sum"),
        (pd.DataFrame({"a": [1, 2]}), {"total_row": "z"}, "no row is called 'z'"),
        (pd.DataFrame({"a": [1, 2]}), {"low": 5, "high": 4}, "above high"),
        (pd.DataFrame({"a": [1, 2]}), {"low": 0.5}, "whole number"),
    ],
)
def test_absurd_tables_are_refused_with_the_reason(table, options, reason):
    with pytest.raises(ValueError, match=reason):
        disclosure.suppress(table, **options)


def test_a_published_table_that_cannot_be_true_is_refused():
    table = pd.DataFrame({"a": [np.nan, 5], "Total": [3, 4]})
    with pytest.raises(ValueError, match="No table fits"):
        disclosure.intervals(table, total_column="Total")
    with pytest.raises(ValueError, match="no row is called 'z'"):
        disclosure.intervals(table, total_row="z")


@pytest.mark.parametrize("seed", range(6))
def test_large_tables_of_few_and_many_are_proven_too(seed):
    chance = np.random.default_rng(seed)
    rows = 10 * (1 + seed)
    counts = chance.poisson(20 * chance.gamma(0.7, 1, (rows, 5)))
    published = disclosure.suppress(with_totals(counts))
    assert disclosure.intervals(published).recoverable == 0
    assert published.attrs["width"] >= 10
    assert published.attrs["complementary"] < published.attrs["primary"]
