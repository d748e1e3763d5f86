"""Facts of the same people that several tables tell: what hides in one of them hides in all.

A row of a table whose rows overlap is such a fact (`Table.adds_up` off, with a `whole`): it goes by
its side, which is how the table's key begins, and by its own key.
"""

from collections.abc import Iterable

from ceasefire.problem_analysis.study.results import Item, Of, Row, Table, Unit

Fact = tuple[str, str]


def of_facts(table: Table) -> bool:
    return table.of is Of.PEOPLE and bool(table.whole) and not table.adds_up


def fact(table: Table, row: Row) -> Fact:
    return table.key.partition("-")[0], row.key


def unsafe(items: Iterable[Item], low: int, high: int) -> frozenset[Fact]:
    """The facts with a part from `low` to `high`, and those that differ by so few from one that
    holds them: of both, the difference would be told."""
    rows = [
        (fact(table, row), row, _parts(table, row))
        for item in items for table in item.tables if of_facts(table) for row in table.rows
    ]  # fmt: skip
    told = {one: parts for one, _row, parts in rows}
    found = {one for one, _row, parts in rows if any(low <= n <= high for n in parts.values())}
    for one, row, parts in rows:
        for outer in row.within:
            held = told.get((one[0], outer), {})
            if "n" in held and "n" in parts and low <= held["n"] - parts["n"] <= high:
                found.add(one)
    return frozenset(found)


def _parts(table: Table, row: Row) -> dict[str, float]:
    return {
        column.key: value
        for column, value in zip(table.columns, row.cells, strict=True)
        if column.unit is Unit.COUNT and column.key != table.whole and value is not None
    }
