"""One rule for a window of days before a date."""

import numpy as np

from ceasefire.statistics import inputs


def inside(rows, t, as_of, within_days):
    """Mask over rows: those with as_of - within_days < t <= as_of; all where `t` is None.

    `t`: days, one per row. `as_of`: the last day; left out, the last in `t`. `within_days`: how
    long the window is; left out, without end. ValueError where a window is asked of no times.
    """
    if t is None:
        if as_of is not None or within_days is not None:
            raise ValueError("t: a window needs the day of every row.")
        return np.ones(rows, bool)
    t = inputs.vector(t, "t")
    if t.size != rows:
        raise ValueError(f"t: give one day per row; got {t.size} for {rows} rows.")
    if within_days is not None and not within_days > 0:
        raise ValueError(f"within_days: give a length above 0; got {within_days!r}.")
    last = t.max(initial=-np.inf) if as_of is None else as_of
    first = -np.inf if within_days is None else last - within_days
    return (t > first) & (t <= last)
