"""What the values of one column look like: the evidence that a mapping rests on."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from itertools import islice

from .ages import parse_age
from .blanks import is_empty
from .clocks import ClockReading, read_clocks
from .date_order import DateReading, read_dates
from .flags import parse_flag
from .numbers import parse_number
from .points import parse_point

KEPT = 20_000
TRIED = 2_000


class Profile:
    """Counts of the distinct values of a column (the first 20,000 of them), and shares of kinds.

    Shares are of the filled cells, 0 to 1; a kind that no value can be has the share 0.
    """

    def __init__(self, name: str, today: date) -> None:
        self.name = name
        self.today = today
        self.rows = 0
        self.counts: Counter[str] = Counter()
        self.sequence: list[str | None] = []
        self.months: list[int | None] = []

    def add(self, values: list[str | None]) -> None:
        """Take the next values of the column, in file order."""
        self.rows += len(values)
        if len(self.sequence) < KEPT:
            self.sequence += values[: KEPT - len(self.sequence)]
        if len(self.counts) < KEPT:
            self.counts.update(value for value in values if value is not None)
        elif len(values) > 1000:
            self.counts.update(v for v in values if v is not None and v in self.counts)

    @cached_property
    def filled(self) -> Counter[str]:
        """Distinct values that say something."""
        return Counter({text: n for text, n in self.counts.items() if not is_empty(text)})

    @cached_property
    def total(self) -> int:
        return self.filled.total()

    @property
    def blank(self) -> bool:
        return not self.filled

    @cached_property
    def distinct(self) -> float:
        """Distinct values per filled cell: 1 when no value repeats."""
        return len(self.filled) / self.total if self.total else 0.0

    @cached_property
    def tried(self) -> Counter[str]:
        """An even selection of the distinct values, enough to judge kinds by."""
        step = max(1, len(self.filled) // TRIED)
        return Counter(dict(islice(self.filled.items(), 0, None, step)))

    def share(self, fits: Callable[[str], object]) -> float:
        """Share of the tried cells for which `fits` gives something other than None or False."""
        good = sum(n for text, n in self.tried.items() if fits(text) not in (None, False))
        return good / self.tried.total() if self.tried else 0.0

    @cached_property
    def numbers(self) -> list[float]:
        """The tried values that are numbers, one entry per distinct value, sorted."""
        return sorted(v for text in self.tried if (v := parse_number(text)) is not None)

    @cached_property
    def number(self) -> float:
        return self.share(parse_number)

    @cached_property
    def whole(self) -> float:
        """Share of whole numbers."""
        return self.share(lambda text: (v := parse_number(text)) is not None and v == int(v))

    @cached_property
    def flag(self) -> float:
        return self.share(lambda text: parse_flag(text) is not None)

    @cached_property
    def age(self) -> float:
        return self.share(parse_age)

    @cached_property
    def point(self) -> float:
        return self.share(lambda text: len(text) > 4 and parse_point(text))

    @cached_property
    def lettered(self) -> float:
        """Share of values with at least one letter."""
        return self.share(lambda text: any(char.isalpha() for char in text))

    @cached_property
    def dates(self) -> DateReading | None:
        reading = read_dates(
            self.filled, sequence=self.sequence, months=self.months, today=self.today
        )
        return reading if reading and reading.share >= 0.8 else None

    @cached_property
    def clocks(self) -> ClockReading | None:
        reading = read_clocks(self.tried)
        return reading if reading and reading.share >= 0.9 else None

    def between(self, low: float, high: float) -> float:
        """Share of cells that are numbers from low to high."""
        return self.share(lambda text: (v := parse_number(text)) is not None and low <= v <= high)

    def within(self, words: Iterable[str]) -> float:
        """Share of cells whose text, folded, is one of the words."""
        known = frozenset(words)
        return self.share(lambda text: text.strip().casefold() in known)
