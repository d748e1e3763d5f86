"""The shape of a network: its separate parts, and how thickly tied each part is."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import ties


@dataclass(frozen=True, eq=False)
class Components:
    """`component`: number per person, in the order of `people`, 0 for the largest part (of equal
    ones that of the first person). `size`: people per part."""

    people: tuple
    component: np.ndarray
    size: np.ndarray


def components(edges, *, people=None):
    """Parts with no tie between them. `edges`, `people` as in `ties.of`. Returns `Components`."""
    from scipy.sparse.csgraph import connected_components

    tied = ties.of(edges, people)
    if not tied.people:
        return Components((), np.empty(0, np.intp), np.empty(0, np.intp))
    _, label = connected_components(tied.near, directed=False)
    _, first, label, size = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    rank = np.empty(order.size, np.intp)
    rank[order] = np.arange(order.size)
    return Components(tied.people, rank[label], size[order])


def k_core(edges, *, people=None):
    """Core number per person: array (people,), in the order of `ties.of(edges, people).people`.

    The k-core is the largest set in which everyone has at least k ties within it; a person's core
    number is the largest k whose core holds them, 0 without ties. Seidman (1983); found by taking
    away people with too few ties until none is left.
    """
    near = ties.of(edges, people).near
    degree = np.diff(near.indptr).astype(np.int64)
    core = np.full(degree.size, -1)
    k = 0
    leaving = np.flatnonzero(degree == 0)
    while True:
        while leaving.size:
            core[leaving] = k
            met = near[leaving].indices
            met = met[core[met] < 0]
            np.subtract.at(degree, met, 1)
            met = np.unique(met)
            leaving = met[degree[met] <= k]
        staying = core < 0
        if not staying.any():
            return core
        k = int(degree[staying].min())
        leaving = np.flatnonzero(staying & (degree <= k))
