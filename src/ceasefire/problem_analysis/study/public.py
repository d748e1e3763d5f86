"""The public edition: what a frozen one says, without groups and without small cells of people.

Counts of 1 to 10 people are suppressed, and as many more as it takes that no total gives one away;
a figure that stands on a suppressed count goes with it, and a sentence with its figure. The city's
own counts of shootings, which it publishes row by row, are exempt.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study import linked
from ceasefire.problem_analysis.study.results import Item, Of, Row, Table, Unit, kept, read
from ceasefire.statistics import disclosure

LOW, HIGH = 1, 10
GROUPS = _("This part names groups and is not in a public edition.")
SUPPRESSED = _("Counts of 1 to 10 people are not shown, nor any figure that would give one away.")


def items(told: list[dict]) -> list[dict]:
    """The items of a public edition, from those of a frozen one; all as editions keep them."""
    whole = [read(one) for one in told]
    hidden = linked.unsafe(whole, LOW, HIGH)
    return [kept(public(one, hidden)) for one in whole]


def public(item: Item, hidden: frozenset[linked.Fact] = frozenset()) -> Item:
    """hidden: the facts that no table may show, for what other tables say of them."""
    if any(table.of is Of.GROUPS for table in item.tables):
        return replace(item, sentences=[], tables=[], figures=[], notes=[], left_out=GROUPS)
    tables = [_suppressed(table, hidden) for table in item.tables]
    shown = {one.key for one in tables}
    return replace(
        item,
        tables=tables,
        figures=[one for one in item.figures
                 if one.public and (not one.table or one.table in shown)],
    )  # fmt: skip


def _suppressed(table: Table, elsewhere: frozenset[linked.Fact] = frozenset()) -> Table:
    """The table with its small counts of people gone, and whatever stands on them."""
    if table.of is not Of.PEOPLE:
        return table
    at = [i for i, one in enumerate(table.columns) if one.unit is Unit.COUNT]
    counts = np.array([[_number(row.cells[i]) for i in at] for row in table.rows], float)
    hidden = _hidden(counts, table, at)
    if linked.of_facts(table):
        for n, row in enumerate(table.rows):
            if linked.fact(table, row) in elsewhere:
                hidden[n] |= [table.columns[i].key != table.whole for i in at]
    # A row that no share is of, such as "not known", could be computed from the others' shares.
    bare = any(
        hidden[n].any() and not row.total and _derives_nothing(row, at)
        for n, row in enumerate(table.rows)
    )
    rows = [_row(row, at, hidden[n], bare) for n, row in enumerate(table.rows)]
    return replace(table, rows=rows)


def _number(value) -> float:
    return np.nan if value is None else value


def _derives_nothing(row: Row, at: list[int]) -> bool:
    return all(value is None for i, value in enumerate(row.cells) if i not in at)


def _hidden(counts: np.ndarray, table: Table, at: list[int]) -> np.ndarray:
    """Which counts are not shown: (rows, count columns)."""
    if not at:
        return np.zeros((len(table.rows), 0), bool)
    if not table.adds_up and table.whole:
        return np.vstack([_unsafe(row[None]) for row in counts])
    return _unsafe(counts, adds_up=table.adds_up)


def _unsafe(counts: np.ndarray, *, adds_up: bool = True) -> np.ndarray:
    """Small counts, and as many more as it takes where rows or columns add up."""
    if not adds_up or np.isnan(counts).any():
        return (counts >= LOW) & (counts <= HIGH)
    return disclosure.suppress(pd.DataFrame(counts), low=LOW, high=HIGH).isna().to_numpy()


def _row(row: Row, at: list[int], hidden: np.ndarray, bare: bool) -> Row:
    """A row of which a count is hidden shows no share or mean either; with `bare` no row does."""
    if not (hidden.any() or bare):
        return row
    gone = {i for i, is_hidden in zip(at, hidden, strict=True) if is_hidden}
    cells = [value if i in at and i not in gone else None for i, value in enumerate(row.cells)]
    return replace(row, cells=cells)
