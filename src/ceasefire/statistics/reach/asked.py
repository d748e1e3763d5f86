"""What is asked: who wants reaching, who may be invited, who reaches whom."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import ties


@dataclass(frozen=True, eq=False)
class Asked:
    """`problem`: sparse array (people who can be reached, candidates), 1 where the candidate
    reaches the person. `candidates`, `unreached`: positions among the people of `ties`."""

    ties: ties.Ties
    problem: object
    candidates: np.ndarray
    unreached: np.ndarray

    def named(self, columns):
        """Labels of candidates by column, in the order of the people."""
        return self.ties.named(np.sort(self.candidates[columns]))


def read(edges, people, eligible):
    """Check what was given and lay it out; ValueError as `ties.of` and `Ties.positions` do."""
    from scipy.sparse import eye_array

    tied = ties.of(edges, people)
    everyone = len(tied.people)
    candidates = np.arange(everyone)
    if eligible is not None:
        candidates = tied.positions(eligible, "eligible")
    reaches = (tied.near + eye_array(everyone, dtype=np.int32, format="csr")).tocsr()
    problem = reaches if eligible is None else reaches[:, candidates]
    reachable = np.diff(problem.indptr) > 0
    unreached = np.flatnonzero(~reachable)
    return Asked(tied, problem[reachable] if unreached.size else problem, candidates, unreached)


def seconds(value):
    """A time limit in seconds, above 0."""
    if not value > 0:
        raise ValueError(f"seconds: give the solver some time, above 0; got {value!r}.")
    return value
