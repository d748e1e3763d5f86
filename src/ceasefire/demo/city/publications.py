"""Three weekly publications of the victims file, and exactly how they differ.

The last publication is the truth as police now know it; the two before are worked out backwards:
late rows were not there yet, changed fields held an older value, unfounded rows were still there.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .bits import Stream
from .harm import OUTCOMES
from .police import PLACE_FIELDS, Published, Row

_RECENT_DAYS, _CHANGES, _LATE = 150, 7, 4


@dataclass
class Edition:
    """One publication as of a Monday, with rows newest first and ids that mean nothing."""

    as_of: date
    rows: list[Row]


@dataclass
class Delta:
    """From one edition to the next. `changed` holds (before, after) without volatile ids."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    vanished: list[Row] = field(default_factory=list)


class Press:
    """Publishes the victims' rows on three Mondays, the last the day after `end`, a Sunday."""

    def __init__(self, seed: int, published: list[Published], end: date, scale: int):
        self._stream = Stream(seed, "publications")
        self._all = published
        self.mondays = [end + timedelta(days=1 - 7 * back) for back in (2, 1, 0)]
        self._scale = scale
        self._first = [self._due(p) for p in published]
        self._last = [2] * len(published)
        self._older: dict[int, tuple[int, Row]] = {}

    def run(self) -> tuple[list[Edition], list[Delta]]:
        self._withdraw()
        self._delay()
        for at in (1, 2):
            self._correct(at)
        return [self._edition(at) for at in range(3)], [self._delta(at) for at in (1, 2)]

    def _due(self, p: Published) -> int:
        """The first edition whose Monday comes after the shooting."""
        return next(i for i in range(3) if p.shooting.day < self.mondays[i])

    def _withdraw(self) -> None:
        gone = [i for i, p in enumerate(self._all) if p.shooting.cause == "unfounded"]
        for order, i in enumerate(gone):
            self._last[i] = order % 2

    def _delay(self) -> None:
        """Some recent rows reach the file a week or two late."""
        since = self.mondays[0] - timedelta(days=28)
        recent = [i for i in self._steady() if self._all[i].shooting.day >= since]
        for order, i in enumerate(self._stream.sample(recent, 2 * _LATE * self._scale)):
            self._first[i] = 1 + order % 2

    def _correct(self, at: int) -> None:
        """Some rows held an older value before edition `at`.

        Only incidents with one victim: with two, which row changed could be told in two ways.
        """
        since = self.mondays[0] - timedelta(days=_RECENT_DAYS)
        able = [
            i
            for i in self._steady()
            if self._all[i].shooting.day >= since
            and len(self._all[i].shooting.victims) == 1
            and i not in self._older
        ]
        for order, i in enumerate(self._stream.sample(able, _CHANGES * self._scale)):
            self._older[i] = (at, self._earlier(self._all[i].row, order))

    def _steady(self) -> list[int]:
        """Rows in all three editions."""
        return [i for i in range(len(self._all)) if self._first[i] == 0 and self._last[i] == 2]

    def _earlier(self, row: Row, order: int) -> Row:
        """The row as it stood before a death, an arrest, a geocode or a correction."""
        before = dict(row)
        if row["FATAL"] == "Y":
            before["FATAL"] = "N"
        elif row["OUTCOME"] != OUTCOMES[0]:
            before["OUTCOME"] = OUTCOMES[0]
        elif order % 2 and row["LATITUDE"] not in ("", 0):
            before |= dict.fromkeys(PLACE_FIELDS, 0)
        else:
            before["VICTIM_AGE"] = row["VICTIM_AGE"] + 1 if row["VICTIM_AGE"] else 30
            before["VICTIM_RACE"] = "U" if row["VICTIM_RACE"] != "U" else "B"
        return before

    def _row(self, i: int, at: int) -> Row:
        until, older = self._older.get(i, (0, {}))
        return older if at < until else self._all[i].row

    def _present(self, i: int, at: int) -> bool:
        return self._first[i] <= at <= self._last[i]

    def _edition(self, at: int) -> Edition:
        newest_first = [i for i in reversed(range(len(self._all))) if self._present(i, at)]
        first_id = self._stream.between(1_000, 900_000)
        return Edition(
            self.mondays[at],
            [{"OBJECTID": first_id + k} | self._row(i, at) for k, i in enumerate(newest_first)],
        )

    def _delta(self, at: int) -> Delta:
        delta = Delta()
        for i in range(len(self._all)):
            before, now = self._present(i, at - 1), self._present(i, at)
            if now and not before:
                delta.added.append(self._row(i, at))
            elif before and not now:
                delta.vanished.append(self._row(i, at - 1))
            elif now and self._row(i, at) != self._row(i, at - 1):
                delta.changed.append((self._row(i, at - 1), self._row(i, at)))
        return delta
