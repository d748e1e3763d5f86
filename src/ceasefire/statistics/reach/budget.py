"""The most people whom a given number of invitations can reach."""

from dataclasses import dataclass
from math import floor

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.reach import asked, greedy, reduce

_SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Most:
    """`people`: whom to invite, at most `k`, in the order of the people given; fewer than `k`
    where nobody more would be reached. `reached`: how many they reach, themselves among them, `of`
    how many people. `at_most`: no list of `k` reaches more; `proven` when this one does."""

    people: tuple
    reached: int
    of: int
    k: int
    at_most: int
    unreached: tuple
    seconds: float
    method: str = "maximum coverage: exact reductions, then HiGHS"

    @property
    def proven(self):
        return self.reached == self.at_most

    @property
    def gap(self):
        """How many more people another list may at most reach; 0 when proven."""
        return self.at_most - self.reached


def most(edges, k, *, people=None, eligible=None, seconds=60.0):
    """Whom to invite, `k` at most, so that as many as possible are reached.

    `edges`, `people`, `eligible` and `seconds` as in `fewest`. `unreached` names everyone whom
    this list does not reach. Returns `Most`. Raises ValueError as `fewest` does, and for a k that
    is not a whole number from 0 upwards.
    """
    k = inputs.whole(k, "k")
    asked.seconds(seconds)
    this = asked.read(edges, people, eligible)
    taken, at_most = _best(this.problem, k, seconds)
    taken = greedy.without_needless(this.problem, taken)
    reached = greedy.reached(this.problem, taken)
    everyone = np.arange(len(this.ties.people))
    missed = np.sort(
        np.concatenate([this.unreached, np.delete(everyone, this.unreached)[~reached]])
    )
    return Most(
        people=this.named(taken),
        reached=int(reached.sum()),
        of=everyone.size,
        k=k,
        at_most=at_most,
        unreached=this.ties.named(missed),
        seconds=seconds,
    )


def _best(problem, k, seconds):
    """Columns, at most k, and a bound above which no such choice reaches."""
    columns = np.flatnonzero(~reduce.candidates_within_another(problem))
    if columns.size <= k:
        return columns, problem.shape[0]
    left, weight = _alike_as_one(problem[:, columns])
    useful = _worth_asking(left, weight, k)
    left, columns = left[:, useful], columns[useful]
    taken = greedy.picks(left, weight, k)
    bound = _simple_bound(left, weight, taken, k)
    if _held(left, weight, taken) < bound:
        other, other_bound = _solved(left, weight, k, seconds)
        bound = min(bound, other_bound)
        taken = max(taken, other, key=lambda way: _held(left, weight, way))
    return columns[taken], bound


def _solved(problem, weight, k, seconds):
    """Columns and bound of the integer programme: x, invited or not; y, reached or not, needed
    only for rows with a choice of columns."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array

    columns = problem.shape[1]
    single = np.diff(problem.indptr) == 1
    shared = problem[~single]
    gain = np.concatenate([problem[single].T @ weight[single], weight[~single]])
    within = block_array(
        [
            [csr_array(np.ones((1, columns))), None],
            [-shared, eye_array(shared.shape[0])],
        ]
    )
    found = milp(
        -gain,
        integrality=np.repeat([1, 0], [columns, gain.size - columns]),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(within.tocsr(), ub=np.repeat([k, 0], [1, shared.shape[0]])),
        # The solver's presolve finds little after ours, heeds no clock, and takes most of the time.
        options={"time_limit": seconds, "mip_rel_gap": 0, "presolve": False},
    )
    bound = int(weight.sum())
    if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
        bound = min(bound, floor(-found.mip_dual_bound + _SLACK))
    taken = np.empty(0, np.intp) if found.x is None else np.flatnonzero(found.x[:columns] > 0.5)
    return taken, bound


def _alike_as_one(problem):
    """Rows that the same columns reach become one, with their number as its weight."""
    problem = problem.tocsr()
    problem.sort_indices()
    cuts = problem.indptr
    position = {}
    for row in range(problem.shape[0]):
        alike = problem.indices[cuts[row] : cuts[row + 1]].tobytes()
        position.setdefault(alike, []).append(row)
    first = [rows[0] for rows in position.values()]
    return problem[first], np.array([len(rows) for rows in position.values()], dtype=float)


def _worth_asking(problem, weight, k):
    """Mask over columns without those who reach nobody else's people, but for the k best of them:
    they stand alone, so a list that has any has the best."""
    single = np.diff(problem.indptr) == 1
    shares = np.bincount(problem[~single].indices, minlength=problem.shape[1]) > 0
    alone = np.flatnonzero(~shares)
    gain = (problem[single].T @ weight[single])[alone]
    keep = shares.copy()
    keep[alone[np.argsort(-gain, kind="stable")[:k]]] = True
    return keep


def _simple_bound(problem, weight, taken, k):
    """What is reached, and what the k best could add to it; nobody can do better than that."""
    left = np.where(greedy.reached(problem, taken), 0, weight)
    best = np.sort(problem.T @ left)[::-1][:k]
    return int(min(_held(problem, weight, taken) + best.sum(), weight.sum()))


def _held(problem, weight, taken):
    return int(weight[greedy.reached(problem, taken)].sum())
