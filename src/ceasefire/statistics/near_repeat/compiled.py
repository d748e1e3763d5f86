"""Shuffling and counting, compiled: many permutations side by side.

Each event is a row of `LANES` times, one per permutation, so that a pair costs two reads of
neighbouring memory and one comparison per lane and limit. Our own threads call this without
the interpreter lock; numba's own would abort the process when two requests meet.
"""

import numpy as np
from numba import njit

LANES = 64
_FLUSH = 65_535  # the lane counters are 16 bits wide


def _compile(function):
    """Keep the machine code on disk where some directory may be written."""
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


def count(pairs, days, limits, keys):
    """Counts under each limit: int64 array (keys, space bands, limits)."""
    rows = np.zeros((days.size, LANES), days.dtype)
    _shuffle(days, keys, rows)
    found = np.zeros((pairs.bands, limits.size, LANES), np.int64)
    _count(pairs.i, pairs.j, pairs.band, rows, limits, found)
    return np.ascontiguousarray(found[:, :, : keys.size].transpose(2, 0, 1))


@_compile
def _shuffle(days, keys, rows):
    """Fisher and Yates, one column per key; random numbers are `plain.draws` step by step."""
    one = np.empty_like(days)
    for lane in range(keys.size):
        one[:] = days
        state = keys[lane]
        for last in range(days.size - 1, 0, -1):
            state += np.uint64(0x9E3779B97F4A7C15)
            z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = (z ^ (z >> np.uint64(31))) >> np.uint64(32)
            pick = np.int64((z * np.uint64(last + 1)) >> np.uint64(32))
            one[last], one[pick] = one[pick], one[last]
        for event in range(days.size):
            rows[event, lane] = one[event]


@_compile
def _count(i, j, band, rows, limits, found):
    counters = np.zeros((found.shape[0], limits.size, LANES), np.uint16)
    gap = np.empty(LANES, rows.dtype)
    held = 0
    for pair in range(i.size):
        a = rows[i[pair]]
        b = rows[j[pair]]
        for lane in range(LANES):
            gap[lane] = max(a[lane], b[lane]) - min(a[lane], b[lane])
        for step in range(limits.size):
            limit = limits[step]
            counter = counters[band[pair], step]
            for lane in range(LANES):
                counter[lane] += gap[lane] < limit
        held += 1
        if held == _FLUSH:
            found += counters
            counters[:] = 0
            held = 0
    found += counters
