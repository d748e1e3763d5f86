"""Every pair of events that lie near each other, found once and kept small."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

METRICS = {"euclidean": 2, "manhattan": 1}
MOST_PAIRS = 100_000_000
# Measured at the peak of a run: the tree's 16-byte pairs, our 9-byte ones and copies of them.
BYTES_PER_PAIR = 36
_CHUNK = 1 << 18
_SAMPLE = 2_000


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of events i, j (int32 positions) and the space band of each (uint8)."""

    i: np.ndarray
    j: np.ndarray
    band: np.ndarray
    bands: int
    events: int

    def degrees(self):
        """How many partners each event has in each band: int64 array (bands, events)."""
        size = self.bands * self.events
        cell = self.band.astype(np.int64) * self.events
        found = np.bincount(cell + self.i, minlength=size)
        found += np.bincount(cell + self.j, minlength=size)
        return found.reshape(self.bands, self.events)

    def select(self, keep):
        return Pairs(self.i[keep], self.j[keep], self.band[keep], self.bands, self.events)


def norm(metric):
    """The Minkowski power of a metric's name."""
    if metric not in METRICS:
        raise ValueError(f"metric: choose one of {', '.join(METRICS)}; got {metric!r}.")
    return METRICS[metric]


def distance(from_points, to_points, power):
    """Distance row by row; the plain formula, so that an edge falls where a reader expects."""
    gap = np.abs(from_points - to_points)
    if power == 1:
        return gap[:, 0] + gap[:, 1]
    return np.sqrt(gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1])


def up_to(limit, name):
    """Half-open edges of the one band from 0 to `limit`, `limit` itself included."""
    if not 0 <= limit < np.inf:
        raise ValueError(f"{name}: give a number from 0 upwards; got {limit!r}.")
    return np.array([0.0, np.nextafter(limit, np.inf)])


def near(points, edges, metric="euclidean"):
    """All pairs whose distance falls in a band between `edges` (finite, checked).

    `points` is (events, 2). Raises ValueError with an estimate when there would be more than
    `MOST_PAIRS`.
    """
    power = norm(metric)
    if len(points) < 2 or edges.size < 2:
        return _gather([], edges.size - 1, len(points))
    if edges.size > 256:
        raise ValueError("space_edges: at most 255 bands.")
    tree = cKDTree(points)
    # The tree compares squares; a hair wider, then cut by the exact distance below.
    reach = edges[-1] * (1 + 1e-9)
    _refuse_too_many(tree, reach, power)
    found = tree.query_pairs(reach, p=power, output_type="ndarray")
    parts = [
        _banded(points, found[start : start + _CHUNK], edges, power)
        for start in range(0, len(found), _CHUNK)
    ]
    del found
    return _gather(parts, edges.size - 1, len(points))


def _banded(points, found, edges, power):
    gap = distance(points[found[:, 0]], points[found[:, 1]], power)
    band = np.searchsorted(edges, gap, side="right") - 1
    keep = (band >= 0) & (band < edges.size - 1)
    return found[keep].astype(np.int32), band[keep].astype(np.uint8)


def _gather(parts, bands, events):
    none = np.empty((0, 2), np.int32), np.empty(0, np.uint8)
    ends, band = zip(*(parts or [none]), strict=True)
    i = np.concatenate([part[:, 0] for part in ends])
    j = np.concatenate([part[:, 1] for part in ends])
    return Pairs(i, j, np.concatenate(band), bands, events)


def _refuse_too_many(tree, reach, power):
    if tree.n * (tree.n - 1) // 2 <= MOST_PAIRS:
        return
    estimate = _estimate(tree, reach, power)
    if estimate > MOST_PAIRS:
        raise ValueError(
            f"About {estimate / 1e6:,.0f} million pairs of events lie within {reach:,.0f} m, "
            f"about {estimate * BYTES_PER_PAIR / 1e9:,.1f} GB; the limit is "
            f"{MOST_PAIRS / 1e6:,.0f} million. Use a shorter largest distance, or infinity as "
            "the last edge (that band is counted without listing pairs), or fewer years."
        )


def _estimate(tree, reach, power):
    """Pairs within reach, from the partners of an even sample of events."""
    step = -(-tree.n // _SAMPLE)
    partners = tree.query_ball_point(tree.data[::step], reach, p=power, return_length=True) - 1
    return partners.mean() * tree.n / 2
