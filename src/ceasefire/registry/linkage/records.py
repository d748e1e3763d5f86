"""A file of people as the table that both engines read."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from ceasefire.kit.readers import open_table
from ceasefire.kit.values import Profile
from ceasefire.registry.linkage import values
from ceasefire.registry.linkage.columns import RECORD, NotLinkable, columns_of

COMPARED = (
    *("given", "family", "born", "house", "street", "line", "place", "postcode", "state"),
    *("number", "phone", "email"),
)
KEYS = tuple(name for name, _told in values.keys({}))
SCHEMA = pa.schema([(name, pa.string()) for name in (RECORD, *COMPARED, *KEYS)])
Columns = dict[str, list[str | None]]


def records_of(paths: Sequence[Path]) -> pa.Table:
    """The records of all files, one row each, as they are compared.

    Raises FileFault for a file that cannot be read, NotLinkable for one that cannot be linked.
    """
    table = pa.concat_tables([_records(path) for path in paths])
    twice = _twice(table)
    if twice is not None:
        raise NotLinkable(f"The record id {twice!r} stands twice. Each record needs its own.")
    return table


def _records(path: Path) -> pa.Table:
    with open_table(path) as table:
        read: Columns = {column: [] for column in table.columns}
        for chunk in table.chunks():
            for column, cells in chunk.columns.items():
                read[column] += cells
    profiles = {column: Profile(column, date.today()) for column in read}
    for column, profile in profiles.items():
        profile.add(read[column])
    found = columns_of(profiles)
    written = {ours: read[theirs] for ours, theirs in found.items()}
    order = profiles[found["born"]].dates.order if "born" in found else ""
    return as_compared(written, order)


def as_compared(read: Columns, order: str) -> pa.Table:
    """The table that is compared, of columns as they were written. order: of their dates."""
    rows = len(read[RECORD])
    if any(one is None for one in read[RECORD]):
        raise NotLinkable(f"Record {read[RECORD].index(None) + 1} has no id. Number every record.")
    columns: Columns = {RECORD: read[RECORD]} | _names(read)
    today = date.today()
    for field in COMPARED:
        if field in columns or field not in read:
            columns.setdefault(field, [None] * rows)
        elif field == "born":
            columns[field] = _each(read[field], lambda text: values.born(text, order, today))
        else:
            columns[field] = _each(read[field], values.WRITTEN.get(field, values.words))
    for key in KEYS:
        columns[key] = []
    filled = ("given", "family", "born", "email")
    for told in zip(*(columns[one] for one in filled), strict=True):
        for key, value in values.keys(dict(zip(filled, told, strict=True))):
            columns[key].append(value)
    return pa.table({name: columns[name] for name in SCHEMA.names}, schema=SCHEMA)


def _names(read: Columns) -> Columns:
    """Given and family names, from their own columns or from one that holds both."""
    if "name" not in read or {"given", "family"} <= read.keys():
        return {}
    both = _each(read["name"], values.whole_name)
    split = [one or (None, None) for one in both]
    return {
        field: [pair[place] for pair in split]
        for place, field in enumerate(("given", "family"))
        if field not in read
    }


def _each(cells: Iterable[str | None], written) -> list:
    """Each distinct value is written once."""
    known: dict[str, object] = {}
    for cell in cells:
        if cell is not None and cell not in known:
            known[cell] = written(cell)
    return [None if cell is None else known[cell] for cell in cells]


def _twice(table: pa.Table) -> str | None:
    counted = table.column(RECORD).value_counts()
    return next((one["values"] for one in counted.to_pylist() if one["counts"] > 1), None)
