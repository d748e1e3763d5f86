"""Ties between people, or groups, as a matrix: labels of any kind in, positions out."""

from dataclasses import dataclass
from itertools import chain

import numpy as np


@dataclass(frozen=True, eq=False)
class Ties:
    """Who is tied to whom.

    `people`: labels in their order, each once. `near`: sparse array (people, people) of ones,
    symmetric, zero diagonal. `position`: from a label to its place in `people`.
    """

    people: tuple
    near: object
    position: dict

    def positions(self, labels, name):
        """Positions of labels, each once, in the order of `people`; ValueError for a stranger."""
        labels = set(plain(labels))
        strangers = [label for label in labels if label not in self.position]
        if strangers:
            raise ValueError(
                f"{name}: {len(strangers)} of {len(labels)} are not among the people, for example "
                f"{strangers[0]!r}. Name everyone in people=, also those without ties."
            )
        return np.array(sorted(self.position[label] for label in labels), dtype=np.intp)

    def pairs(self):
        """Every tie once, as a list of two labels each, in the order of the people."""
        i, j = self.near.tocoo().coords
        once = i < j
        return list(zip(self.named(i[once]), self.named(j[once]), strict=True))

    def named(self, positions):
        """Labels at positions, as a tuple."""
        return tuple(self.people[at] for at in positions)


def of(edges, people=None):
    """Read ties from pairs of labels.

    `edges`: pairs of labels, as a list, an array (ties, 2), a DataFrame of two columns, or `Ties`
    read before; a tie holds both ways and counts once, and a person's tie to themself counts not
    at all. `people`: everyone, also those without ties; left out, all who have a tie. Returns
    `Ties`; raises ValueError for a label that is missing, given twice, or not among the people.
    """
    if isinstance(edges, Ties):
        return edges if people is None else of(edges.pairs(), people)
    flat = _ends(edges)
    position = numbered(flat if people is None else plain(people), people is not None)
    try:
        ends = np.fromiter((position[label] for label in flat), np.intp, len(flat)).reshape(-1, 2)
    except KeyError as stranger:
        raise ValueError(
            f"edges: {stranger.args[0]!r} has a tie but is not among the people. Add everyone who "
            "has a tie to people=, or leave the tie out."
        ) from None
    return Ties(tuple(position), adjacency(ends, len(position)), position)


def adjacency(ends, people):
    """Sparse array (people, people) of ones from positions (ties, 2); diagonal left out."""
    from scipy.sparse import coo_array

    i, j = ends[ends[:, 0] != ends[:, 1]].T
    both = np.concatenate([i, j]), np.concatenate([j, i])
    near = coo_array((np.ones(2 * i.size, np.int32), both), shape=(people, people)).tocsr()
    near.data[:] = 1
    return near


def _ends(edges):
    """Both labels of every pair in one list, first pair first."""
    if getattr(edges, "ndim", None) == 2 and edges.shape[1] == 2:
        return plain(getattr(edges, "values", edges).reshape(-1))
    pairs = [tuple(pair) for pair in edges]
    wrong = next((pair for pair in pairs if len(pair) != 2), None)
    if wrong is not None or getattr(edges, "ndim", 1) != 1:
        raise ValueError(f"edges: each tie is a pair of labels; got {wrong or edges!r}.")
    return list(chain.from_iterable(pairs))


def plain(values):
    """A list of Python's own numbers and words, which compare and print as a reader expects."""
    return values.tolist() if hasattr(values, "tolist") else list(values)


def numbered(labels, once=False):
    """From each label to its position, in the order of first sight."""
    position = {}
    for label in labels:
        position.setdefault(label, len(position))
    if once and len(position) < len(labels):
        raise ValueError(f"people: {len(labels) - len(position)} are given more than once.")
    if any(_missing(label) for label in position):
        raise ValueError("A person's label is missing. Leave that tie out and say how many.")
    return position


def _missing(label):
    try:
        return label is None or bool(label != label)
    except TypeError:  # pandas' NA says neither yes nor no
        return True
