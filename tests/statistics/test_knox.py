"""The near-repeat table against brute force, its own theory and published figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ceasefire.statistics import near_repeat
from ceasefire.statistics.near_repeat import compiled, pairs, plain, shuffle
from tests.statistics.conftest import FULL

FAR = np.inf
coordinate = st.integers(0, 40).map(lambda value: 1_000.0 + value * 25)
day = st.one_of(st.integers(0, 30).map(float), st.integers(0, 300).map(lambda value: value / 10))
events = st.lists(st.tuples(coordinate, coordinate, day), max_size=25)
space = st.sampled_from(
    [[0, 0.5, 100, 200, 400], [0, 100, FAR], [50, 125], [125, 250, FAR], [0, FAR]]
)
time = st.sampled_from([[0, 5, 8, 15], [0, 1, FAR], [3, 7], [0, 0.1, 0.3]])


def brute(x, y, t, space_edges, time_edges, metric):
    """Count pairs the slow way, with numpy's half-open digitize."""
    i, j = np.triu_indices(x.size, 1)
    across, up = np.abs(x[i] - x[j]), np.abs(y[i] - y[j])
    gap = across + up if metric == "manhattan" else np.sqrt(across**2 + up**2)
    row = np.digitize(gap, space_edges) - 1
    column = np.digitize(np.abs(t[i] - t[j]), time_edges) - 1
    found = np.zeros((len(space_edges) - 1, len(time_edges) - 1), int)
    for a, b in zip(row, column, strict=True):
        if 0 <= a < found.shape[0] and 0 <= b < found.shape[1]:
            found[a, b] += 1
    return found


def columns(rows):
    return np.array(rows, dtype=float).reshape(-1, 3).T


@settings(max_examples=120, deadline=None)
@given(events, space, time, st.sampled_from(["euclidean", "manhattan"]))
def test_every_pair_is_counted_in_its_half_open_band(rows, space_edges, time_edges, metric):
    x, y, t = columns(rows)
    table = near_repeat.knox(
        x, y, t, space_edges=space_edges, time_edges=time_edges, metric=metric, permutations=0
    )
    assert (table.observed == brute(x, y, t, space_edges, time_edges, metric)).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(coordinate, coordinate, day), min_size=4, max_size=6), space, time)
def test_mean_and_variance_are_those_of_every_possible_shuffle(rows, space_edges, time_edges):
    from itertools import permutations

    x, y, t = columns(rows)
    table = near_repeat.knox(
        x, y, t, space_edges=space_edges, time_edges=time_edges, permutations=0
    )
    every = np.array(
        [
            brute(x, y, t[list(order)], space_edges, time_edges, "euclidean")
            for order in permutations(range(t.size))
        ]
    )
    assert np.allclose(table.expected, every.mean(axis=0))
    assert np.allclose(table.variance, every.var(axis=0))


@settings(max_examples=40, deadline=None)
@given(events, space, time, st.integers(0, 5))
def test_compiled_and_plain_shuffles_give_the_same_counts(rows, space_edges, time_edges, seed):
    x, y, t = columns(rows)
    finite = np.array([edge for edge in space_edges if np.isfinite(edge)], float)
    close = pairs.near(np.column_stack([x, y]), finite)
    days, limits = shuffle.compact(t, np.array(time_edges, float)[1:])
    keys = shuffle.keys(seed, 70)
    fast = compiled.count(close, days, limits, keys)
    assert (fast == plain.count(close, days, limits, keys)).all()


def test_fractional_times_are_compared_exactly_as_given(clustered):
    x, y, t = clustered(300)
    t = t + np.random.default_rng(1).integers(0, 1440, t.size) / 1440
    edges = {"space_edges": [0, 200, 400], "time_edges": [0, 2.5, 7, 14]}
    table = near_repeat.knox(x, y, t, **edges)
    assert (table.observed == brute(x, y, t, *edges.values(), "euclidean")).all()
    assert np.abs(table.simulation_error).max() < 5


def test_an_edge_between_whole_days_splits_them_where_it_lies(clustered):
    x, y, t = clustered(200, days=60)
    edges = {"space_edges": [0, 600], "time_edges": [0, 2.5, 6.5]}
    table = near_repeat.knox(x, y, t, **edges)
    assert (table.observed == brute(x, y, t, *edges.values(), "euclidean")).all()
    assert np.abs(table.simulation_error).max() < 5


def test_no_shuffle_is_lost_when_lane_counters_are_full(clustered):
    x, y, t = clustered(1_500, days=20)
    edges = {"space_edges": [0, 6_000], "time_edges": [0, 15]}
    table = near_repeat.knox(x, y, t, **edges, permutations=64)
    assert table.observed[0, 0] > 2 * 65_535
    assert np.abs(table.simulation_error).max() < 5


def test_the_simulated_mean_stays_within_three_errors_of_the_exact_one(clustered):
    x, y, t = clustered(600)
    table = near_repeat.knox(
        x, y, t, space_edges=[0, 400], time_edges=[0, 15], permutations=4_999, seed=3
    )
    assert np.abs(table.simulation_error).max() < 3


def test_the_exact_variance_is_the_simulated_one(clustered):
    x, y, t = clustered(400)
    runs = [
        near_repeat.knox(x, y, t, space_edges=[0, 400], time_edges=[0, 15], permutations=1, seed=s)
        for s in range(1_500)
    ]
    simulated = np.var([run.simulated_mean for run in runs])
    assert simulated == pytest.approx(runs[0].variance.item(), rel=0.12)


def test_one_band_without_end_holds_every_pair_and_shows_nothing(clustered):
    table = near_repeat.knox(*clustered(50), space_edges=[0, FAR], time_edges=[0, 15, FAR])
    assert table.observed.sum() == 50 * 49 / 2
    assert (table.observed == table.simulated_mean).all()
    assert (table.p_value == 1).all()


def settled(table):
    return np.concatenate([table.observed, table.p_value, table.simulated_mean], axis=None)


def test_threads_change_no_number(clustered):
    x, y, t = clustered(900)
    edges = {"space_edges": [0, 0.5, 200, 400], "time_edges": [0, 5, 15]}
    runs = [near_repeat.knox(x, y, t, **edges, threads=threads) for threads in (1, 2, 3)]
    assert all((settled(run) == settled(runs[0])).all() for run in runs)


def test_the_order_of_the_events_changes_no_number(clustered):
    x, y, t = clustered(700)
    order = np.random.default_rng(9).permutation(t.size)
    edges = {"space_edges": [0, 200, 400], "time_edges": [0, 5, 15]}
    one = near_repeat.knox(x, y, t, **edges)
    other = near_repeat.knox(x[order], y[order], t[order], **edges)
    assert (settled(one) == settled(other)).all()


def test_the_result_without_numba_is_the_same(clustered, monkeypatch):
    x, y, t = clustered(400)
    edges = {"space_edges": [0, 200, 400], "time_edges": [0, 5, 15]}
    fast = near_repeat.knox(x, y, t, **edges)
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    monkeypatch.delitem(__import__("sys").modules, compiled.__name__)
    monkeypatch.delattr(near_repeat, "compiled")
    slow = near_repeat.knox(x, y, t, **edges)
    assert shuffle._engine() is plain
    assert (settled(fast) == settled(slow)).all()


def test_the_callers_arrays_are_left_alone(clustered):
    given_arrays = clustered(200)
    kept = [array.copy() for array in given_arrays]
    near_repeat.knox(*given_arrays, space_edges=[0, 400], time_edges=[0, 15])
    assert all((a == b).all() for a, b in zip(given_arrays, kept, strict=True))


def test_p_is_never_zero_and_says_how_it_was_found(clustered):
    x, y, _ = clustered(200)
    same_day = np.argsort(np.argsort(x)) // 5.0 * 40  # neighbours in space share a day
    edges = {"space_edges": [0, 400], "time_edges": [0, 15]}
    simulated = near_repeat.knox(x, y, same_day, **edges, permutations=99)
    assert simulated.p_value.item() == 1 / 100
    assert "Monte Carlo" in simulated.method
    approximate = near_repeat.knox(x, y, same_day, **edges, permutations=0)
    assert 0 < approximate.p_value.item() < 0.001
    assert "gamma" in approximate.method
    assert np.isnan(approximate.simulated_mean).all()


def test_p_values_are_uniform_when_times_are_pure_chance(clustered, seeds):
    p = [
        near_repeat.knox(
            *clustered(150, seed), space_edges=[0, 600], time_edges=[0, 31], permutations=199
        ).p_value.item()
        for seed in range(seeds)
    ]
    # Counts are whole numbers, so p can only be a little above uniform, never below it.
    assert stats.kstest(p, "uniform", alternative="greater").pvalue > 0.001
    assert np.mean(p) == pytest.approx(0.5, abs=0.12 if not FULL else 0.05)


def test_the_gamma_p_is_close_to_the_simulated_one(clustered):
    edges = {"space_edges": [0, 400], "time_edges": [0, 15]}
    for seed in range(5):
        data = clustered(500, seed)
        simulated = near_repeat.knox(*data, **edges, permutations=9_999).p_value
        assert near_repeat.knox(*data, **edges, permutations=0).p_value == pytest.approx(
            simulated, abs=0.015
        )


def test_a_table_prints_its_bands_half_open():
    table = near_repeat.knox(
        [0, 30, 9_000], [0, 0, 0], [0, 1, 9], space_edges=[0, 0.5, 100, FAR], time_edges=[0, 5, 15]
    )
    assert table.space_labels == ["0 to under 0.5 m", "0.5 to under 100 m", "100 m and over"]
    assert table.time_labels == ["0 to under 5 days", "5 to under 15 days"]


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_events_give_an_empty_table_and_no_claim(count):
    table = near_repeat.knox(
        np.full(count, 5e5), np.full(count, 4e6), np.zeros(count),
        space_edges=[0, 100, FAR], time_edges=[0, 5],
    )  # fmt: skip
    assert not table.observed.any()
    assert np.isnan(table.ratio).all()
    assert (table.p_value == 1).all()


GOOD = {"x": [5e5, 5e5, 6e5], "y": [4e6, 4e6, 4e6], "t": [0, 1, 2]}
EDGES = {"space_edges": [0, 100], "time_edges": [0, 5]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"x": [-73.9, -73.8, -73.7], "y": [40.6, 40.7, 40.8]}, "degrees"),
        ({"x": [5e5, np.nan, 6e5]}, "position 1"),
        ({"t": [0, 1, np.inf]}, "position 2"),
        ({"x": [5e5, 0, 5.01e5], "y": [4e6, 0, 4e6]}, "0,0"),
        ({"t": [0, 1]}, "One value per event"),
        ({"x": [[5e5, 5e5, 6e5]]}, "one dimension"),
        ({"space_edges": []}, "space_edges"),
        ({"space_edges": [0]}, "two edges"),
        ({"space_edges": [0, 100, 50]}, "larger"),
        ({"space_edges": [0, FAR, FAR]}, "larger"),
        ({"time_edges": [-1, 5]}, "from 0"),
        ({"time_edges": [0, np.nan]}, "numbers"),
        ({"metric": "degrees"}, "metric"),
        ({"permutations": -1}, "permutations"),
    ],
)
def test_absurd_input_is_refused_with_the_reason(change, reason):
    with pytest.raises(ValueError, match=reason):
        near_repeat.knox(**(GOOD | EDGES | change))


def test_too_many_pairs_are_refused_with_an_estimate(clustered, monkeypatch):
    monkeypatch.setattr(pairs, "MOST_PAIRS", 10_000)
    x, y, t = clustered(3_000)
    with pytest.raises(ValueError, match=r"million pairs .* GB"):
        near_repeat.knox(x, y, t, space_edges=[0, 5_000], time_edges=[0, 5])
    endless = near_repeat.knox(x, y, t, space_edges=[0, 0.5, FAR], time_edges=[0, 5])
    assert endless.observed.sum() > 10_000


# Published figures ---------------------------------------------------------------------------

ARSON = {"space_edges": [0, 0.001, 200, 400, 600, FAR], "time_edges": [0, 1, 2, 3, FAR]}
ARSON_PRINTED = np.array(
    [[0, 2, 0, 8], [9, 1, 1, 45], [4, 0, 0, 140], [6, 0, 0, 234], [393, 710, 770, 133_658]]
)


def test_chicago_arson_agrees_with_the_near_repeat_calculator_but_for_its_rounding(chicago_arson):
    """One pair lies 399.96 m apart, 147 days apart. The calculator keeps coordinates in single
    precision, where the same pair is 400.00 m apart, one band further out."""
    x, y, t = chicago_arson
    table = near_repeat.knox(x, y, t, **ARSON, metric="manhattan", permutations=99)
    moved = np.zeros((5, 4), int)
    moved[2, 3], moved[3, 3] = 1, -1
    assert (table.observed - ARSON_PRINTED == moved).all()
    single = [array.astype(np.float32) for array in (x, y)]
    table = near_repeat.knox(*single, t, **ARSON, metric="manhattan", permutations=99)
    assert (table.observed == ARSON_PRINTED).all()


BURKITT = {"space_edges": [0, np.nextafter(20, FAR), FAR], "time_edges": [0, 6, FAR]}


def test_burkitts_lymphoma_has_the_table_mean_and_variance_worked_out_before(burkitt):
    table = near_repeat.knox(*burkitt, **BURKITT, permutations=9_999)
    assert table.observed.tolist() == [[13, 3416], [39, 14110]]
    assert table.expected[0, 0] == pytest.approx(10.143816, abs=5e-7)
    assert table.variance[0, 0] == pytest.approx(8.3977, abs=5e-5)
    assert 0.19 < table.p_value[0, 0] < 0.22


def test_burkitts_chance_of_as_many_pairs_counts_the_thirteen_seen(burkitt):
    """Two packages print 0.1462, the chance of more than thirteen."""
    mean = near_repeat.knox(*burkitt, **BURKITT, permutations=0).expected[0, 0]
    assert round(stats.poisson.sf(13 - 1, mean), 4) == 0.2223
    assert round(stats.poisson.sf(13, mean), 4) == 0.1462


def test_half_of_what_each_case_has_above_chance_is_the_modified_statistic(burkitt):
    each = near_repeat.local(*burkitt, within_m=20, within_days=5)
    above = each.neighbours - each.in_space * each.in_time / (burkitt.shape[1] - 1)
    assert above.sum() / 2 == pytest.approx(2.810160, abs=5e-7)


def test_new_york_ratios_by_ring_are_those_worked_out_before(new_york):
    table = near_repeat.knox(
        new_york["x"], new_york["y"], new_york["day"],
        space_edges=[0, 0.5, 400, 800, 1200, 1600], time_edges=[0, 15], permutations=0,
    )  # fmt: skip
    assert table.events == 21_903
    assert table.observed[:2, 0].tolist() == [541, 667]
    assert table.ratio[:, 0] == pytest.approx([3.011, 1.387, 1.064, 1.037, 1.030], abs=0.0007)


@pytest.mark.parametrize(
    ("year", "seen", "expected"),
    [(2019, 12, 10.92), (2020, 65, 62.5), (2021, 59, 47.9), (2022, 34, 30.7)],
)
def test_one_year_of_new_york_is_too_short_to_show_near_repeats(new_york, year, seen, expected):
    rows = new_york[new_york["year"] == year]
    table = near_repeat.knox(
        rows["x"], rows["y"], rows["day"], space_edges=[0, 400.001], time_edges=[0, 15]
    )
    assert table.observed.item() == seen
    assert table.expected.item() == pytest.approx(expected, abs=0.05)
    assert table.p_value.item() > 0.04
    assert table.detectable_ratio.item() > 1.25
