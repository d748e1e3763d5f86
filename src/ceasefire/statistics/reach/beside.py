"""What a list of invitations really reached, beside the best that as many could have."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics.reach import asked
from ceasefire.statistics.reach.budget import Most, most


@dataclass(frozen=True, eq=False)
class Observed:
    """`reached` of `of` people by the `people` invited, themselves among them; `unreached` names
    the others. `best`: a list of as many eligible people that reaches most."""

    people: tuple
    reached: int
    of: int
    unreached: tuple
    best: Most


def observed(edges, invited, *, people=None, eligible=None, seconds=60.0):
    """The reach of the people really invited, and the best reach for as many.

    `invited`: labels among the people, each counted once; they need not be `eligible`, which
    narrows the best list alone. Other arguments as in `fewest`. Returns `Observed`; raises
    ValueError as `fewest` does.
    """
    this = asked.read(edges, people, None)
    at = this.ties.positions(invited, "invited")
    reached = np.zeros(len(this.ties.people), bool)
    reached[this.problem[at].indices] = True
    best = most(edges, at.size, people=people, eligible=eligible, seconds=seconds)
    return Observed(
        people=this.ties.named(at),
        reached=int(reached.sum()),
        of=reached.size,
        unreached=this.ties.named(np.flatnonzero(~reached)),
        best=best,
    )
