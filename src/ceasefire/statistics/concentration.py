"""Concentration: how few places, or people, hold how many of the events."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs


@dataclass(frozen=True, eq=False)
class Lorenz:
    """Points of a Lorenz curve from (0, 0) to (1, 1), places with the fewest events first."""

    share_of_places: np.ndarray
    share_of_events: np.ndarray


@dataclass(frozen=True)
class PlacesHolding:
    """The fewest places that hold at least `share` of the events.

    `held` is what they hold. `smallest` is the count at the last place taken; `tied` places
    have exactly that count and only `tied_taken` of them were needed, so when the two differ
    another choice among them would do as well and no list of "the" places exists.
    """

    share: float
    places: int
    of_places: int
    held: int
    events: int
    smallest: int
    tied: int
    tied_taken: int


def gini(counts, *, unbiased=False):
    """Gini coefficient of counts per place, zeros included: 0 even, towards 1 concentrated.

    `unbiased` multiplies by m / (m - 1), m the smaller of the number of places and of events,
    so that the most concentrated pattern possible gives 1. NaN when there are no events.
    """
    x = np.sort(inputs.counts(counts))
    n, total = x.size, x.sum()
    if total == 0:
        return float("nan")
    value = 2 * (np.arange(1, n + 1) @ x) / (n * total) - (n + 1) / n
    if not unbiased:
        return float(value)
    most = min(n, total)
    return float(value * most / (most - 1)) if most > 1 else float("nan")


def generalised_gini(counts):
    """Gini coefficient against the most even pattern that so few events allow.

    With fewer events than places some places must be empty, and the plain coefficient calls
    even a perfect spread concentrated. Bernasco and Steenbeek (2017). Equal to `gini` when
    there are at least as many events as places; NaN when there are no events.
    """
    x = inputs.counts(counts)
    total = x.sum()
    return float(max(1, x.size / total) * (gini(x) - 1) + 1) if total else float("nan")


def lorenz(counts):
    """The Lorenz curve of counts per place; a count of zero events has no curve (ValueError)."""
    x = np.sort(inputs.counts(counts))
    if not x.sum():
        raise ValueError("counts: no events, so there is no curve to draw.")
    places = np.arange(x.size + 1) / x.size
    return Lorenz(places, np.concatenate([[0.0], np.cumsum(x) / x.sum()]))


def places_holding(counts, share):
    """The fewest places that together hold at least `share` (0 to 1) of the events.

    `counts` holds one whole number per place. With no events, or a share of 0, no place is
    needed. Returns `PlacesHolding`; raises ValueError for a share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share: give a number from 0 to 1; got {share!r}.")
    x = np.sort(inputs.counts(counts))[::-1]
    held = np.concatenate([[0.0], np.cumsum(x)])
    # A share such as 0.1 is not exact in binary; 3 of 30 events is a tenth all the same.
    places = int(np.searchsorted(held, share * held[-1] * (1 - 1e-12)))
    smallest = x[places - 1] if places else 0
    return PlacesHolding(
        share=share,
        places=places,
        of_places=x.size,
        held=int(held[places]),
        events=int(held[-1]),
        smallest=int(smallest),
        tied=int((x == smallest).sum()) if places else 0,
        tied_taken=int((x[:places] == smallest).sum()),
    )
