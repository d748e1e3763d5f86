"""Contagion over a network of people: shootings that follow along ties.

    rate(v, t) = background(t) + sum over earlier events at u of
                 followers(steps from u to v) x decay exp(-decay dt)

with steps 0 (the same person), 1 and 2. `followers` is the mean number of later events brought
about per person at that distance. Green, B., Horel, T., Papachristos, A. V. (2017). Modeling
contagion through social networks to explain and predict gunshot violence in Chicago, 2006 to
2014. JAMA Internal Medicine 177: 326-333. People alike befriend one another, so some of what
looks like contagion is likeness (Shalizi and Thomas 2011): read it as following, not as cause.
"""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.self_excitation import truncated

_STEPS, _SETTLED = 500, 1e-6
_MOST_PAIRS = 50_000_000
_LEAST_EVENTS = 30


@dataclass(frozen=True, eq=False)
class NetworkFit:
    """`background` events per person and day, one per span of `background_edges`.

    `followers` (3,): expected later events per person 0, 1, 2 steps away; `per_event` the same
    summed over all people in reach of an average event. `decay` per day. `following` is the
    share of events put down to an earlier one. `follows` (events,) is the most likely earlier
    event, -1 where the background is likelier; `cascade` numbers the trees they form from 0.
    """

    background: np.ndarray
    followers: np.ndarray
    per_event: np.ndarray
    decay: float
    following: float
    follows: np.ndarray
    cascade: np.ndarray
    log_likelihood: float
    steps: int
    settled: bool
    pairs: int
    people: int
    within_days: float
    horizon: float
    background_edges: np.ndarray
    method: str = "EM over pairs of events at most two ties apart"


def network(person, t, edges, *, people, horizon, within_days=730.0, background_edges=None):
    """Fit events of `person` (0 to people - 1) at day `t` along `edges` (ties, 2).

    One event per person and incident; ties count both ways. Ties must have been known before the
    events, or they follow from them. `background_edges` are days from 0 to `horizon` between
    which the background may change, for a year that was bad everywhere. Returns `NetworkFit`.
    Raises ValueError for unknown people, times outside the window, or fewer than 30 events.
    """
    person, t, edges = _checked(person, t, edges, people, horizon, within_days)
    spans = _spans(background_edges, horizon)
    order = np.argsort(t, kind="stable")
    who, when = person[order], t[order]
    near = _within_two(edges, people)
    pairs = _pairs(near, who, when, within_days)
    reach = np.stack([np.bincount(near.row[near.data == s], minlength=people) for s in (1, 2, 3)])
    found = _fit(pairs, when, reach[:, who], spans, people, horizon, within_days)
    follows = _back(found.pop("first"), order)
    return NetworkFit(
        **found,
        follows=follows,
        cascade=_cascades(follows),
        pairs=pairs[0].size,
        people=people,
        within_days=within_days,
        horizon=horizon,
        background_edges=spans,
    )


def _within_two(edges, people):
    """People at most two steps apart: a sparse matrix holding steps + 1."""
    from scipy.sparse import coo_array, csr_array, eye_array

    i, j = edges[edges[:, 0] != edges[:, 1]].T
    ties = csr_array(
        (np.ones(2 * i.size, np.int64), (np.append(i, j), np.append(j, i))), (people, people)
    )
    ties.data[:] = 1
    own = eye_array(people, dtype=np.int64, format="csr")
    # A walk of two steps that is also a tie, or leads home, is the shorter of the two.
    code = (16 * own + 4 * ties + ties @ ties).tocoo()
    steps = np.where(code.row == code.col, 1, 3)
    tied = coo_array(ties)
    keys = np.isin(code.row * people + code.col, tied.row * people + tied.col)
    return coo_array((np.where(keys, 2, steps), (code.row, code.col)), code.shape)


def _pairs(near, who, when, days):
    """Earlier and later position and steps (0 to 2) of events near in ties and time."""
    from scipy.sparse import csr_array

    events = np.arange(who.size)
    at = csr_array((np.ones(who.size), (events, who)), (who.size, near.shape[0]))
    among = at @ near.tocsr() @ at.T
    if among.nnz > _MOST_PAIRS:
        raise ValueError(f"{among.nnz:,} pairs of events within two ties; take a shorter window.")
    found = among.tocoo()
    wait = when[found.col] - when[found.row]
    keep = (wait > 0) & (wait <= days)
    return found.row[keep], found.col[keep], found.data[keep].astype(np.int64) - 1


def _fit(pairs, when, reach, spans, people, horizon, days):
    earlier, later, steps = pairs
    wait = when[later] - when[earlier]
    span = np.clip(np.searchsorted(spans, when, side="right") - 1, 0, spans.size - 2)
    base = np.bincount(span, minlength=spans.size - 1) / (people * np.diff(spans))
    background, waits = 0.5 * base, truncated.from_mean(days / 6, days)
    followers = 0.2 / np.maximum(reach.mean(axis=1), 1) / np.array([3, 1, 1])
    before, settled = -np.inf, False
    for step in range(1, _STEPS + 1):
        kernel = followers[steps] * waits.peak * np.exp(-waits.rate * wait)
        own = background[span]
        rate = own + np.bincount(later, kernel, minlength=when.size)
        exposed = reach @ waits.share_by(horizon - when)
        value = float(
            np.log(rate).sum() - (background * np.diff(spans)).sum() * people - followers @ exposed
        )
        weight = kernel / rate[later]
        if step > 1 and abs(value - before) <= _SETTLED:
            settled = True
            break
        before = value
        background = np.bincount(span, own / rate, spans.size - 1) / (people * np.diff(spans))
        caused = np.bincount(steps, weight, minlength=3)
        followers = caused / np.maximum(exposed, 1e-12)
        waits = truncated.from_mean(weight @ wait / max(caused.sum(), 1e-12), days)
    return {
        "background": background, "followers": followers,
        "per_event": followers * reach.mean(axis=1), "decay": waits.rate,
        "following": float(weight.sum() / when.size), "log_likelihood": value,
        "steps": step, "settled": settled, "first": _likeliest(earlier, later, kernel, own),
    }  # fmt: skip


def _likeliest(earlier, later, kernel, own):
    """Per event, the earlier event with the largest term, -1 where the background's is."""
    first = np.full(own.size, -1)
    largest = own.copy()
    np.maximum.at(largest, later, kernel)
    top = kernel >= largest[later]
    first[later[top]] = earlier[top]
    return first


def _back(first, order):
    """From positions in time to positions as given."""
    follows = np.empty_like(first)
    follows[order] = np.where(first >= 0, order[first], -1)
    return follows


def _cascades(follows):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    later = np.flatnonzero(follows >= 0)
    links = coo_array((np.ones(later.size), (later, follows[later])), (follows.size,) * 2)
    return connected_components(links, directed=False)[1]


def _spans(edges, horizon):
    found = inputs.vector([0.0, horizon] if edges is None else edges, "background_edges")
    if found.size < 2 or found[0] != 0 or found[-1] != horizon or (np.diff(found) <= 0).any():
        raise ValueError(
            f"background_edges: days rising from 0 to {horizon}; got {found.tolist()}."
        )
    return found


def _checked(person, t, edges, people, horizon, days):
    person, edges = np.asarray(person), np.asarray(edges).reshape(-1, 2)
    t = inputs.vector(t, "t")
    inputs.same_length(person=person, t=t)
    for name, values in (("person", person), ("edges", edges)):
        if values.size and not (
            np.issubdtype(values.dtype, np.integer) and 0 <= values.min() <= values.max() < people
        ):
            raise ValueError(f"{name}: whole numbers from 0 to {people - 1}, one per person.")
    if t.size < _LEAST_EVENTS:
        raise ValueError(f"{t.size} events are too few; {_LEAST_EVENTS} is the least.")
    if not 0 < horizon < np.inf or t.min() < 0 or t.max() > horizon or not 0 < days < np.inf:
        raise ValueError(f"t: give days from the start of observation, 0 to horizon {horizon!r}.")
    return person, t, edges
