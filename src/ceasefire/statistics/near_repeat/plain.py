"""Shuffling and counting in plain numpy, for where numba is absent: the same numbers, slower."""

import numpy as np

LANES = 128
_CHUNK = 1 << 18
_STEP = np.uint64(0x9E3779B97F4A7C15)


def count(pairs, days, limits, keys):
    """Counts under each limit: int64 array (keys, space bands, limits)."""
    return np.array([count_as_given(pairs, times, limits) for times in shuffled(days, keys)])


def shuffled(days, keys):
    """Fisher and Yates for all keys at once: array (keys, events)."""
    rows = np.repeat(days[:, None], keys.size, axis=1)
    lanes = np.arange(keys.size)
    state = keys.copy()
    for last in range(days.size - 1, 0, -1):
        state += _STEP
        pick = ((draws(state) * np.uint64(last + 1)) >> np.uint64(32)).astype(np.int64)
        moved = rows[pick, lanes]
        rows[pick, lanes] = rows[last]
        rows[last] = moved
    return np.ascontiguousarray(rows.T)


def draws(state):
    """32 random bits per SplitMix64 state, as uint64."""
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) >> np.uint64(32)


def count_as_given(pairs, times, limits):
    """Counts of pairs under each limit with the times as they stand: (space bands, limits)."""
    found = np.zeros(pairs.bands * (limits.size + 1), np.int64)
    for start in range(0, pairs.i.size, _CHUNK):
        part = slice(start, start + _CHUNK)
        a, b = times[pairs.i[part]], times[pairs.j[part]]
        gap = np.maximum(a, b) - np.minimum(a, b)
        close = gap < limits[-1]
        step = np.searchsorted(limits, gap[close], side="right")
        cell = pairs.band[part][close].astype(np.int64) * (limits.size + 1) + step
        found += np.bincount(cell, minlength=found.size)
    steps = found.reshape(pairs.bands, limits.size + 1)[:, :-1]
    return np.cumsum(steps, axis=1)
