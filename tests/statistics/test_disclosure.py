"""No suppressed count can be computed from what a table shows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.statistics.disclosure import suppress


def with_totals(counts) -> pd.DataFrame:
    counts = np.asarray(counts)
    counts = np.vstack([counts, counts.sum(axis=0)])
    return pd.DataFrame(np.hstack([counts, counts.sum(axis=1, keepdims=True)]))


def test_a_table_without_small_counts_is_shown_whole():
    told = suppress(with_totals([[11, 0], [40, 25]]))
    assert not told.isna().any().any()
    assert told.attrs == {"suppressed": 0, "complementary": 0, "recoverable": 0}


def test_one_small_count_takes_others_along_so_that_no_total_gives_it_away():
    told = suppress(with_totals([[3, 40, 50], [60, 70, 80], [90, 20, 30]]))
    assert np.isnan(told.iloc[0, 0])
    assert (told.isna().sum(axis=0)[told.isna().any()] >= 2).all()
    assert (told.isna().sum(axis=1)[told.isna().any(axis=1)] >= 2).all()
    assert told.attrs["recoverable"] == 0


def test_a_single_column_with_its_total_hides_a_second_count():
    told = suppress(pd.DataFrame({"n": [3, 40, 50, 93]}))
    assert told["n"].isna().tolist() == [True, True, False, False]


def test_two_ones_whose_total_is_two_are_not_enough():
    told = suppress(pd.DataFrame({"n": [1, 1, 30, 32]}))
    # Nothing hidden is zero, so one and one would be all that two can be.
    assert told["n"].isna().sum() == 3
    assert told.attrs["recoverable"] == 0


def test_zeros_are_shown():
    told = suppress(with_totals([[0, 40, 3], [50, 60, 70], [80, 90, 4]]))
    assert told.iloc[0, 0] == 0


def test_the_labels_stay_and_the_callers_table_does_too():
    table = pd.DataFrame({"n": [3, 40, 43]}, index=["a", "b", "all"])
    told = suppress(table)
    assert list(told.index) == ["a", "b", "all"]
    assert table["n"].tolist() == [3, 40, 43]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (pd.DataFrame(), "no cells"),
        (pd.DataFrame({"n": [1.5]}), "whole numbers"),
        (pd.DataFrame({"n": [-1]}), "whole numbers"),
        (pd.DataFrame({"n": [np.nan]}), "whole numbers"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(table, why):
    with pytest.raises(ValueError, match=why):
        suppress(table)


@pytest.mark.parametrize("bounds", [{"low": 0}, {"low": 5, "high": 4}])
def test_bounds_that_are_none_are_refused(bounds):
    with pytest.raises(ValueError, match="low <= high"):
        suppress(pd.DataFrame({"n": [20]}), **bounds)


small_tables = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 14), min_size=columns, max_size=columns), min_size=2, max_size=4
    )
)


@settings(max_examples=60, deadline=None)
@given(small_tables)
def test_nothing_small_is_shown_and_nothing_hidden_is_known(counts):
    table = with_totals(counts)
    told = suppress(table)
    shown = told.to_numpy()
    assert not ((shown >= 1) & (shown <= 10)).any()
    assert told.attrs["recoverable"] == 0
    same = ~np.isnan(shown)
    assert (shown[same] == table.to_numpy()[same]).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_a_reader_who_tries_every_table_finds_two_that_fit_at_each_hidden_cell(counts):
    """By brute force, without the solver: all tables of two by two with the same shown cells."""
    table = with_totals(np.reshape(counts, (2, 2)))
    told = suppress(table)
    shown = told.to_numpy()
    hidden = np.isnan(shown)
    if not hidden.any() or hidden.all():
        return
    least = 0 if (table.to_numpy()[hidden] == 0).any() else 1
    a, b, c, d = np.meshgrid(*[np.arange(26)] * 4, indexing="ij")
    every = np.array([[a, b, a + b], [c, d, c + d], [a + c, b + d, a + b + c + d]])
    fits = np.ones(a.shape, bool)
    for at in zip(*np.nonzero(~hidden), strict=True):
        fits &= every[at] == shown[at]
    for at in zip(*np.nonzero(hidden), strict=True):
        fits &= every[at] >= least
    for at in zip(*np.nonzero(hidden), strict=True):
        assert len(np.unique(every[at][fits])) > 1
