"""Exponential self-excitation by hawkes-rs and intensify: run in an environment of their own.

Takes files of times (numpy), each with its window's length as the last number; prints seconds (the
best of three) and log-likelihood of each peer, by our own formula of it.
"""

import json
import sys
import time

import numpy as np
from hawkes import univariate
from intensify import ExponentialKernel, Hawkes


def height(t, horizon, background, branching, decay):
    held, found, last = 0.0, 0.0, 0.0
    for now in t:
        held *= np.exp(-decay * (now - last))
        found += np.log(background + branching * decay * held)
        held, last = held + 1, now
    followed = branching * (1 - np.exp(-decay * (horizon - t))).sum()
    return float(found - background * horizon - followed)


def rust(t, horizon):
    found = univariate.fit(t, horizon)
    return -found.negative_log_likelihood


def intense(t, horizon):
    model = Hawkes(mu=t.size / horizon / 2, kernel=ExponentialKernel(alpha=0.5, beta=1.0))
    found = model.fit(t, T=horizon).process
    kernel = found.kernel
    return height(t, horizon, float(found.mu), float(kernel.alpha), float(kernel.beta))


def measured(path: str) -> dict:
    *t, horizon = np.load(path)
    t = np.array(t)
    told = {}
    for name, fit in (("hawkes-rs", rust), ("intensify", intense)):
        seconds = []
        try:
            for _ in range(3):
                begun = time.perf_counter()
                value = fit(t, horizon)
                seconds.append(time.perf_counter() - begun)
            told[name] = {"seconds": min(seconds), "log_likelihood": value}
        except Exception as fault:
            told[name] = {"fault": f"{type(fault).__name__}: {fault}"}
    return told


if __name__ == "__main__":
    print(json.dumps([measured(path) for path in sys.argv[1:]]))
