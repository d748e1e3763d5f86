"""How the cells of a table add up: one equation for each row and column with a total."""

import numpy as np

_NAMES = ("total", "totals", "all", "sum")


def totals(table, total_row, total_column):
    """Positions of the row and the column of totals, None where there is none.

    Named by label, else found: the one called Total or All, else one that is the sum of the others,
    the last of several (then all else is nought). ValueError for one that is named so, or given,
    and does not add up.
    """
    counts = table.to_numpy(dtype=float)
    return (
        _found(counts, list(table.index), total_row, "row"),
        _found(counts.T, list(table.columns), total_column, "column"),
    )


def _found(counts, labels, given, word):
    if given is not None and given not in labels:
        raise ValueError(f"total_{word}: no {word} is called {given!r}.")
    named = [at for at, label in enumerate(labels) if _called_total(label, given)]
    for at in named:
        if not _adds_up(counts, at):
            raise ValueError(
                f"The {word} {labels[at]!r} is not the sum of the other {word}s. Subtotals make a "
                "table of their own; averages and shares are no counts."
            )
    if named:
        return named[0]
    sums = [at for at in range(len(labels)) if len(labels) > 1 and _adds_up(counts, at)]
    return sums[-1] if sums else None


def _called_total(label, given):
    if given is not None:
        return label == given
    return isinstance(label, str) and label.strip().casefold() in _NAMES


def _adds_up(counts, at):
    return np.array_equal(np.delete(counts, at, axis=0).sum(axis=0), counts[at])


def equations(shape, total_row, total_column):
    """Sparse array (equations, cells): 1 for each part, -1 for the total; cells row by row.

    Every solution of `equations @ cells = 0` is a table that adds up.
    """
    from scipy.sparse import csr_array

    cell = np.arange(shape[0] * shape[1]).reshape(shape)
    found = []
    if total_row is not None:
        found += [(np.delete(column, total_row), column[total_row]) for column in cell.T]
    if total_column is not None:
        found += [(np.delete(row, total_column), row[total_column]) for row in cell]
    lines = csr_array((len(found), cell.size), dtype=float).tolil()
    for nth, (parts, total) in enumerate(found):
        lines[nth, parts] = 1
        lines[nth, [total]] = -1
    return lines.tocsr()
