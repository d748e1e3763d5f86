"""How many other events lie within each time band of an event, exactly and without pairs."""

import numpy as np


def degrees(t, edges):
    """Partners of each event in each time band: int64 array (bands, events)."""
    order = np.argsort(t, kind="stable")
    below = np.array([_partners_under(t[order], edge) for edge in edges])
    found = np.empty_like(below)
    found[:, order] = below
    return np.diff(found, axis=0)


def _partners_under(t, edge):
    """Per sorted event, the others whose difference in time is under `edge`."""
    after = _reach(t, edge)
    start = np.arange(t.size)
    before = start - np.searchsorted(after, start, side="right")
    return np.where(edge > 0, after - 1 - start + before, 0)


def _reach(t, edge):
    """Per sorted event, the first later position whose difference is not under `edge`.

    Bisection on the difference itself: searching for t + edge could round the other way than
    the difference of a pair does, and an event would change bands.
    """
    low, high = np.arange(t.size), np.full(t.size, t.size)
    while (low < high).any():
        middle = (low + high) // 2
        under = t[np.minimum(middle, t.size - 1)] - t < edge
        low, high = np.where((low < high) & under, middle + 1, low), np.where(under, high, middle)
    return low
