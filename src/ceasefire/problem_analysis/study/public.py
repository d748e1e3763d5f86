"""The public edition: what a frozen one says, without groups and without small cells of people.

Counts of 1 to 10 people are suppressed, and as many more as it takes that no total gives one away;
a figure that stands on a suppressed count goes with it, and a sentence with its figure. The city's
own counts of shootings, which it publishes row by row, are exempt.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.results import Item, Of, Row, Table, Unit, kept, read
from ceasefire.statistics import disclosure

LOW, HIGH = 1, 10
GROUPS = _("This part names groups and is not in a public edition.")
SUPPRESSED = _("Counts of 1 to 10 people are not shown, nor any figure that would give one away.")


def items(told: list[dict]) -> list[dict]:
    """The items of a public edition, from those of a frozen one; all as editions keep them."""
    return [kept(public(read(one))) for one in told]


def public(item: Item) -> Item:
    if any(table.of is Of.GROUPS for table in item.tables):
        return replace(item, sentences=[], tables=[], figures=[], notes=[], left_out=GROUPS)
    tables = [_suppressed(table) for table in item.tables]
    shown = {one.key for one in tables}
    return replace(
        item,
        tables=tables,
        figures=[one for one in item.figures
                 if one.public and (not one.table or one.table in shown)],
    )  # fmt: skip


def _suppressed(table: Table) -> Table:
    """The table with its small counts of people gone, and whatever stands on them."""
    if table.of is not Of.PEOPLE:
        return table
    at = [i for i, one in enumerate(table.columns) if one.unit is Unit.COUNT]
    counts = np.array([[_number(row.cells[i]) for i in at] for row in table.rows], float)
    hidden = _hidden(counts, table, at)
    return replace(table, rows=[_row(row, at, hidden[n]) for n, row in enumerate(table.rows)])


def _number(value) -> float:
    return np.nan if value is None else value


def _hidden(counts: np.ndarray, table: Table, at: list[int]) -> np.ndarray:
    """Which counts are not shown: (rows, count columns)."""
    small = (counts >= LOW) & (counts <= HIGH)
    if table.whole and not table.adds_up:
        whole = next(i for i, n in enumerate(at) if table.columns[n].key == table.whole)
        return np.array([_parts(row, found, whole) for row, found in zip(small, counts,
                         strict=True)])  # fmt: skip
    if not table.adds_up or np.isnan(counts).any():
        return small
    frame = pd.DataFrame(counts, columns=[table.columns[i].key for i in at],
                         index=[row.key for row in table.rows])  # fmt: skip
    frame = _with_totals(frame, table)
    safe = disclosure.suppress(frame, low=LOW, high=HIGH)
    kept_rows = [row.key for row in table.rows]
    return safe.loc[kept_rows, [table.columns[i].key for i in at]].isna().to_numpy()


def _parts(small: np.ndarray, counts: np.ndarray, whole: int) -> np.ndarray:
    """In a row whose parts add up to its whole, no part is hidden alone: the least other goes with
    it, or the whole where there is none."""
    hidden = small.copy()
    parts = [i for i in range(len(counts)) if i != whole]
    if sum(hidden[parts]) == 1 and not hidden[whole]:
        others = [i for i in parts if not hidden[i] and counts[i] > 0]
        hidden[min(others, key=lambda i: counts[i], default=whole)] = True
    return hidden


def _with_totals(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    return frame


def _row(row: Row, at: list[int], hidden: np.ndarray) -> Row:
    """A row of which a count is hidden shows no share or mean either."""
    if not hidden.any():
        return row
    gone = {i for i, is_hidden in zip(at, hidden, strict=True) if is_hidden}
    cells = [None if i in gone or i not in at else value for i, value in enumerate(row.cells)]
    return replace(row, cells=cells)
