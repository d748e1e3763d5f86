"""Counts under shuffled times: the same numbers whatever the threads, chunks or engine.

Every permutation has a key of its own, drawn from the seed, and a counter-based stream
(SplitMix64, Steele, Lea and Flood 2014). Permutation 7 is therefore the same whether it runs
first or last, alone or beside others, compiled or in plain numpy.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

# Below this many permutations a thread, or additions and comparisons in all, one is quickest.
_SMALL_SHUFFLES = 64
_SMALL_WORK = 1_000_000


def keys(seed, permutations):
    """One key per permutation, the same first keys however many are asked for."""
    return np.random.SeedSequence(seed).generate_state(permutations, np.uint64)


def simulate(pairs, days, limits, keys, threads=None):
    """Counts of pairs under each time limit: int64 array (keys, space bands, limits).

    `days` and `limits` as `compact` returns them, `days` in the order of the pairs' events.
    """
    engine = _engine()
    threads = _threads(threads, pairs.i.size + days.size, keys.size)
    if threads == 1:
        return engine.count(pairs, days, limits, keys)
    with ThreadPoolExecutor(threads) as pool:
        parts = np.array_split(keys, threads)
        found = pool.map(lambda part: engine.count(pairs, days, limits, part), parts)
        return np.concatenate(list(found))


def compact(t, limits):
    """Times and limits in the smallest type that compares exactly: uint16 for whole days."""
    span = np.ptp(t) if t.size else 0.0
    if span < 65_535 and np.array_equal(t, np.rint(t)):
        ceiling = np.minimum(np.ceil(limits), span + 1)
        return (t - t.min(initial=np.inf)).astype(np.uint16), ceiling.astype(np.uint16)
    return t, limits


def _threads(asked, size, permutations):
    """As many as asked, else every processor, but one where starting others would cost more."""
    if asked or permutations < _SMALL_SHUFFLES or size * permutations < _SMALL_WORK:
        return min(asked or 1, permutations)
    return min(_processors(), permutations // _SMALL_SHUFFLES)


def _processors():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _engine():
    try:
        from ceasefire.statistics.near_repeat import compiled

        return compiled
    except ImportError:
        from ceasefire.statistics.near_repeat import plain

        return plain
