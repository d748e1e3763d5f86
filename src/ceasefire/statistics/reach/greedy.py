"""Good lists without proof: take whoever reaches most people not yet reached, again and again."""

import heapq

import numpy as np


def picks(problem, weight=None, most=None):
    """Columns in the order taken, at most `most`, until nobody new can be reached.

    `problem`: sparse array (people, candidates). `weight`: people that each row stands for. A
    candidate's gain never grows, so only the one on top of the heap is counted anew (Minoux 1978);
    of equal gains the first column is taken.
    """
    columns = problem.tocsc()
    start, rows = columns.indptr, columns.indices
    unreached = np.ones(problem.shape[0]) if weight is None else np.array(weight, float)
    heap = [(-gain, column) for column, gain in enumerate(columns.T @ unreached) if gain]
    heapq.heapify(heap)
    taken = []
    while heap and len(taken) != most:
        column = heap[0][1]
        here = rows[start[column] : start[column + 1]]
        gain = unreached[here].sum()
        if gain == -heap[0][0]:
            heapq.heappop(heap)
            taken.append(column)
            unreached[here] = 0
        elif gain:
            heapq.heapreplace(heap, (-gain, column))
        else:
            heapq.heappop(heap)
    return np.array(taken, dtype=np.intp)


def without_needless(problem, taken):
    """`taken` without those whose people the others reach as well; the last taken go first."""
    columns = problem.tocsc()
    start, rows = columns.indptr, columns.indices
    times = np.bincount(columns[:, taken].indices, minlength=problem.shape[0])
    kept = []
    for column in taken[::-1]:
        here = rows[start[column] : start[column + 1]]
        if (times[here] > 1).all():
            times[here] -= 1
        else:
            kept.append(column)
    return np.array(kept[::-1], dtype=np.intp)


def reached(problem, taken):
    """Mask over rows: who is reached by the columns taken."""
    chosen = np.zeros(problem.shape[1], problem.dtype)
    chosen[taken] = 1
    return problem @ chosen > 0
