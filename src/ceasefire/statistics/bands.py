"""The one convention for bands: closed below, open above, printed in words.

A band from a to b holds every value v with a <= v < b.
"""

import math
from itertools import pairwise

import numpy as np

# Two addresses closer than this are the same place: half a metre, below any geocoder.
SAME_PLACE_M = 0.5


def edges(values, name):
    """Check the edges of neighbouring bands and return them as float64.

    `values` needs at least two edges, in strictly increasing order, none negative; the last
    may be infinite. Raises ValueError naming `name` and the first edge at fault.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1 or found.size < 2:
        raise ValueError(f"{name}: give at least two edges, for example [0, 100]; got {values!r}.")
    if np.isnan(found).any() or found[0] < 0:
        raise ValueError(f"{name}: edges must be numbers from 0 upwards; got {values!r}.")
    steps = np.diff(found[np.isfinite(found)])
    if (steps <= 0).any() or np.isinf(found[:-1]).any():
        raise ValueError(f"{name}: each edge must be larger than the one before; got {values!r}.")
    return found


def label(lower, upper, unit):
    """Name one band: ``"0 to under 100 m"``, or ``"600 m and over"`` when it has no end."""
    if math.isinf(upper):
        return f"{_number(lower)} {unit} and over"
    return f"{_number(lower)} to under {_number(upper)} {unit}"


def labels(values, unit):
    """Name every band between neighbouring edges, in order."""
    return [label(low, high, unit) for low, high in pairwise(values)]


def _number(value):
    """Up to six significant digits, thousands with commas, no trailing zeros.

    An edge one rounding step above 20 (the half-open way to say "20 included") prints as 20.
    """
    rounded = float(f"{value:.6g}")
    return f"{rounded:,.0f}" if rounded.is_integer() else f"{rounded:,}"
