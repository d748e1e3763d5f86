"""Whether a certificate for criminal-history data stands."""

from django.db import connection


def is_certified() -> bool:
    """Whether the person at work may be shown criminal-history data today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.history_certified()")
        return cursor.fetchone()[0]
