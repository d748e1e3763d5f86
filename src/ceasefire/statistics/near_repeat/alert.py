"""Windows now open: where and until when a recent shooting raises the risk of another nearby."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs


@dataclass(frozen=True, eq=False)
class Windows:
    """One row per open window.

    `event` is a position in the arrays given. The window is the ring from `beyond_m` to
    `within_m` (not included) around that event's place, from day `since` until day `until`
    (not included), both in the days of `t`. `ratio` is the fitted one of its band. `cells` is
    True for the bands of the fitted table that open windows.
    """

    event: np.ndarray
    beyond_m: np.ndarray
    within_m: np.ndarray
    since: np.ndarray
    until: np.ndarray
    ratio: np.ndarray
    cells: np.ndarray
    as_of: float
    alpha: float
    least_pairs: int


def windows(fitted, t, *, as_of, alpha=0.05, least_pairs=5):
    """Which of the events at times `t` have a window open at `as_of`, under a fitted table.

    `fitted` is a `Knox` of earlier years; `t` and `as_of` are days on the same calendar. A
    band opens windows when its ratio is above 1, it holds at least `least_pairs` pairs, and it
    stays significant at `alpha` with false discoveries controlled over the table (Benjamini and
    Hochberg). Bands without an end, in space or time, are left out and open none. An event
    after `as_of` opens none.
    """
    t = inputs.vector(t, "t")
    cells = raised(fitted, alpha=alpha, least_pairs=least_pairs)
    band, lag = np.nonzero(cells)
    since = t[:, None] + fitted.time_edges[lag]
    until = t[:, None] + fitted.time_edges[lag + 1]
    event, cell = np.nonzero((since <= as_of) & (as_of < until))
    return Windows(
        event=event,
        beyond_m=fitted.space_edges[band[cell]],
        within_m=fitted.space_edges[band[cell] + 1],
        since=since[event, cell],
        until=until[event, cell],
        ratio=fitted.ratio[band[cell], lag[cell]],
        cells=cells,
        as_of=as_of,
        alpha=alpha,
        least_pairs=least_pairs,
    )


def raised(fitted, *, alpha=0.05, least_pairs=5):
    """The cells of a fitted table that are surely above chance: boolean array of its shape."""
    from scipy.stats import false_discovery_control

    ends = np.isfinite(fitted.space_edges[1:, None]) & np.isfinite(fitted.time_edges[1:])
    sure = np.zeros(ends.shape, bool)
    sure[ends] = false_discovery_control(fitted.p_value[ends]) <= alpha
    return sure & (fitted.observed >= least_pairs) & (fitted.observed > fitted.expected)
