"""Self-exciting events with known truth, drawn as families: no code shared with the estimators."""

import numpy as np


def in_time(seed, *, background, branching, decay, horizon):
    """Sorted days of events: parents at a steady rate, children exponentially later."""
    chance = np.random.default_rng(seed)
    young = chance.uniform(0, horizon, chance.poisson(background * horizon))
    every = [young]
    while young.size:
        young = np.repeat(young, chance.poisson(branching, young.size))
        young = young + chance.exponential(1 / decay, young.size)
        young = young[young < horizon]
        every.append(young)
    return np.sort(np.concatenate(every))


def in_space(seed, *, parents, branching, decay, spread, horizon, side=12_000, centres=60):
    """x, y in metres and days: parents about uneven centres, children near in both."""
    chance = np.random.default_rng(seed)
    weight = chance.dirichlet(np.full(centres, 0.8))
    middle = chance.uniform(0, side, (centres, 2))[chance.choice(centres, parents, p=weight)]
    place = np.where(
        chance.random((parents, 1)) < 0.7,
        middle + chance.normal(0, 700, (parents, 2)),
        chance.uniform(0, side, (parents, 2)),
    )
    young = np.column_stack([place, chance.uniform(0, horizon, parents)])
    every = [young]
    while len(young):
        young = np.repeat(young, chance.poisson(branching, len(young)), axis=0)
        young[:, :2] += chance.normal(0, spread, (len(young), 2))
        young[:, 2] += chance.exponential(1 / decay, len(young))
        young = young[young[:, 2] < horizon]
        every.append(young)
    x, y, t = np.concatenate(every).T
    return x + 350_000, y + 570_000, t


def over_ties(seed, *, people, ties, background, one_step, decay, horizon, cliques=4):
    """person, day and edges: a network of small cliques, events following along ties."""
    chance = np.random.default_rng(seed)
    edges = np.vstack([
        np.column_stack([members[:-1], members[1:]])
        for members in (
            chance.choice(people, cliques, replace=False) for _ in range(ties // (cliques - 1))
        )
    ])  # fmt: skip
    near = [[] for _ in range(people)]
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    young = [
        (chance.integers(people), day)
        for day in chance.uniform(0, horizon, chance.poisson(background * people * horizon))
    ]
    every = list(young)
    while young:
        young = [
            (other, day + chance.exponential(1 / decay))
            for person, day in young
            for other in set(near[person])
            for _ in range(chance.poisson(one_step))
        ]
        young = [event for event in young if event[1] < horizon]
        every += young
    person, day = zip(*every, strict=True)
    return np.array(person), np.array(day), edges
