"""Copies of a name that the machinery may hold: drafts, sessions, the cache, files on their way.

The queue's arguments are swept as text (`walls.swept`), and what is finished leaves the queue.
"""

import base64
import re
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import QueryDict
from procrastinate.contrib.django.models import ProcrastinateJob

from ceasefire.access import identity
from ceasefire.access.retention.reaches import sweep
from ceasefire.access.sign_in.drafts import opened
from ceasefire.access.sign_in.models import DraftKept

# Where files lie only until they have been read.
FOLDERS = ("uploads", "fetched")
FINISHED = ("succeeded", "failed", "cancelled", "aborted")


def drafts_remove(pattern: re.Pattern) -> int:
    with identity.outside_rooms():
        found = [
            draft.pk
            for draft in DraftKept.objects.select_related("user")
            if (_typed(opened(draft), pattern))
        ]
        return DraftKept.objects.filter(pk__in=found).delete()[0]


def _typed(body: str, pattern: re.Pattern) -> bool:
    return any(
        pattern.search(value) for _name, values in QueryDict(body).lists() for value in values
    )


def sessions_end(pattern: re.Pattern) -> int:
    """Whoever's session holds the name signs in again."""
    with identity.outside_rooms():
        found = [row.pk for row in Session.objects.all() if pattern.search(str(row.get_decoded()))]
        return Session.objects.filter(pk__in=found).delete()[0]


def cache_remove(pattern: re.Pattern) -> int:
    """By row: the counters of failed sign-ins in the same table stay."""
    with identity.outside_rooms(), connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM web_cache")
        found = [key for key, value in cursor.fetchall() if _cached(key, value, pattern)]
        cursor.execute("DELETE FROM web_cache WHERE cache_key = ANY (%s)", [found])
        return len(found)


def _cached(key: str, value: str, pattern: re.Pattern) -> bool:
    """A pickle keeps its texts as they are."""
    held = base64.b64decode(value).decode("utf-8", "replace")
    return bool(pattern.search(key) or pattern.search(held))


def jobs_remove(pattern: re.Pattern) -> int:
    """Whatever the queue keeps of finished work; what waits was swept as text."""
    with identity.outside_rooms():
        return ProcrastinateJob.objects.filter(status__in=FINISHED).delete()[0]


def files_remove(pattern: re.Pattern) -> int:
    paths = (path for name in FOLDERS for path in settings.HOME.folder(name).rglob("*"))
    found = [path for path in paths if path.is_file() and _written(path, pattern)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _written(path: Path, pattern: re.Pattern) -> bool:
    try:
        return bool(pattern.search(path.read_text("utf-8", "replace")))
    except FileNotFoundError:
        return False


def register() -> None:
    sweep("drafts", drafts_remove)
    sweep("sessions", sessions_end)
    sweep("cached values", cache_remove)
    sweep("finished jobs", jobs_remove)
    sweep("files on their way", files_remove)
