"""Which staged row is which known record: unchanged, changed, added, vanished.

Rows are matched as a multiset, because two identical rows can be two victims: first on everything,
then on the content key, then on the identity (incident, time and person) by best agreement. A
volatile row id never takes part.

A victim's row whose identity itself was corrected (another time, another age) is one content gone
and one content new, and is counted so; it takes the place of the old row all the same, so that its
history goes on and nobody is asked why it vanished.
"""

from dataclasses import dataclass

from django.db import connection

from ceasefire.intake.models import Batch, Feed
from ceasefire.registry.facts import INCIDENT_COLUMNS, VICTIM_COLUMNS

# Rounds of mutual best matching; each settles every pair that prefers one another, so more rounds
# are needed only for long chains of preference within one incident.
MAX_ROUNDS = 50


_IDENTITY = "ROW(occurred_from, age, age_low, age_high, sex, race)::text"


@dataclass(frozen=True)
class Comparison:
    added: int
    changed: int
    unchanged: int
    returned: int
    replaced: int
    vanished: int

    def counts(self) -> dict[str, int]:
        """The figures as every page and the command line say them: a row that took another's
        place is one added and one vanished, and one that returned is added."""
        return {
            "added": self.added + self.returned + self.replaced,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "vanished": self.vanished + self.replaced,
        }


def compare(batch: Batch) -> Comparison:
    """Fill the temporary table `pairing` for this transaction and count what it says.

    pairing(staged_id, record_id, fate): fate is unchanged, changed, replaced (a row of the same
    incident with another identity), added (no record), vanished (no staged row) or returned (the
    same as a record that had vanished).
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pairing")
        cursor.execute(
            "CREATE TEMP TABLE pairing (staged_id bigint, record_id bigint, fate text NOT NULL)"
            " ON COMMIT DROP"
        )
        if _has_records(cursor, batch.feed_id):
            _pair_known(cursor, batch)
            _mark_returned(cursor)
        _mark_added(cursor, batch)
        _mark_vanished(cursor, batch)
        return _count(cursor)


def _has_records(cursor, feed_id: int) -> bool:
    cursor.execute(
        "SELECT EXISTS (SELECT FROM registry_sourcerecord WHERE feed_id = %s)", [feed_id]
    )
    return cursor.fetchone()[0]


def _pair_known(cursor, batch: Batch) -> None:
    _split_off_candidates(cursor, batch)
    _pair_by(cursor, "content_key, rest_key", "unchanged")
    _pair_by(cursor, "content_key", "changed")
    _pair_best_within(cursor, "incident_key, identity", "changed")
    fate = "replaced" if batch.mapping.mapping["unit"] == "victim" else "changed"
    _pair_best_within(cursor, "incident_key", fate)
    # A publisher that corrects a date keeps the number.
    _pair_best_within(cursor, "incident_number", fate)


def _split_off_candidates(cursor, batch: Batch) -> None:
    """Copies of both sides that shrink as pairs are found."""
    columns = ", ".join((*INCIDENT_COLUMNS, *VICTIM_COLUMNS))
    cursor.execute("DROP TABLE IF EXISTS staged_left, record_left")
    cursor.execute(
        f"""
        CREATE TEMP TABLE staged_left ON COMMIT DROP AS
        SELECT id, incident_key, content_key, rest_key, row_number, {_IDENTITY} AS identity,
               {columns}
        FROM intake_stagedrow WHERE batch_id = %s
        """,
        [batch.pk],
    )
    cursor.execute(
        f"""
        CREATE TEMP TABLE record_left ON COMMIT DROP AS
        SELECT record.id, incident.incident_key, content_key, rest_key, row_number,
               {_IDENTITY.replace("(", "(record.", 1).replace(", ", ", record.")} AS identity,
               {", ".join("record." + column for column in (*INCIDENT_COLUMNS, *VICTIM_COLUMNS))}
        FROM registry_sourcerecord record JOIN registry_incident incident
          ON incident.id = record.incident_id
        WHERE record.feed_id = %s AND record.known_to IS NULL
        """,
        [batch.feed_id],
    )
    cursor.execute("ANALYZE staged_left")
    cursor.execute("ANALYZE record_left")


def _pair_by(cursor, key: str, fate: str) -> None:
    """Pair the n-th staged row of each key with the n-th record of that key."""
    numbered = (
        "SELECT id, {key}, row_number() OVER (PARTITION BY {key} ORDER BY row_number, id) AS nth"
        " FROM {table}"
    )
    cursor.execute(
        f"""
        INSERT INTO pairing
        SELECT staged.id, record.id, %s
        FROM ({numbered.format(key=key, table="staged_left")}) staged
        JOIN ({numbered.format(key=key, table="record_left")}) record USING ({key}, nth)
        """,
        [fate],
    )
    _drop_paired(cursor)


def _pair_best_within(cursor, key: str, fate: str) -> None:
    """Among what is left with one key, pair the rows that agree on most columns."""
    agreement = " + ".join(
        f"(s.{column} IS NOT DISTINCT FROM r.{column})::int"
        for column in (*INCIDENT_COLUMNS, *VICTIM_COLUMNS)
    )
    for _round in range(MAX_ROUNDS):
        cursor.execute(
            f"""
            WITH pairs AS (
                SELECT s.id AS staged_id, r.id AS record_id, {agreement} AS agreement
                FROM staged_left s JOIN record_left r USING ({key})
                WHERE s.incident_number <> '' OR '{key}' <> 'incident_number'
            ), preferred AS (
                SELECT *,
                    row_number() OVER (PARTITION BY staged_id
                                       ORDER BY agreement DESC, record_id) AS of_staged,
                    row_number() OVER (PARTITION BY record_id
                                       ORDER BY agreement DESC, staged_id) AS of_record
                FROM pairs
            )
            INSERT INTO pairing
            SELECT staged_id, record_id, %s FROM preferred
            WHERE of_staged = 1 AND of_record = 1
            """,
            [fate],
        )
        if cursor.rowcount == 0:
            return
        _drop_paired(cursor)


def _drop_paired(cursor) -> None:
    cursor.execute("DELETE FROM staged_left USING pairing WHERE id = staged_id")
    cursor.execute("DELETE FROM record_left USING pairing WHERE id = record_id")


def _mark_returned(cursor) -> None:
    cursor.execute(
        """
        UPDATE pairing SET fate = 'returned' FROM registry_sourcerecord record
        WHERE record.id = record_id AND fate = 'unchanged' AND withheld_at IS NOT NULL
        """
    )


def _mark_added(cursor, batch: Batch) -> None:
    cursor.execute("CREATE INDEX ON pairing (staged_id)")
    cursor.execute(
        """
        INSERT INTO pairing
        SELECT id, NULL, 'added' FROM intake_stagedrow staged
        WHERE batch_id = %s AND NOT EXISTS (SELECT FROM pairing WHERE staged_id = staged.id)
        """,
        [batch.pk],
    )


def _mark_vanished(cursor, batch: Batch) -> None:
    """Records inside the file's coverage that it no longer holds and that are not yet withheld."""
    covered, values = _coverage(batch)
    cursor.execute(
        f"""
        INSERT INTO pairing
        SELECT NULL, id, 'vanished' FROM registry_sourcerecord record
        WHERE feed_id = %s AND known_to IS NULL AND withheld_at IS NULL AND {covered}
          AND NOT EXISTS (SELECT FROM pairing WHERE record_id = record.id)
        """,
        [batch.feed_id, *values],
    )


def _coverage(batch: Batch) -> tuple[str, list]:
    feed = batch.feed
    if feed.coverage == Feed.Coverage.ROLLING:
        return "occurred_on >= %s::date - %s::int", [batch.as_of.date(), feed.rolling_days]
    if feed.coverage == Feed.Coverage.YEAR_TO_DATE:
        return "occurred_on >= date_trunc('year', %s::date)", [batch.as_of.date()]
    return "true", []


def _count(cursor) -> Comparison:
    cursor.execute("ANALYZE pairing")
    cursor.execute(
        """
        SELECT count(*) FILTER (WHERE fate = 'added'),
               count(*) FILTER (WHERE fate = 'changed'),
               count(*) FILTER (WHERE fate = 'unchanged'),
               count(*) FILTER (WHERE fate = 'returned'),
               count(*) FILTER (WHERE fate = 'replaced'),
               count(*) FILTER (WHERE fate = 'vanished')
        FROM pairing
        """
    )
    return Comparison(*cursor.fetchone())
