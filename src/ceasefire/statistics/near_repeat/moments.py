"""Exact mean and variance of a Knox count when times are shuffled over places.

Barton and David's moments: a shuffled count depends only on how many pairs are near in space,
how many in time, and how often those pairs share an event. Worked in whole numbers, because
the variance is a small difference between very large ones.
"""

from fractions import Fraction

import numpy as np


def moments(space_degrees, time_degrees):
    """Expected count and its variance: two float arrays (space bands, time bands).

    Each argument is (bands, events): the partners of each event in each band.
    """
    events = space_degrees.shape[1]
    space = [_sums(row) for row in space_degrees]
    time = [_sums(row) for row in time_degrees]
    cells = np.array([[_cell(events, s, t) for t in time] for s in space])
    return cells[..., 0], cells[..., 1]


def _sums(degrees):
    """Number of pairs, and of two pairs that share an event."""
    degrees = degrees.astype(object) if degrees.max(initial=0) > 1_000_000 else degrees
    return int(degrees.sum()) // 2, int((degrees * (degrees - 1)).sum()) // 2


def _cell(n, space, time):
    (pairs_s, shared_s), (pairs_t, shared_t) = space, time
    expected = _over(pairs_s * pairs_t, n * (n - 1) // 2)
    square = (
        expected
        + _over(4 * shared_s * shared_t, n * (n - 1) * (n - 2))
        + _over(_apart(pairs_s, shared_s) * _apart(pairs_t, shared_t) * 4, _four_of(n))
    )
    return float(expected), float(square - expected * expected)


def _apart(pairs, shared):
    """Ordered choices of two pairs that share no event."""
    return pairs * (pairs - 1) - 2 * shared


def _four_of(n):
    return n * (n - 1) * (n - 2) * (n - 3)


def _over(numerator, denominator):
    """A quotient, 0 where there are too few events for the case to exist."""
    return Fraction(numerator, denominator) if denominator else Fraction(0)
