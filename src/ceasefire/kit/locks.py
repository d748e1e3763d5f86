"""Named locks held by a database session: they end with the process that took them."""

import contextlib
from collections.abc import Iterator

from django.db import connection


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
