"""Named locks held by a database session: they end with the process that took them."""

import contextlib
from collections.abc import Iterator

from django.db import connection


def held(name: str) -> bool:
    """Whether somebody holds the named lock at this moment; takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND (classid::bigint << 32 | objid::bigint) = hashtextextended(%s, 0))
            """,
            [name],
        )
        return cursor.fetchone()[0]


class Busy(Exception):
    """Somebody else holds the lock at this moment."""


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Hold a named lock, or raise Busy at once. A killed process holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            raise Busy(name)
    try:
        yield
    finally:
        if connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
