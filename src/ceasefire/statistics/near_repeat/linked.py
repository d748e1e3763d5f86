"""Pairs of events within one distance and one time of each other, both limits included."""

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.near_repeat.pairs import near


def linked(x, y, t, within_m, within_days, metric):
    """Pairs near in space and time, the checked times, and the pairs near in space alone."""
    x, y = inputs.places(x, y)
    t = inputs.vector(t, "t")
    inputs.same_length(x=x, t=t)
    in_space = near(np.column_stack([x, y]), up_to(within_m, "within_m"), metric)
    close = np.abs(t[in_space.i] - t[in_space.j]) < up_to(within_days, "within_days")[1]
    return in_space.select(close), t, in_space


def up_to(limit, name):
    """Half-open edges of the one band from 0 to `limit`, `limit` itself included."""
    if not 0 <= limit < np.inf:
        raise ValueError(f"{name}: give a number from 0 upwards; got {limit!r}.")
    return np.array([0.0, np.nextafter(limit, np.inf)])
