"""Near-repeat chains: shootings that follow one another, link by link."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.near_repeat.pairs import distance, norm, up_to


@dataclass(frozen=True, eq=False)
class Chains:
    """Chains of two or more events, numbered from 0 in the order they began.

    Per event: `chain_id`, -1 for an event that belongs to none. Per chain: `size`, and
    `originator`, the position of its earliest event; where several share that earliest time,
    the one listed first, and `originator_shared` is True. Per link: `earlier` and `later`,
    positions of two events near each other (same time: the one listed first is `earlier`).
    """

    chain_id: np.ndarray
    originator: np.ndarray
    originator_shared: np.ndarray
    size: np.ndarray
    earlier: np.ndarray
    later: np.ndarray
    within_m: float
    within_days: float
    metric: str


def chains(x, y, t, *, within_m, within_days, metric="euclidean"):
    """Connect events at most `within_m` metres and at most `within_days` days apart.

    Both limits are included. Arrays hold one value per incident, metres and days. Chains are
    the connected components, so their ends may be far apart; nothing is capped. Returns
    `Chains`; raises ValueError as `knox` does.
    """
    x, y, t = inputs.events(x, y, t)
    i, j = _links(np.column_stack([x, y]), t, within_m, within_days, norm(metric))
    rank = np.empty(t.size, np.int64)
    rank[np.argsort(t, kind="stable")] = np.arange(t.size)
    chain_id, first = _number(_components(i, j, t.size), rank)
    start = t[first]
    shares = (chain_id >= 0) & (t == start[chain_id]) if first.size else np.zeros(t.size, bool)
    forward = rank[i] < rank[j]
    return Chains(
        chain_id=chain_id,
        originator=first,
        originator_shared=np.bincount(chain_id[shares], minlength=first.size) > 1,
        size=np.bincount(chain_id[chain_id >= 0], minlength=first.size),
        earlier=np.where(forward, i, j),
        later=np.where(forward, j, i),
        within_m=within_m,
        within_days=within_days,
        metric=metric,
    )


def _links(points, t, within_m, within_days, power):
    """Positions i, j of every two events near in space and time."""
    from scipy.spatial import cKDTree

    space, days = up_to(within_m, "within_m")[1], up_to(within_days, "within_days")[1]
    if t.size < 2:
        return np.empty((2, 0), np.intp)
    # One search in a box of space and time, a hair too wide, finds far fewer than space alone.
    scaled = np.column_stack([(points - points[0]) / (space + 1e-6), t / (days + 1e-6)])
    i, j = cKDTree(scaled).query_pairs(1 + 1e-6, p=np.inf, output_type="ndarray").T
    near = distance(points[i], points[j], power) < space
    near &= np.abs(t[i] - t[j]) < days
    return i[near], j[near]


def _components(i, j, events):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(i.size, np.int8), (i, j)), shape=(events, events))
    return connected_components(graph, directed=False)[1]


def _number(component, rank):
    """Chain number per event, and the first event per chain, from component labels."""
    in_time = np.argsort(rank)
    _, first, size = np.unique(component[in_time], return_index=True, return_counts=True)
    real = np.flatnonzero(size > 1)
    began = real[np.argsort(first[real])]
    number = np.full(size.size, -1)
    number[began] = np.arange(began.size)
    return number[component], in_time[first[began]]
