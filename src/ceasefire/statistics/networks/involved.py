"""Co-involvement: people tied by the incidents in which both were named."""

from dataclasses import dataclass

import numpy as np

from ceasefire.statistics import inputs
from ceasefire.statistics.networks.window import inside
from ceasefire.statistics.ties import Ties, numbered, plain

# A row with so many people is a mass arrest or an error: half a million ties of one incident.
_MOST_IN_ONE = 1_000


@dataclass(frozen=True, eq=False)
class CoInvolvement:
    """`ties`: who shared an incident with whom, to be given to any method that takes edges.
    `shared`: sparse array (people, people), incidents that two people share, zero diagonal.
    `incidents`: per person, how many they were in. `rows_used` of `rows` lay in the window."""

    ties: Ties
    shared: object
    incidents: np.ndarray
    rows: int
    rows_used: int
    as_of: float | None
    within_days: float | None
    least: int

    @property
    def people(self):
        return self.ties.people


def co_involvement(person, incident, *, t=None, as_of=None, within_days=None, least=1, people=None):
    """Tie people who shared at least `least` incidents in a window.

    `person`, `incident`: labels, one row per involvement; a person named twice in one incident
    counts once. `t`: the incident's day per row, needed for a window: as_of - within_days < t <=
    as_of (left out, the last day and no beginning). `people`: everyone to be in the network; left
    out, all with a row in the window.

    With B the table of people by incidents, the ties are those of B Bᵀ off its diagonal (Breiger
    1974). Returns `CoInvolvement`. Raises ValueError for missing labels, rows of unlike number, or
    more than 1,000 people in one incident.
    """
    person, incident = plain(person), plain(incident)
    inputs.same_length(person=person, incident=incident)
    least = inputs.whole(least, "least")
    if not least:
        raise ValueError("least: people who share no incident are not tied; give 1 or more.")
    used = np.flatnonzero(inside(len(person), t, as_of, within_days))
    who, what = [person[row] for row in used], [incident[row] for row in used]
    position = numbered(who if people is None else plain(people), once=people is not None)
    table = _table(who, what, position)
    shared = (table @ table.T).tocsr()
    own = shared.diagonal()
    shared.setdiag(0)
    shared.data[shared.data < least] = 0
    shared.eliminate_zeros()
    near = shared.copy()
    near.data[:] = 1
    ties = Ties(tuple(position), near, position)
    return CoInvolvement(ties, shared, own, len(person), used.size, as_of, within_days, least)


def _table(who, what, position):
    """Sparse array (people, incidents) of ones."""
    from scipy.sparse import csr_array

    incidents = numbered(what)
    try:
        i = np.fromiter((position[one] for one in who), np.intp, len(who))
    except KeyError as stranger:
        raise ValueError(f"person: {stranger.args[0]!r} is not among the people.") from None
    j = np.fromiter((incidents[one] for one in what), np.intp, len(what))
    shape = len(position), len(incidents)
    table = csr_array((np.ones(i.size, np.int32), (i, j)), shape=shape)
    table.data[:] = 1
    largest = np.bincount(table.indices, minlength=1).max(initial=0)
    if largest > _MOST_IN_ONE:
        raise ValueError(
            f"incident: one holds {largest:,} people, more than {_MOST_IN_ONE:,}. Such a row ties "
            "everyone to everyone; leave it out and say so."
        )
    return table
