"""The fewest people who together reach everyone who can be reached."""

import time
from dataclasses import dataclass
from math import ceil

import numpy as np

from ceasefire.statistics.reach import asked, greedy, reduce

# Components are solved together up to this many candidates: a call costs more than they do.
_TOGETHER = 400
_SLACK = 1e-6  # the solver's own tolerance on a bound


@dataclass(frozen=True, eq=False)
class Fewest:
    """`people`: whom to invite, in the order of the people given. `unreached`: people whom
    nobody eligible can reach. `of`: how many people there are. `at_least`: no shorter list than
    this reaches as many; when `people` is so short it is `proven` that none is shorter."""

    people: tuple
    unreached: tuple
    of: int
    at_least: int
    seconds: float
    method: str = "minimum dominating set: exact reductions, then HiGHS on each component"

    @property
    def proven(self):
        return len(self.people) == self.at_least

    @property
    def gap(self):
        """By how many people the list may at most be too long; 0 when proven."""
        return len(self.people) - self.at_least

    @property
    def reached(self):
        """How many people the list reaches, those invited among them."""
        return self.of - len(self.unreached)


def fewest(edges, *, people=None, eligible=None, seconds=60.0):
    """The fewest people who reach everyone, by themselves or by one tie.

    `edges`: pairs of labels (list, array (ties, 2) or DataFrame of two columns); ties hold both
    ways. `people`: everyone who wants reaching; left out, all who have a tie. `eligible`: who may
    be invited; left out, everyone. `seconds`: how long the solver may search; the list is then
    the best found, by solver or by a greedy search, `proven` False and `gap` above 0.

    Returns `Fewest`. Several lists may be equally short; this is one of them. Raises ValueError
    for ties or eligible people outside `people`, or missing labels.
    """
    until = time.monotonic() + asked.seconds(seconds)
    this = asked.read(edges, people, eligible)
    kept = reduce.kernel(this.problem)
    chosen, at_least = [kept.forced], kept.forced.size
    for rows, columns in _batches(kept.left):
        taken, bound = _solved(kept.left[rows][:, columns], until - time.monotonic())
        chosen.append(kept.columns[columns[taken]])
        at_least += bound
    return Fewest(
        people=this.named(np.concatenate(chosen)),
        unreached=this.ties.named(this.unreached),
        of=len(this.ties.people),
        at_least=int(at_least),
        seconds=seconds,
    )


def _solved(problem, seconds):
    """Columns that reach every row, and a bound below which no choice of columns does."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if seconds <= 0:  # earlier components took all the time there was
        return _greedy(problem), _simple_bound(problem)
    every = np.ones(problem.shape[1])
    found = milp(
        every,
        integrality=every,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(problem, lb=1),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    bound = _simple_bound(problem)
    if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
        bound = max(bound, ceil(found.mip_dual_bound - _SLACK))
    if found.x is not None and round(found.fun) == bound:
        return np.flatnonzero(found.x > 0.5), bound
    ways = [_greedy(problem)]
    if found.x is not None:
        ways.append(greedy.without_needless(problem, np.flatnonzero(found.x > 0.5)))
    return min(ways, key=len), bound


def _greedy(problem):
    return greedy.without_needless(problem, greedy.picks(problem))


def _simple_bound(problem):
    """Each person costs at least a share 1/m of the candidate who reaches them, m the most people
    any of their candidates reaches: weak duality, with no solver."""
    size = np.bincount(problem.indices, minlength=problem.shape[1])
    largest = np.maximum.reduceat(size[problem.indices], problem.indptr[:-1])
    return ceil((1 / largest).sum() - _SLACK)


def _batches(problem):
    """Rows and columns of connected components, the smallest first and several at a time."""
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    if not problem.shape[0]:
        return
    both = block_array([[None, problem], [problem.T, None]])
    count, component = connected_components(both, directed=False)
    of_row, of_column = np.split(component, [problem.shape[0]])
    size = np.bincount(of_column, minlength=count)
    order = np.argsort(size, kind="stable")
    batch = np.empty(count, np.intp)
    batch[order] = (np.cumsum(size[order]) - 1) // _TOGETHER
    rows, columns = batch[of_row], batch[of_column]
    for one in np.unique(batch):
        yield np.flatnonzero(rows == one), np.flatnonzero(columns == one)
