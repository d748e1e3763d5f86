"""Reads of what was stated, for auditors."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class Stated:
    """One purpose: whose (user_id; 0 is the operator), in which room, for what, how long."""

    user_id: int
    room: str
    key: str
    words: str
    stated: datetime
    over: datetime


def purposes_stated(at_most: int) -> list[Stated]:
    """What people said they looked for, the newest first; nothing for anybody but an auditor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.purposes_stated(%s::int)", [at_most])
        return [Stated(*row) for row in cursor]
