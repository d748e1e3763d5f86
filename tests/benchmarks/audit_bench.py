"""What the audit row costs a page, and how long it takes to verify a whole log.

A page is a transaction that asks who is asking, and reads and writes one small row. Its peers are
the same page without the audit row, so that the difference is the row and not the disk, and the
same page with a bare row of a table without an index, which no log can undercut.
"""

import json
import sys
import time

from tests.benchmarks import in_its_own_process, result, throw_away_home

SIZES = (10_000, 100_000, 1_000_000)
PAGES = 400
ROWS_A_SEAL = 1_000

FILL = """
SELECT count(wall.audit(
    'page.shown', 'registry.incident', n::text,
    CASE mod(n, 3) WHEN 0 THEN ARRAY['registry.person:' || mod(n, 9000)] ELSE '{}' END,
    ARRAY['street', 'narrative'], 'review 2026-W46', 'registry:shooting', 'shown', NULL, '{}'))
FROM generate_series(1, %s) AS n
"""


def audit(*, full: bool) -> list[dict]:
    del full
    return [found for n in SIZES for found in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        _fill(n)
        ours, without, bare = _pages()
        peers = {"the page without it": without, "the page with a bare row": bare}
        pages = [
            result(name="page with its audit row", ours_s=ours, other=peer, other_s=other, n=n)
            | {"row_ms": round(1000 * (ours - other), 3)}
            for peer, other in peers.items()
        ]
        return [*pages, _verified(n)]


def _fill(n: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_session (id int PRIMARY KEY, seen timestamptz)")
        cursor.execute("INSERT INTO bench_session VALUES (1, now())")
        cursor.execute("GRANT SELECT, UPDATE ON bench_session TO PUBLIC")
        cursor.execute("CREATE TABLE bench_bare (words text)")
        cursor.execute("GRANT INSERT ON bench_bare TO PUBLIC")
        cursor.execute(FILL, [n])
        cursor.execute("VACUUM ANALYZE access_auditentry")


def _pages() -> tuple[float, ...]:
    """Median seconds of a page with its row, without, and with a bare one, taken in turns."""
    from django.db import connection

    from ceasefire.access.audit import record

    def row():
        record("page.shown", "registry.incident:12", subjects=["registry.person:5"])

    def bare():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES ('registry.incident:12')")

    taken = {row: [], None: [], bare: []}
    for _page in range(PAGES):
        for extra, seconds in taken.items():
            seconds.append(_page_seconds(extra))
    return tuple(sorted(seconds)[PAGES // 2] for seconds in taken.values())


def _page_seconds(extra) -> float:
    from django.db import connection, transaction

    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM wall.who()")
        cursor.execute("SELECT * FROM access_agency LIMIT 1")
        cursor.execute("UPDATE bench_session SET seen = clock_timestamp() WHERE id = 1")
        if extra:
            extra()
    return time.perf_counter() - begun


def _verified(n: int) -> dict:
    """Against nothing but counting the rows, which no check can do without."""
    from django.db import connections

    from ceasefire.access.audit.sealing import seal
    from ceasefire.access.audit.verifying import verify

    seal(at_most=ROWS_A_SEAL)
    begun = time.perf_counter()
    report = verify()
    ours = time.perf_counter() - begun
    assert report.ok, report
    begun = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(hash) FROM access_auditentry")
    floor = time.perf_counter() - begun
    return result(
        name="verify the log", ours_s=ours, other="counting its rows", other_s=floor, n=n
    ) | {"seals": report.seals}


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
