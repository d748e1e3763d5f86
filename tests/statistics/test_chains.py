"""Chains, single events and open windows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ceasefire.statistics import near_repeat

place = st.integers(0, 20).map(lambda value: 1_000.0 + value * 50)
rows = st.lists(st.tuples(place, place, st.integers(0, 40).map(float)), max_size=25)
LIMITS = {"within_m": 100.0, "within_days": 7.0}


def near(x, y, t):
    """Matrix of pairs within the limits, both included."""
    gap = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    found = (gap <= LIMITS["within_m"]) & (np.abs(t[:, None] - t) <= LIMITS["within_days"])
    np.fill_diagonal(found, False)
    return found


def columns(events):
    return np.array(events, dtype=float).reshape(-1, 3).T


@settings(max_examples=100, deadline=None)
@given(rows)
def test_two_events_share_a_chain_exactly_when_links_join_them(events):
    x, y, t = columns(events)
    found = near_repeat.chains(x, y, t, **LIMITS)
    joined = near(x, y, t) | np.eye(t.size, dtype=bool)
    for _ in range(6):
        joined = joined @ joined
    together = found.chain_id[:, None] == found.chain_id
    alone = found.chain_id == -1
    assert (alone == (joined.sum(axis=0) == 1)).all()
    assert (joined == together)[~alone][:, ~alone].all()
    assert (found.size == np.bincount(found.chain_id[~alone], minlength=found.size.size)).all()


@settings(max_examples=60, deadline=None)
@given(rows)
def test_the_originator_is_the_earliest_and_a_shared_start_is_said(events):
    x, y, t = columns(events)
    found = near_repeat.chains(x, y, t, **LIMITS)
    for chain, first in enumerate(found.originator):
        members = np.flatnonzero(found.chain_id == chain)
        earliest = members[t[members] == t[members].min()]
        assert first == earliest[0]
        assert found.originator_shared[chain] == (earliest.size > 1)
    assert (np.diff(t[found.originator]) >= 0).all()
    assert (t[found.earlier] <= t[found.later]).all()
    assert found.earlier.size == near(x, y, t).sum() // 2


def test_both_limits_of_a_chain_are_included():
    x, y = [5e5, 5e5 + 100, 5e5], [4e6, 4e6, 4e6 + 9_000]
    assert near_repeat.chains(x, y, [0, 7, 0], **LIMITS).chain_id.tolist() == [0, 0, -1]
    for late, far in ((7.000005, 100), (7, 100.00005)):
        alone = near_repeat.chains([5e5, 5e5 + far, 5e5], y, [0, late, 0], **LIMITS)
        assert alone.chain_id.tolist() == [-1, -1, -1]


def test_no_chain_is_cut_short_however_many_neighbours():
    x = np.full(1_000, 5e5)
    found = near_repeat.chains(x, x, np.zeros(1_000), **LIMITS)
    assert found.size.tolist() == [1_000]
    assert found.originator_shared.tolist() == [True]


def test_new_york_chains_are_those_worked_out_before(new_york):
    found = near_repeat.chains(
        new_york["x"], new_york["y"], new_york["day"], within_m=800, within_days=14
    )
    assert (found.size.size, found.size.sum(), found.size.max()) == (1_670, 3_831, 10)


@settings(max_examples=60, deadline=None)
@given(rows.filter(lambda events: len(events) > 1))
def test_neighbours_of_an_event_and_their_chance_are_exact(events):
    x, y, t = columns(events)
    found = near_repeat.local(x, y, t, **LIMITS)
    assert (found.neighbours == near(x, y, t).sum(axis=0)).all()
    in_space = (np.hypot(x[:, None] - x, y[:, None] - y) <= 100).sum(axis=0) - 1
    in_time = (np.abs(t[:, None] - t) <= 7).sum(axis=0) - 1
    assert (found.in_space == in_space).all()
    assert (found.in_time == in_time).all()
    draws = zip(found.neighbours, in_time, in_space, strict=True)
    exact = [
        sum(stats.hypergeom.pmf(k, t.size - 1, time, space) for k in range(seen, space + 1))
        for seen, time, space in draws
    ]
    assert found.p_value == pytest.approx(np.array(exact), abs=1e-12)


def test_a_local_p_is_the_share_of_shuffles_that_reach_it(clustered):
    x, y, t = clustered(60, days=60)
    limits = {"within_m": 600.0, "within_days": 7.0}
    found = near_repeat.local(x, y, t, **limits)
    event, chance = int(np.argmin(found.p_value)), np.random.default_rng(4)
    others = np.delete(np.arange(60), event)
    reached = 0
    for _ in range(4_000):
        shuffled = t.copy()
        shuffled[others] = t[chance.permutation(others)]
        run = np.hypot(x - x[event], y - y[event]) <= 600
        seen = (run & (np.abs(shuffled - t[event]) <= 7)).sum() - 1
        reached += seen >= found.neighbours[event]
    assert reached / 4_000 == pytest.approx(found.p_value[event], abs=0.02)


def test_q_never_falls_below_p_and_pure_chance_names_almost_nobody(clustered):
    named = 0
    for seed in range(10):
        found = near_repeat.local(*clustered(400, seed), within_m=400, within_days=14)
        assert (found.q_value >= found.p_value).all()
        named += (found.q_value <= 0.01).any()
    assert named <= 2


# Windows -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fitted():
    """Two years of places, each hit again after 3 days within 50 m, besides pure chance."""
    chance = np.random.default_rng(2)
    x, y = chance.uniform(0, 8_000, (2, 300)) + 5e5
    t = chance.integers(0, 730, 300).astype(float)
    again = slice(0, 40)
    return near_repeat.knox(
        np.r_[x, x[again] + 30], np.r_[y, y[again]], np.r_[t, t[again] + 3],
        space_edges=[0, 100, 400, np.inf], time_edges=[0, 7, 14, np.inf],
    )  # fmt: skip


def test_a_recent_event_opens_the_raised_band_until_its_last_day(fitted):
    open_now = near_repeat.windows(fitted, [1_000.0, 990.0, 1_010.0], as_of=1_006)
    assert open_now.event.tolist() == [0]
    assert (open_now.beyond_m.item(), open_now.within_m.item()) == (0, 100)
    assert (open_now.since.item(), open_now.until.item()) == (1_000, 1_007)
    assert open_now.ratio.item() == fitted.ratio[0, 0] > 3
    assert near_repeat.windows(fitted, [1_000.0], as_of=1_007).event.size == 0


def test_bands_at_chance_without_an_end_or_with_few_pairs_open_nothing(fitted):
    cells = near_repeat.windows(fitted, [0.0], as_of=0).cells
    assert np.argwhere(cells).tolist() == [[0, 0]]
    many = near_repeat.windows(fitted, [0.0], as_of=0, least_pairs=1_000)
    assert not many.cells.any()


def test_no_window_opens_before_its_event(fitted):
    assert near_repeat.windows(fitted, [100.0], as_of=99).event.size == 0
