"""Density, local clusters and map accuracy against brute force and published examples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ceasefire.statistics import hot_spots

GRID = {"x_grid": np.arange(349_000, 358_000, 500), "y_grid": np.arange(569_000, 577_000, 400)}


def test_density_is_the_sum_of_a_gaussian_at_every_event(clustered):
    x, y, _ = clustered(60)
    found = hot_spots.kde(x, y, bandwidth=300, **GRID)
    gap = (GRID["x_grid"][:, None] - x) ** 2
    square = gap[None, :, :] + ((GRID["y_grid"][:, None] - y) ** 2)[:, None, :]
    direct = np.exp(-square / (2 * 300**2)).mean(axis=2) / (2 * np.pi * 300**2)
    assert found.shape == (GRID["y_grid"].size, GRID["x_grid"].size)
    assert np.abs(found - direct).max() < 1e-12 * direct.max()


def test_density_sums_to_one_over_a_wide_grid():
    x_grid = y_grid = np.arange(498_000, 502_001, 50.0)
    found = hot_spots.kde([5e5], [5e5], bandwidth=200, x_grid=x_grid, y_grid=y_grid)
    assert found.sum() * 50**2 == pytest.approx(1)


def test_density_does_not_depend_on_how_events_are_portioned(clustered, monkeypatch):
    x, y, _ = clustered(100)
    whole = hot_spots.kde(x, y, bandwidth=300, **GRID)
    monkeypatch.setattr(hot_spots, "_CHUNK", 7)
    assert hot_spots.kde(x, y, bandwidth=300, **GRID) == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"x_grid": np.zeros(40_000), "y_grid": np.zeros(25_000)}, "1,000,000,000 cells"),
        ({"bandwidth": 0}, "bandwidth"),
        ({"x": [], "y": []}, "no events"),
        ({"x": [-73.9], "y": [40.6]}, "degrees"),
        ({"x": [np.nan]}, "position 0"),
    ],
)
def test_absurd_maps_are_refused(change, reason):
    good = {"x": [5e5], "y": [4e6], "bandwidth": 200} | GRID
    with pytest.raises(ValueError, match=reason):
        hot_spots.kde(**(good | change))


def direct_gi_star(values):
    """Gi* cell by cell from its definition, with the cells that are not missing."""
    cells = np.argwhere(~np.isnan(values))
    x = values[tuple(cells.T)]
    n, found = len(x), np.full(values.shape, np.nan)
    for cell in cells:
        w = (np.abs(cells - cell).max(axis=1) <= 1).astype(float)
        spread = x.std() * np.sqrt((n * (w**2).sum() - w.sum() ** 2) / (n - 1)) if n > 1 else 0
        if spread > 0:
            found[tuple(cell)] = (w @ x - x.mean() * w.sum()) / spread
    return found


cell = st.one_of(st.just(np.nan), st.integers(0, 9).map(float))
grids = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=cell)


@settings(max_examples=80, deadline=None)
@given(grids)
def test_gi_star_on_a_grid_is_the_definition_with_missing_cells_left_out(values):
    known = values[~np.isnan(values)]
    found = hot_spots.getis_ord_star(values)
    assert found.shape == values.shape
    if known.size and np.ptp(known) > 0:
        assert found == pytest.approx(direct_gi_star(values), nan_ok=True, abs=1e-9)
    else:
        assert np.isnan(found).all()


def test_gi_star_of_six_points_matches_the_published_example():
    x, y = np.array([10, 20, 40, 15, 30, 30]), np.array([10, 10, 10, 20, 20, 30])
    values = np.array([2, 3, 3.2, 5, 8, 7])
    near = (np.hypot(x[:, None] - x, y[:, None] - y) <= 15).astype(float)
    assert hot_spots.gi_star(near @ values, near.sum(axis=1), values) == pytest.approx(
        [-1.397276, -0.289178, 0.650650, -0.289178, 1.234521, 2.024243], abs=1e-6
    )


def test_gi_of_six_points_matches_the_published_example():
    x, y = np.array([10, 20, 40, 15, 30, 30]), np.array([10, 10, 10, 20, 20, 30])
    values = np.array([2, 3, 3.2, 5, 8, 7])
    near = (np.hypot(x[:, None] - x, y[:, None] - y) <= 15).astype(float)
    np.fill_diagonal(near, 0)
    assert hot_spots.gi(near @ values, near.sum(axis=1), values) == pytest.approx(
        [-1.013673, -0.043616, 1.315587, -0.314127, 1.153740, 1.778339], abs=1e-6
    )


def test_gi_says_nothing_where_there_is_nothing_to_tell_apart():
    assert np.isnan(hot_spots.gi([1.0, 1.0], [1.0, 1.0], [1.0, 2.0])).all()
    assert np.isnan(hot_spots.gi([4.0] * 3, [2.0] * 3, [2.0] * 3)).all()


def test_gi_star_refuses_what_is_not_a_grid():
    with pytest.raises(ValueError, match="shape"):
        hot_spots.getis_ord_star([1, 2, 3])
    with pytest.raises(ValueError, match="infinite"):
        hot_spots.getis_ord_star([[1, np.inf]])


def test_map_accuracy_matches_the_published_example():
    seen, promised = (6, 3, 0), (3, 2, 1)
    assert hot_spots.pai(seen, promised).tolist() == [2, 1.5, 1]
    assert hot_spots.pei(seen, promised).tolist() == [1, 1, 1]
    assert hot_spots.rri(seen, promised) == pytest.approx([3 / 6, 5 / 9, 6 / 9])


def test_a_map_that_puts_the_worst_cell_first_is_worse_than_the_best_possible():
    assert hot_spots.pei((0, 3, 6), (3, 2, 1)) == pytest.approx([0, 3 / 9, 1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 2, st.integers(1, 5)), min_size=1, max_size=12))
def test_no_map_beats_the_best_possible_and_the_whole_city_is_one(cells):
    seen, promised, area = np.array(cells, float).T
    accuracy = hot_spots.pai(seen, promised, area=area)
    efficiency = hot_spots.pei(seen, promised, area=area)
    if seen.any():
        assert accuracy[-1] == pytest.approx(1)
        assert (efficiency <= 1 + 1e-12).all()
    else:
        assert np.isnan(accuracy).all()


def test_map_accuracy_needs_one_value_per_cell_and_real_areas():
    with pytest.raises(ValueError, match="every array"):
        hot_spots.pai([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="area"):
        hot_spots.pai([1, 2], [1, 2], area=[1, 0])
