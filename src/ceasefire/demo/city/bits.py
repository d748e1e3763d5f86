"""Random draws that give the same bytes whatever the numpy version, platform or hash seed.

Only the raw 64-bit words of Philox come from numpy. Its `Generator` methods may change between
versions, and `exp`, `log` and `cos` may differ in the last bit from one C library to the next, so
every transform here uses integers and the four IEEE operations (which round alike everywhere).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, MutableSequence, Sequence
from itertools import accumulate
from typing import TypeVar

from numpy.random import Philox

T = TypeVar("T")
_BLOCK = 1024
# Four 16-bit uniforms have mean 2 * 65535 and standard deviation sqrt((65536^2 - 1) / 3).
_FOUR_MEAN, _FOUR_SD = 131070.0, 37837.2268


def exp_minus(x: float) -> float:
    """e to the minus x for 0 <= x <= 30, from its power series (see the module's comment)."""
    term, series, n = 1.0, 1.0, 0
    while term > 1e-17 * series:
        n += 1
        term *= x / n
        series += term
    return 1.0 / series


def total(values: Iterable[float]) -> float:
    """A plain left-to-right sum: from Python 3.12 the built-in one compensates, and so differs."""
    result = 0.0
    for value in values:
        result += value
    return result


class Table:
    """Whole-number weights, ready for drawing: `Table([3, 1]).index(stream)` is 0 or 1."""

    def __init__(self, weights: Sequence[int]):
        self.cumulative = list(accumulate(weights))

    def index(self, stream: "Stream") -> int:
        return bisect_right(self.cumulative, stream.below(self.cumulative[-1]))


class Stream:
    """One topic's own sequence of draws: a new topic never shifts another topic's draws."""

    def __init__(self, seed: int, topic: str):
        digest = hashlib.sha256(f"ceasefire city {seed} {topic}".encode()).digest()
        self._source = Philox(key=int.from_bytes(digest[:16], "big"))
        self._words: list[int] = []

    def word(self) -> int:
        """The next raw word, 0 to 2^64 - 1."""
        if not self._words:
            self._words = self._source.random_raw(_BLOCK).tolist()[::-1]
        return self._words.pop()

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return (self.word() * n) >> 64

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def unit(self) -> float:
        """A number in [0, 1) with 53 random bits."""
        return (self.word() >> 11) / 9007199254740992.0

    def spread(self, half: float) -> float:
        """A number in [-half, half)."""
        return (2.0 * self.unit() - 1.0) * half

    def chance(self, p: float) -> bool:
        return self.unit() < p

    def normal(self, sd: float) -> float:
        """About normal, mean 0: the sum of four uniforms, so never beyond 3.5 sd."""
        word = self.word()
        four = (word & 65535) + (word >> 16 & 65535) + (word >> 32 & 65535) + (word >> 48)
        return (four - _FOUR_MEAN) / _FOUR_SD * sd

    def poisson(self, mean: float) -> int:
        """A Poisson count, by inversion; a large mean is drawn in parts."""
        if mean > 16:
            return self.poisson(mean / 2) + self.poisson(mean / 2)
        u, count = self.unit(), 0
        probability = reached = exp_minus(mean)
        while u >= reached and count < 200:
            count += 1
            probability *= mean / count
            reached += probability
        return count

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def shuffle(self, items: MutableSequence) -> None:
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def sample(self, items: Sequence[T], k: int) -> list[T]:
        """k different items (all of them if there are fewer), in random order."""
        rest = list(items)
        self.shuffle(rest)
        return rest[:k]
