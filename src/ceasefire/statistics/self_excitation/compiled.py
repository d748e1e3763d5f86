"""The recursion that makes the likelihood cost one exponential per event (Ogata 1981)."""

import numpy as np

from ceasefire.statistics.compiling import compiled


@compiled
def log_likelihood(t, horizon, background, branching, decay):
    """Log-likelihood and its slopes along the logarithms of the three parameters.

    `t` sorted days from 0 to horizon. Events of one moment do not excite one another, so that
    days without a time of day cannot drive the decay to infinity.
    """
    found = np.zeros(4)
    height = branching * decay
    held = 0.0  # sum of exp(-decay x age) over earlier events
    aged = 0.0  # the same, times age
    fresh = 0.0  # events of the last moment, not yet exciting
    last = 0.0
    for now in t:
        gap = now - last
        if gap > 0:
            shrink = np.exp(-decay * gap)
            aged = shrink * (aged + gap * (held + fresh))
            held = shrink * (held + fresh)
            fresh = 0.0
            last = now
        rate = background + height * held
        found[0] += np.log(rate)
        found[1] += background / rate
        found[2] += height * held / rate
        found[3] += height * (held - decay * aged) / rate
        fresh += 1.0
    gap = horizon - last
    shrink = np.exp(-decay * gap)
    aged = shrink * (aged + gap * (held + fresh))
    held = shrink * (held + fresh)
    followed = branching * (t.size - held)
    found[0] -= background * horizon + followed
    found[1] -= background * horizon
    found[2] -= followed
    found[3] -= height * aged
    return found


@compiled
def excitement(t, decay):
    """Sum of exp(-decay x age) over earlier events at each event, and how many those are."""
    held = np.zeros(t.size)
    before = np.zeros(t.size)
    for nth in range(1, t.size):
        gap = t[nth] - t[nth - 1]
        if gap > 0:
            fresh = nth - before[nth - 1]
            held[nth] = np.exp(-decay * gap) * (held[nth - 1] + fresh)
            before[nth] = nth
        else:
            held[nth] = held[nth - 1]
            before[nth] = before[nth - 1]
    return held, before


@compiled
def climb(t, horizon, start, low, high, steps):
    """The top of the hill at `start`, by BFGS on the logarithms within limits; and its height.

    Three parameters are too few for a library's machinery, whose calls cost more than the
    likelihood does.
    """
    here = np.minimum(np.maximum(start, low), high)
    found = log_likelihood(t, horizon, np.exp(here[0]), np.exp(here[1]), np.exp(here[2]))
    value, slope = found[0], found[1:].copy()
    curve = np.eye(3) / t.size  # inverse curvature, as far as known
    fresh = True
    for _ in range(steps):
        # A parameter at its limit that wants beyond it rests for this step.
        free = ~(((here <= low) & (slope < 0)) | ((here >= high) & (slope > 0)))
        if np.abs(slope * free).max() < 1e-6 * np.sqrt(t.size):
            break
        step = np.zeros(3)
        for row in range(3):
            for column in range(3):
                if free[row] and free[column]:
                    step[row] += curve[row, column] * slope[column]
        rise = (slope * step).sum()
        size = min(1.0, 2.0 / max(np.abs(step).max(), 1e-300))
        moved = False
        for _ in range(40):
            there = np.minimum(np.maximum(here + size * step, low), high)
            found = log_likelihood(t, horizon, np.exp(there[0]), np.exp(there[1]), np.exp(there[2]))
            if found[0] >= value + 1e-4 * size * rise - 1e-11 * abs(value):
                moved = True
                break
            size /= 4 if fresh else 2
        if rise <= 0 or not moved:
            if fresh:
                break
            curve[:] = np.eye(3) / t.size
            fresh = True
            continue
        gone, turned = there - here, slope - found[1:]
        gained = found[0] - value
        here, value, slope = there, found[0], found[1:].copy()
        bend = (gone * turned).sum()
        if bend > 1e-12:
            if fresh:
                curve[:] = np.eye(3) * bend / (turned * turned).sum()
            held = np.zeros(3)
            for row in range(3):
                for column in range(3):
                    held[row] += curve[row, column] * turned[column]
            bent = (turned * held).sum()
            for row in range(3):
                for column in range(3):
                    curve[row, column] += (1 + bent / bend) * gone[row] * gone[column] / bend - (
                        gone[row] * held[column] + held[row] * gone[column]
                    ) / bend
            fresh = False
        if abs(gained) < 1e-10 * max(1.0, abs(value)) and np.abs(gone).max() < 1e-7:
            break
    return here, value
