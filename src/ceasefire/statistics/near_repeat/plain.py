"""Shuffling and counting in plain numpy, for where numba is absent: the same numbers, slower."""

import numpy as np

LANES = 128
_CHUNK = 1 << 18
_STEP = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def count(pairs, days, limits, keys):
    """Counts under each limit: int64 array (keys, space bands, limits)."""
    blocks = (keys[start : start + LANES] for start in range(0, keys.size, LANES))
    every = (times for block in blocks for times in shuffled(days, block))
    return np.array([count_as_given(pairs, times, limits) for times in every])


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


def shuffled(days, keys):
    """Fisher and Yates for all keys at once: array (keys, events)."""
    rows = np.repeat(days[:, None], keys.size, axis=1)
    state = keys.copy()
    for last in range(days.size - 1, 0, -2):
        state += _STEP
        bits = draws(state)
        _swap(rows, last, bits >> _HALF)
        if last > 1:
            _swap(rows, last - 1, bits & np.uint64(0xFFFFFFFF))
    return np.ascontiguousarray(rows.T)


def draws(state):
    """64 random bits per SplitMix64 state; each half makes one draw."""
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _swap(rows, last, bits):
    """Swap each lane's `last` with a draw from 0 to `last`; the bias is under events / 2**32."""
    pick = ((bits * np.uint64(last + 1)) >> _HALF).astype(np.int64)
    lanes = np.arange(rows.shape[1])
    moved = rows[pick, lanes]
    rows[pick, lanes] = rows[last]
    rows[last] = moved
