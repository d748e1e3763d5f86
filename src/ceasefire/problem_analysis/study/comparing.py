"""Two editions, cell by cell: what changed, what is new, what is gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from ceasefire.problem_analysis.study.models import Edition


@dataclass(frozen=True)
class Difference:
    """A cell that differs, by its keys. None: the other edition has no such cell, or no figure."""

    item: str
    table: str
    row: str
    column: str
    one: float | None
    other: float | None

    def __str__(self):
        where = " · ".join((self.item, self.table, self.row, self.column))
        return f"{where}: {_shown(self.one)} → {_shown(self.other)}"


def compared(one: Edition, other: Edition) -> list[Difference]:
    """In the order of the items; cells that say the same are left out."""
    before, after = dict(_cells(one.items)), dict(_cells(other.items))
    where = [*before, *(place for place in after if place not in before)]
    return [
        Difference(*place, before.get(place), after.get(place))
        for place in where
        if before.get(place) != after.get(place)
    ]


def _cells(items: list[dict]) -> Iterator[tuple[tuple, float | None]]:
    for item in items:
        for table in item["tables"]:
            for row in table["rows"]:
                for column, value in zip(table["columns"], row["cells"], strict=True):
                    yield (item["number"], table["key"], row["key"], column["key"]), value


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
