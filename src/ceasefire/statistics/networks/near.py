"""Exposure: what share of the people one or two ties away were shot."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ceasefire.statistics import ties

# Rows are worked off in portions of about so many two-step walks, to bound memory.
_PORTION = 20_000_000


@dataclass(frozen=True, eq=False)
class Exposure:
    """Per person, in the order of `people`; the columns of an array (people, 2) are people at
    exactly one and exactly two ties. `tied`: how many; `shot`: how many of them were shot.
    Nobody counts towards their own exposure."""

    people: tuple
    tied: np.ndarray
    shot: np.ndarray

    @property
    def share(self):
        """Share shot among people at most two ties away; NaN for those with no tie."""
        return _over(self.shot.sum(axis=1), self.tied.sum(axis=1))

    @property
    def share_by_step(self):
        """The same at exactly one and exactly two ties: (people, 2); NaN where there is nobody."""
        return _over(self.shot, self.tied)


def exposure(edges, shot, *, people=None):
    """How many of the people one and two ties away were shot.

    `edges`, `people` as in `ties.of`; `shot`: labels among the people. Returns `Exposure`; raises
    ValueError for labels outside `people`. Papachristos, Wildeman and Roberto (2015) take the
    share at one tie and at two.
    """
    from scipy.sparse import eye_array

    tied = ties.of(edges, people)
    everyone = len(tied.people)
    hit = np.zeros(everyone, np.int64)
    hit[tied.positions(shot, "shot")] = 1
    one = np.diff(tied.near.indptr)
    here = (tied.near + eye_array(everyone, dtype=np.int32, format="csr")).tocsr()
    two, two_hit = np.empty(everyone, np.int64), np.empty(everyone, np.int64)
    for rows in _portions(here):
        within = here[rows] @ here
        within.data[:] = 1
        two[rows], two_hit[rows] = np.diff(within.indptr), within @ hit
    one_hit = tied.near @ hit
    return Exposure(
        people=tied.people,
        tied=np.column_stack([one, two - one - 1]),
        shot=np.column_stack([one_hit, two_hit - one_hit - hit]),
    )


def _portions(near):
    """Slices of rows, each with about as many two-step walks as a portion holds."""
    size = np.diff(near.indptr)
    walks = np.cumsum(near @ size.astype(np.int64))
    cuts = np.searchsorted(walks, np.arange(_PORTION, walks.max(initial=0), _PORTION))
    edges = np.unique(np.concatenate([[0], cuts, [size.size]]))
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _over(numerator, denominator):
    found = np.full(np.shape(numerator), np.nan)
    return np.divide(numerator, denominator, out=found, where=denominator > 0)
