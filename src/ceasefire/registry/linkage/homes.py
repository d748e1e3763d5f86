"""What people of one home share counts once.

People of one home share an address, a telephone and mostly a family name, and are not one person;
and somebody who moves changes all of an address at once. A model that weighs each field by itself
counts either several times. Here the whole of an address says no more than one move speaks
against, and two records of one home begin as two people of one home do: only what is a person's
own (given name, birth, number) can join them. An address joins nobody. How often two records of
one home are the same person again differs from file to file, and is learnt from the file.
"""

from collections.abc import Iterable

import numpy as np

from ceasefire.registry.linkage.model import HOME

# A person's own, and the most that it says within a home: of so many pairs of its people (2 to the
# power) one shares a given name (a father and his son) or a birthday (twins).
OWN = {"given": 5.5, "born": 6.0, "number": None, "email": None}
# From this weight on, all of an address tells that two records are of one home.
TOLD = 10.0
# The weight with which two records of one home begin where a file has too few homes to learn
# it from: one pair in five is the same person again; and the most and the least that is learnt.
BEGIN, LEAST, MOST = -2.0, -8.0, 8.0
FEWEST = 20
ROUNDS = 200
# One person in eight is written with another home.
MOVED = -3.0


def learnt(own: np.ndarray) -> float:
    """The weight with which two records of one home begin.

    own: (pairs of one home,) what is each one's own says, in doublings of the odds. The share
    of them that is one person makes what is seen likeliest (a mixture of two, by EM).
    """
    if len(own) < FEWEST:
        return BEGIN
    odds = np.exp2(np.clip(own, -50, 50))
    share = 0.2
    for _round in range(ROUNDS):
        share = float(np.mean(share * odds / (share * odds + 1 - share)))
    return float(np.clip(np.log2(share / (1 - share)) if 0 < share < 1 else MOST, LEAST, MOST))


class Weights:
    """SQL over Splink's predictions. compared: the model's fields; columns: the predictions'."""

    def __init__(self, compared: Iterable[str], columns: Iterable[str]) -> None:
        columns = set(columns)
        self.said = {field: _said(field, columns) for field in sorted(compared)}

    def own(self) -> str:
        """What is a person's own, as far as it counts within a home."""
        return _sum(_at_most(self.said[one], most) for one, most in OWN.items() if one in self.said)

    def _address(self) -> str:
        return _sum(told for one, told in self.said.items() if one in HOME)

    def of_one_home(self) -> str:
        return f"{self._address()} >= {TOLD}"

    def weight(self, begin: float) -> str:
        """The match weight of a pair, where two records of one home begin with so much."""
        moved = f"match_weight + greatest(0.0, {MOVED} - ({self._address()}))"
        within = f"least(match_weight, {begin} + {self.own()})"
        return f"CASE WHEN {self.of_one_home()} THEN {within} ELSE {moved} END"


def _said(field: str, columns: set[str]) -> str:
    rare = f"mw_tf_adj_{field}"
    told = f"coalesce(mw_{field}, 0.0)"
    return f"({told} + coalesce({rare}, 0.0))" if rare in columns else told


def _sum(told: Iterable[str]) -> str:
    return " + ".join(told) or "0.0"


def _at_most(told: str, most: float | None) -> str:
    return told if most is None else f"least({told}, {most})"
