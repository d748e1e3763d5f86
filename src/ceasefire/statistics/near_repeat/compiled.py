"""Shuffling and counting, compiled: many permutations side by side.

Each event is a row of `LANES` times, one per permutation, so that a pair costs two reads of
neighbouring memory and one comparison per lane and limit. Our own threads call this without
the interpreter lock; numba's own would abort the process when two requests meet.
"""

import numpy as np

from ceasefire.statistics.compiling import compiled

LANES = 64
_TURNED = 16  # permutations shuffled before they are turned into columns
_FLUSH = 65_535  # the lane counters are 16 bits wide


def count(pairs, days, limits, keys):
    """Counts under each limit: int64 array (keys, space bands, limits)."""
    rows = np.zeros((days.size, LANES), days.dtype)
    held = np.empty((_TURNED, days.size), days.dtype)
    under = np.zeros((-(-keys.size // LANES), pairs.bands, limits.size, LANES), np.int64)
    for block, found in enumerate(under):
        _shuffle(days, keys[block * LANES : (block + 1) * LANES], held, rows)
        _count(pairs.i, pairs.j, pairs.band, rows, limits, found)
    shape = len(under) * LANES, pairs.bands, limits.size
    return under.transpose(0, 3, 1, 2).reshape(shape)[: keys.size]


# Written out as plain loops: array expressions would take several times as long to compile.


@compiled
def _shuffle(days, keys, held, rows):
    """Fisher and Yates, one column of `rows` per key; draws are `plain.draws`, two to a state."""
    for start in range(0, keys.size, _TURNED):
        width = min(_TURNED, keys.size - start)
        for lane in range(width):
            state = keys[start + lane]
            for event in range(days.size):
                held[lane, event] = days[event]
            for last in range(days.size - 1, 0, -2):
                state += np.uint64(0x9E3779B97F4A7C15)
                z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                z ^= z >> np.uint64(31)
                pick = ((z >> np.uint64(32)) * np.uint64(last + 1)) >> np.uint64(32)
                moved = held[lane, pick]
                held[lane, pick] = held[lane, last]
                held[lane, last] = moved
                if last > 1:
                    pick = ((z & np.uint64(0xFFFFFFFF)) * np.uint64(last)) >> np.uint64(32)
                    moved = held[lane, pick]
                    held[lane, pick] = held[lane, last - 1]
                    held[lane, last - 1] = moved
        for event in range(days.size):
            for lane in range(width):
                rows[event, start + lane] = held[lane, event]


@compiled
def _count(i, j, band, rows, limits, under):
    """Add to `under`, (space bands, limits, lanes), every pair whose times are that close."""
    counters = np.zeros(under.shape, np.uint16)
    gap = np.empty(LANES, rows.dtype)
    for first in range(0, i.size, _FLUSH):
        for pair in range(first, min(first + _FLUSH, i.size)):
            a = rows[i[pair]]
            b = rows[j[pair]]
            for lane in range(LANES):
                gap[lane] = max(a[lane], b[lane]) - min(a[lane], b[lane])
            for step in range(limits.size):
                limit = limits[step]
                counter = counters[band[pair], step]
                for lane in range(LANES):
                    counter[lane] += gap[lane] < limit
        for ring in range(under.shape[0]):
            for step in range(limits.size):
                for lane in range(LANES):
                    under[ring, step, lane] += counters[ring, step, lane]
                    counters[ring, step, lane] = 0
