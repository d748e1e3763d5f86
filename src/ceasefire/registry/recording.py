"""Writes what a batch of a feed says into the register, in one transaction.

Reads the staged rows and the `pairing` that the intake made of them; sets of rows, never one by
one. Every statement also serves a first load of a million rows.
"""

from django.db import connection

from ceasefire.registry.facts import FOUND_COLUMNS, INCIDENT_COLUMNS, VICTIM_COLUMNS

REVIEW_WITHIN_DAYS = 60  # A row that its publisher dropped may be an expunction order.

_INCIDENT = (*INCIDENT_COLUMNS, *FOUND_COLUMNS)
_RECORD = (*INCIDENT_COLUMNS, *VICTIM_COLUMNS, *FOUND_COLUMNS)
# Totals that rows of victims add up to, where the row itself does not state them.
_COUNTED = ("victims", "killed", "wounded", "injured")
_STATED = tuple(column for column in _INCIDENT if column not in _COUNTED)


def _listed(columns: tuple[str, ...], table: str = "") -> str:
    return ", ".join(f"{table}.{column}" if table else column for column in columns)


# One row per victim: the incident's totals are counts of its rows. Killed is known when every
# row says whether the victim died.
_VICTIM_TOTALS = """(count(*) OVER whole)::int AS victims,
    CASE WHEN count(fatal) OVER whole = count(*) OVER whole
         THEN (count(*) FILTER (WHERE fatal) OVER whole)::int END AS killed,
    CASE WHEN count(fatal) OVER whole = count(*) OVER whole
         THEN (count(*) FILTER (WHERE NOT fatal) OVER whole)::int END AS wounded,
    true AS injured"""
# Any other unit states its totals; several rows of one incident (one an offence) repeat them.
_STATED_TOTALS = """COALESCE(max(victims) OVER whole,
        (max(killed) OVER whole) + (max(wounded) OVER whole))::int AS victims,
    (max(killed) OVER whole)::int AS killed,
    (max(wounded) OVER whole)::int AS wounded, bool_or(injured) OVER whole AS injured"""


def _folded(source: str, key: str, where: str, unit: str) -> str:
    """One row per incident: what its first row states, with the totals of all its rows."""
    totals = _VICTIM_TOTALS if unit == "victim" else _STATED_TOTALS
    return f"""
        SELECT DISTINCT ON ({key}) {_listed(_STATED)}, {key}, {totals}
        FROM {source} WHERE {where}
        WINDOW whole AS (PARTITION BY {key}) ORDER BY {key}, row_number
    """


def record_batch(*, batch_id: int, feed_id: int, agency_id: int, unit: str, as_of) -> list[int]:
    """Apply a compared batch; returns the ids of incidents that existed before and were touched.

    Must run inside the transaction that made `pairing`.
    """
    with connection.cursor() as cursor:
        _plan_for_sets(cursor)
        _rename_incidents(cursor, agency_id)
        _add_incidents(cursor, batch_id, feed_id, agency_id, unit, as_of)
        _supersede_changed(cursor, as_of)
        _add_records(cursor, batch_id, feed_id, agency_id, as_of)
        if unit == "victim":
            _write_victims(cursor, batch_id)
        _withhold_vanished(cursor, as_of)
        touched = _touched(cursor, batch_id, as_of)
        _refold(cursor, touched, feed_id, unit, as_of)
        return touched


def _plan_for_sets(cursor) -> None:
    """Rows written a moment ago have no statistics yet, and a loop per row over a million of them
    never ends; until this transaction does, join by hashing and sort in memory."""
    cursor.execute("SET LOCAL enable_nestloop = off")
    cursor.execute("SET LOCAL work_mem = '256MB'")


def _rename_incidents(cursor, agency_id) -> None:
    """A changed row whose date moved keeps its incident, under the key it has now."""
    cursor.execute(
        """
        UPDATE registry_incident incident SET incident_key = moved.incident_key
        FROM (SELECT DISTINCT ON (staged.incident_key) staged.incident_key, record.incident_id
              FROM pairing
              JOIN intake_stagedrow staged ON staged.id = staged_id
              JOIN registry_sourcerecord record ON record.id = record_id
              WHERE fate IN ('changed', 'replaced')
              ORDER BY staged.incident_key, record.incident_id) AS moved
        WHERE incident.id = moved.incident_id AND incident.incident_key <> moved.incident_key
          AND NOT EXISTS (SELECT FROM registry_incident known WHERE known.agency_id = %s
                            AND known.incident_key = moved.incident_key)
        """,
        [agency_id],
    )


def _add_incidents(cursor, batch_id, feed_id, agency_id, unit, as_of) -> None:
    new_rows = f"""batch_id = {int(batch_id)} AND NOT EXISTS (
        SELECT FROM registry_incident known WHERE known.agency_id = {int(agency_id)}
          AND known.incident_key = intake_stagedrow.incident_key)"""
    cursor.execute(
        f"""
        INSERT INTO registry_incident ({_listed(_STATED)}, incident_key, victims, killed, wounded,
            injured, agency_id, feed_id, verification, verification_reason, first_known,
            last_changed)
        SELECT folded.*, %s, %s, 'verified', '', %s, %s
        FROM ({_folded("intake_stagedrow", "incident_key", new_rows, unit)}) AS folded
        ON CONFLICT (agency_id, incident_key) DO NOTHING
        """,
        [agency_id, feed_id, as_of, as_of],
    )


def _supersede_changed(cursor, as_of) -> None:
    cursor.execute(
        """
        UPDATE registry_sourcerecord SET known_to = %s
        FROM pairing WHERE id = record_id AND fate IN ('changed', 'replaced', 'returned')
        """,
        [as_of],
    )


def _add_records(cursor, batch_id, feed_id, agency_id, as_of) -> None:
    cursor.execute(
        f"""
        INSERT INTO registry_sourcerecord ({_listed(_RECORD)}, feed_id, batch_id, row_number,
            incident_id, content_key, rest_key, known_from, follows_id)
        SELECT {_listed(_RECORD, "staged")}, %s, %s, staged.row_number, incident.id,
            staged.content_key, staged.rest_key, %s, pairing.record_id
        FROM pairing
        JOIN intake_stagedrow staged ON staged.id = pairing.staged_id
        JOIN registry_incident incident
          ON incident.agency_id = %s AND incident.incident_key = staged.incident_key
        WHERE pairing.fate <> 'unchanged'
        """,
        [feed_id, batch_id, as_of, agency_id],
    )


def _write_victims(cursor, batch_id) -> None:
    cursor.execute(
        f"""
        UPDATE registry_victim victim SET record_id = record.id, incident_id = record.incident_id,
            {", ".join(f"{column} = record.{column}" for column in VICTIM_COLUMNS)}
        FROM registry_sourcerecord record
        WHERE record.batch_id = %s AND victim.record_id = record.follows_id
        """,
        [batch_id],
    )
    cursor.execute(
        f"""
        INSERT INTO registry_victim (incident_id, record_id, {_listed(VICTIM_COLUMNS)})
        SELECT incident_id, id, {_listed(VICTIM_COLUMNS)} FROM registry_sourcerecord
        WHERE batch_id = %s AND follows_id IS NULL ORDER BY id
        """,
        [batch_id],
    )


def _withhold_vanished(cursor, as_of) -> None:
    cursor.execute(
        """
        UPDATE registry_sourcerecord SET withheld_at = %s
        FROM pairing WHERE id = record_id AND fate = 'vanished'
        """,
        [as_of],
    )


def _touched(cursor, batch_id, as_of) -> list[int]:
    """Incidents that were known before this batch and that it changed in some way."""
    cursor.execute(
        """
        SELECT DISTINCT record.incident_id FROM registry_sourcerecord record
        JOIN registry_incident incident ON incident.id = record.incident_id
        WHERE (incident.first_known < %s OR incident.feed_id IS NULL) AND (
            record.batch_id = %s
            OR record.id IN (SELECT record_id FROM pairing WHERE fate = 'vanished'))
        """,
        [as_of, batch_id],
    )
    return [row[0] for row in cursor.fetchall()]


def known_at(
    *, incident_id: int, feed_id: int, unit: str, moment, withheld: bool = False
) -> dict[str, object] | None:
    """What the standing rows of a feed said about an incident at a moment: column -> value.

    None where no row stood then. withheld: count the rows too that the publisher had dropped.
    """
    stood = """feed_id = %s AND incident_id = %s AND known_from <= %s
        AND (known_to IS NULL OR known_to > %s)"""
    values = [feed_id, incident_id, moment, moment]
    if not withheld:
        stood += " AND (withheld_at IS NULL OR withheld_at > %s)"
        values.append(moment)
    with connection.cursor() as cursor:
        cursor.execute(_folded("registry_sourcerecord", "incident_id", stood, unit), values)
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    said = dict(zip(names, row, strict=True)) if row else None
    return said and {column: said[column] for column in _INCIDENT}


def _refold(cursor, incidents: list[int], feed_id, unit, as_of) -> None:
    """Work the standing values of known incidents out again from their standing records."""
    if not incidents:
        return
    cursor.execute("DROP TABLE IF EXISTS touched")
    cursor.execute("CREATE TEMP TABLE touched (incident_id bigint PRIMARY KEY) ON COMMIT DROP")
    with cursor.copy("COPY touched FROM STDIN") as copy:
        copy.write("".join(f"{incident}\n" for incident in incidents))
    cursor.execute("ANALYZE touched")
    standing = f"""feed_id = {int(feed_id)} AND known_to IS NULL AND withheld_at IS NULL
        AND incident_id IN (SELECT incident_id FROM touched)"""
    assigned = ", ".join(f"{column} = folded.{column}" for column in _INCIDENT)
    cursor.execute(
        f"""
        UPDATE registry_incident incident SET {assigned}, feed_id = %s,
            last_changed = %s, withheld_at = NULL, review_due = NULL
        FROM ({_folded("registry_sourcerecord", "incident_id", standing, unit)}) AS folded
        WHERE incident.id = folded.incident_id
          AND (incident.feed_id = %s OR incident.feed_id IS NULL)
        """,
        [feed_id, as_of, feed_id],
    )
    cursor.execute(
        """
        UPDATE registry_incident SET withheld_at = %s, last_changed = %s,
            review_due = %s::date + %s::int
        WHERE id IN (SELECT incident_id FROM touched) AND withheld_at IS NULL AND NOT EXISTS (
            SELECT FROM registry_sourcerecord record WHERE record.incident_id = registry_incident.id
              AND record.known_to IS NULL AND record.withheld_at IS NULL)
        """,
        [as_of, as_of, as_of, REVIEW_WITHIN_DAYS],
    )
