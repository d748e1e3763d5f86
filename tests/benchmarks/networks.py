"""Networks of made-up people, like those that arrest records give."""

import numpy as np

_LARGEST = 6


def incidents(people, seed=0, per_person=1.2):
    """Who was in which incident: two arrays, person and incident, one row per involvement.

    Most people are in one or two incidents and a few in many; an incident holds one to six.
    """
    chance = np.random.default_rng(seed)
    active = chance.pareto(3.0, people) + 0.6
    size = np.clip(chance.geometric(0.45, int(people * per_person)), 1, _LARGEST)
    who = chance.choice(people, size.sum(), p=active / active.sum())
    return who, np.repeat(np.arange(size.size), size)


def co_arrests(people, seed=0):
    """Pairs of people in one incident: array (ties, 2), some more than once."""
    who, incident = incidents(people, seed)
    pairs = [
        np.column_stack([who[:-apart], who[apart:]])[incident[:-apart] == incident[apart:]]
        for apart in range(1, _LARGEST)
    ]
    found = np.concatenate(pairs)
    return found[found[:, 0] != found[:, 1]]
