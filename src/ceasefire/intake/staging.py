"""Reads a file through its mapping into the staging table, chunk by chunk.

Memory stays flat: one chunk of rows is in hand at a time, as columns, and goes to PostgreSQL as
COPY text. A row that cannot stand is left out and reported; a file that cannot stand leaves
nothing behind.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.db import connection, transaction

from ceasefire.intake.models import Batch, RowFault, StagedRow
from ceasefire.intake.normalise import Normaliser, Rows
from ceasefire.kit.readers import open_table
from ceasefire.registry.facts import FOUND_COLUMNS, INCIDENT_COLUMNS, VICTIM_COLUMNS
from ceasefire.registry.places import Gazetteer

CHUNK_ROWS = 20_000
KEYS = ("incident_key", "content_key", "rest_key")
COLUMNS = (*INCIDENT_COLUMNS, *VICTIM_COLUMNS, *KEYS, *FOUND_COLUMNS)
_STAGED = f"batch_id, row_number, {', '.join(COLUMNS)}"
# PostgreSQL copies into no table whose rows it guards, so rows arrive in one of their own.
ARRIVE = f"""
    CREATE TEMP TABLE arriving ON COMMIT DROP AS
    SELECT {_STAGED} FROM {StagedRow._meta.db_table} WITH NO DATA
"""
COPY = f"COPY arriving ({_STAGED}) FROM STDIN"
STAGE = f"INSERT INTO {StagedRow._meta.db_table} ({_STAGED}) SELECT {_STAGED} FROM arriving"
# Text columns hold an empty text where nothing is known, every other column NULL.
_TEXT = {
    column.column for column in StagedRow._meta.fields if column.get_internal_type() == "TextField"
}


@dataclass
class Staged:
    """What the reading found. rows: all of the file's, among them the rejected and the ones that
    are no shootings by the feed's answers."""

    rows: int = 0
    rejected: int = 0
    not_counted: int = 0
    warnings: int = 0
    missing_place: int = 0
    missing_date: int = 0
    repeated: int = 0
    notes: list[str] = field(default_factory=list)


def stage(
    batch: Batch,
    path: Path,
    normaliser: Normaliser,
    gazetteer: Gazetteer,
    progress: Callable[[float, int], None],
) -> Staged:
    """Fill the staging table from a file; raises FileFault where the file turns out broken.

    progress: called after each chunk with the share of the file read and the rows so far.
    """
    found = Staged()
    with open_table(path) as table:
        for chunk in table.chunks(CHUNK_ROWS):
            rows = normaliser.chunk(chunk)
            _copy(batch, rows, gazetteer, found)
            record_faults(batch, [*chunk.faults, *rows.faults], rejected=True)
            record_faults(batch, rows.warnings, rejected=False)
            found.rows += len(chunk) + len(chunk.faults)
            found.rejected += len(chunk.faults) + len({fault.row for fault in rows.faults})
            found.not_counted += rows.not_counted
            found.warnings += len(rows.warnings)
            progress(chunk.fraction, found.rows)
        found.notes = list(table.notes)
    return found


def drop_repeated(batch: Batch) -> int:
    """Keep the first of staged rows that are the same in every mapped fact; how many went."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM intake_stagedrow WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (
                        PARTITION BY content_key, rest_key ORDER BY row_number) AS nth
                    FROM intake_stagedrow WHERE batch_id = %s) AS numbered
                WHERE nth > 1)
            """,
            [batch.pk],
        )
        return cursor.rowcount


def _copy(batch: Batch, rows: Rows, gazetteer: Gazetteer, found: Staged) -> None:
    columns = rows.columns | _places(rows, gazetteer)
    found.missing_place += columns["latitude"].count(None)
    found.missing_date += columns["occurred_on"].count(None)
    texts = [[str(batch.pk)] * len(rows.row_numbers), list(map(str, rows.row_numbers))]
    texts += [_as_text(name, columns[name]) for name in COLUMNS]
    lines = "\n".join(map("\t".join, zip(*texts, strict=True)))
    if lines:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ARRIVE)
            with cursor.copy(COPY) as copy:
                copy.write(lines + "\n")
            cursor.execute(STAGE)
            cursor.execute("DROP TABLE arriving")


def _places(rows: Rows, gazetteer: Gazetteer) -> dict[str, list]:
    longitude = np.array(rows.columns["longitude"], dtype=float)
    latitude = np.array(rows.columns["latitude"], dtype=float)
    place = gazetteer.find(longitude, latitude)
    return {
        "x_m": _rounded(place.x_m),
        "y_m": _rounded(place.y_m),
        "district_found": list(place.district),
        "neighbourhood_found": list(place.neighbourhood),
        "in_city": list(place.in_city),
    }


def _rounded(metres: np.ndarray) -> list[float | None]:
    """Centimetres are finer than any place in these files."""
    return [None if value != value else value for value in np.round(metres, 2).tolist()]


def _as_text(name: str, values: list) -> list[str]:
    """A column in COPY's text form: what is missing marked, what is special escaped."""
    if name not in _TEXT:
        return ["\\N" if value is None else str(value) for value in values]
    texts = ["" if value is None else value for value in values]
    # One look at the whole column is cheaper than four at every value, and nearly always enough.
    whole = "\x1f".join(texts)
    return [_escaped(text) for text in texts] if any(m in whole for m in "\\\t\n\r") else texts


def _escaped(text: str) -> str:
    for mark, escape in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(mark, escape)
    return text


def record_faults(batch: Batch, faults: Iterable, *, rejected: bool) -> None:
    """Keep why rows were rejected, or what in them was left empty."""
    RowFault.objects.bulk_create(
        [
            RowFault(
                batch=batch,
                row_number=fault.row,
                column=fault.column or "",
                reason=fault.reason,
                remedy=fault.remedy,
                rejected=rejected,
            )
            for fault in faults
        ],
        batch_size=5_000,
    )
