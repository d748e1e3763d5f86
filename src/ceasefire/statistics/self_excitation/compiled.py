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
