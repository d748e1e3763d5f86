"""Made-up incidents between groups, with as much retaliation as is asked for."""

import numpy as np


def incidents(count, groups=20, days=1_825, answered=0.0, mean_lag=6.0, seed=0):
    """Rows of `lag_curve`: incident, group, role, day, two rows per incident.

    `answered`: the chance that the group that was hit strikes back at the group that hit it, after
    1 or more days (geometric, on average `mean_lag`); answers are answered in turn. The rest are
    at days and between groups of pure chance; about `count` incidents in all.
    """
    chance = np.random.default_rng(seed)
    fresh = max(1, round(count * (1 - answered)))
    waiting = [
        (int(day), *chance.choice(groups, 2, replace=False))
        for day in chance.integers(0, days, fresh)
    ]
    rows = []
    for nth, (day, struck, striker) in enumerate(waiting):
        rows += [(nth, f"group {struck}", "victim", day), (nth, f"group {striker}", "suspect", day)]
        if chance.random() < answered:
            waiting.append((day + int(chance.geometric(1 / mean_lag)), striker, struck))
    return [list(column) for column in zip(*rows, strict=True)]
