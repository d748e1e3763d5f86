"""Refusals shared by every method: bad arrays stop here, with the place and the remedy."""

import numpy as np


def vector(values, name):
    """One-dimensional float64 array of finite numbers, or ValueError naming the first fault."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"{name}: give one dimension; got shape {found.shape}.")
    bad = np.flatnonzero(~np.isfinite(found))
    if bad.size:
        raise ValueError(
            f"{name}: {bad.size} of {found.size} values are missing or infinite, the first at "
            f"position {bad[0]}. Leave those events out and say how many."
        )
    return found


def same_length(**arrays):
    """Refuse arrays that do not describe the same events."""
    sizes = {name: len(values) for name, values in arrays.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{name} has {size}" for name, size in sizes.items())
        raise ValueError(f"One value per event is needed in every array: {told}.")


def places(x, y):
    """Coordinates in metres as two checked arrays; degrees and null island are refused."""
    x, y = vector(x, "x"), vector(y, "y")
    same_length(x=x, y=y)
    _refuse_degrees(x, y)
    _refuse_null_island(x, y)
    return x, y


def events(x, y, t):
    """Places in metres and times in days of the same events, checked."""
    x, y = places(x, y)
    t = vector(t, "t")
    same_length(x=x, t=t)
    return x, y, t


def counts(values, name="counts"):
    """Non-negative counts as float64, one dimension, or ValueError."""
    found = vector(values, name)
    if found.size == 0:
        raise ValueError(f"{name}: empty. Give one count per place, zeros included.")
    if (found < 0).any():
        raise ValueError(f"{name}: negative at position {np.flatnonzero(found < 0)[0]}.")
    return found


def whole(value, name):
    """A single whole number from 0 upwards, or ValueError."""
    if not (0 <= value < np.inf) or value != int(value):
        raise ValueError(f"{name}: give a whole number from 0 upwards; got {value!r}.")
    return int(value)


def _refuse_degrees(x, y):
    """Whole numbers are let through: a small test grid in metres looks like that, degrees never."""
    in_range = x.size and np.abs(x).max() <= 180 and np.abs(y).max() <= 90
    if in_range and not (np.array_equal(x, np.rint(x)) and np.array_equal(y, np.rint(y))):
        raise ValueError(
            "x and y look like longitude and latitude in degrees. Project them to metres in "
            "the city's own coordinate system first."
        )


def _refuse_null_island(x, y):
    """A missing place is often written 0,0; it shows when the other events are nowhere near."""
    lost = (x == 0) & (y == 0)
    if not lost.any() or lost.all():
        return
    low = np.array([x[~lost].min(), y[~lost].min()])
    high = np.array([x[~lost].max(), y[~lost].max()])
    gap = np.linalg.norm(np.maximum(0, np.maximum(low, -high)))
    if gap > np.linalg.norm(high - low):
        raise ValueError(
            f"{lost.sum()} of {x.size} events lie at 0,0, {gap:,.0f} m from all others; the first "
            f"is at position {np.flatnonzero(lost)[0]}. They have no place: leave them out."
        )
