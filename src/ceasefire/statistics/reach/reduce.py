"""Make a covering problem smaller without losing an optimum.

A problem is a sparse array (people to be reached, candidates): 1 where the candidate reaches the
person. Three rules, in turn until none applies:

- a person whom one candidate alone can reach forces that candidate;
- a candidate who reaches nobody that another does not reach too is not needed;
- a person reached whenever some other person is reached need not be asked for.

In a network of co-arrests, mostly small cliques and trees, little or nothing is left.

Garfinkel, R. S., Nemhauser, G. L. (1972). Integer Programming, chapter 8.
"""

from dataclasses import dataclass

import numpy as np

# Above so many products of two memberships a rule costs more than the solver would.
_MOST_PRODUCTS = 10_000_000


@dataclass(frozen=True, eq=False)
class Kernel:
    """What is left: `left` sparse array (rows, columns) whose rows and columns were `rows` and
    `columns` of the problem, and `forced`, columns that belong to some optimum."""

    left: object
    rows: np.ndarray
    columns: np.ndarray
    forced: np.ndarray


def kernel(problem):
    """Apply the three rules until none does. Every row needs a candidate."""
    kept = Kernel(
        problem.tocsr(),
        np.arange(problem.shape[0]),
        np.arange(problem.shape[1]),
        np.empty(0, np.intp),
    )
    while True:
        before = kept.left.shape
        kept = _force(_without_subsumed_candidates(_force(kept)))
        kept = _without_subsumed_people(kept)
        if kept.left.shape == before:
            return kept


def candidates_within_another(problem):
    """Mask over columns: those whose people another column reaches as well."""
    return _within_another(problem.T.tocsr())[0]


def _force(kept):
    alone = np.diff(kept.left.indptr) == 1
    if not alone.any():
        return kept
    taken = np.unique(kept.left[alone].indices)
    chosen = np.zeros(kept.columns.size, kept.left.dtype)
    chosen[taken] = 1
    stay = kept.left @ chosen == 0
    left = kept.left[stay]
    used = np.bincount(left.indices, minlength=kept.columns.size) > 0
    return Kernel(
        left[:, used],
        kept.rows[stay],
        kept.columns[used],
        np.concatenate([kept.forced, kept.columns[taken]]),
    )


def _without_subsumed_candidates(kept):
    stay = ~candidates_within_another(kept.left)
    return Kernel(kept.left[:, stay], kept.rows, kept.columns[stay], kept.forced)


def _without_subsumed_people(kept):
    stay = ~_within_another(kept.left)[1]
    return Kernel(kept.left[stay], kept.rows[stay], kept.columns, kept.forced)


def _within_another(sets):
    """Masks over rows: the set lies within another; the set holds another. Of equal sets the
    first stays in both."""
    size = np.diff(sets.indptr).astype(np.int64)
    nothing = np.zeros(size.size, bool)
    if (np.bincount(sets.indices, minlength=1).astype(np.int64) ** 2).sum() > _MOST_PRODUCTS:
        return nothing, nothing
    shared = (sets @ sets.T).tocoo()
    i, j = shared.coords
    inside = np.flatnonzero(shared.data == size[i])
    i, j = i[inside], j[inside]
    equal = size[i] == size[j]
    other = i != j
    i, j, equal = i[other], j[other], equal[other]
    within, holds = nothing.copy(), nothing.copy()
    within[i[~equal | (j < i)]] = True
    holds[j[~equal | (i < j)]] = True
    return within, holds
