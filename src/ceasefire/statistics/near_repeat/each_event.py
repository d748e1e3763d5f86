"""Local Knox: which events have more near neighbours in time than their surroundings explain."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.near_repeat import intervals
from ceasefire.statistics.near_repeat.pairs import near, up_to

METHOD = "exact hypergeometric p; q by Benjamini and Hochberg over all events"


@dataclass(frozen=True, eq=False)
class Local:
    """Per event: `neighbours` near in space and time, those `in_space`, those `in_time`,
    the chance `p_value` of as many or more, and `q_value` controlling false discoveries."""

    neighbours: np.ndarray
    in_space: np.ndarray
    in_time: np.ndarray
    p_value: np.ndarray
    q_value: np.ndarray
    within_m: float
    within_days: float
    metric: str
    method: str = METHOD


def local(x, y, t, *, within_m, within_days, metric="euclidean"):
    """Test each event's neighbours within `within_m` and `within_days` (both included).

    When times are shuffled, the neighbours in space that are also neighbours in time are a
    draw without replacement: of the n - 1 others, `in_time` are near in time and `in_space`
    are drawn. Neighbouring events share neighbours, so their p-values go up and down together.
    Returns `Local`; raises ValueError as `knox` does.
    """
    from scipy.stats import false_discovery_control, hypergeom

    x, y, t = inputs.events(x, y, t)
    days = up_to(within_days, "within_days")
    pairs = near(np.column_stack([x, y]), up_to(within_m, "within_m"), metric)
    in_space, in_time = pairs.degrees()[0], intervals.degrees(t, days)[0]
    neighbours = pairs.select(np.abs(t[pairs.i] - t[pairs.j]) < days[1]).degrees()[0]
    p_value = hypergeom.sf(neighbours - 1, max(t.size - 1, 0), in_time, in_space)
    p_value = np.where(neighbours > 0, p_value, 1.0)
    q_value = false_discovery_control(p_value) if t.size else p_value
    return Local(neighbours, in_space, in_time, p_value, q_value, within_m, within_days, metric)
