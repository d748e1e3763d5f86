"""Writing rows of the audit log."""

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError, connection, models
from psycopg.types.json import Jsonb

from ceasefire.access import purposes
from ceasefire.access.audit import verbs
from ceasefire.access.budgets.refusals import over_budget

COLUMNS = 10


class NotRecorded(Exception):
    """A row could not be written, so whatever it speaks of must not be shown or done."""


@dataclass
class Page:
    """The page being answered: its route, and whether it has written a row of its own."""

    route: str
    recorded: bool = False


_page: ContextVar[Page | None] = ContextVar("page", default=None)


@contextlib.contextmanager
def answering(route: str) -> Iterator[Page]:
    """Rows written inside name this route."""
    token = _page.set(page := Page(route))
    try:
        yield page
    finally:
        _page.reset(token)


@contextlib.contextmanager
def writing() -> Iterator[str]:
    """Around a function of the database that writes the row itself: the route that it names."""
    page = _page.get()
    with _or_not_recorded():
        yield page.route if page else ""
    if page:
        page.recorded = True


def key_of(thing: models.Model | str) -> str:
    """How the log names a thing: 'registry.person:12'. A string is taken as it is."""
    return thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}"


def record(
    verb: str,
    obj: models.Model | str | None = None,
    *,
    subjects: Iterable[models.Model | str] = (),
    fields: Iterable[str] = (),
    purpose: str = "",
    result: str = "shown",
    terms: bytes | None = None,
    detail: dict | None = None,
) -> int:
    """Write one row in the transaction at hand and return its number.

    verb: a registered one. obj: what it was done to, subjects: the persons that were shown (models,
    or keys as `key_of` gives them). purpose: left out, the one stated. result: shown, denied,
    failed or done. terms: search terms as ciphertext. detail: a few facts, never a name. Who did it
    is known to the database alone.

    Raises UnknownVerb for a verb that nobody registered, NotRecorded where the row is not written,
    OverBudget where it would show more persons than the reader's budget allows.
    """
    row = _row(verb, obj, subjects, fields, purpose, result, terms, detail)
    with _or_not_recorded(), connection.cursor() as cursor:
        number = _write(cursor, row)
    if page := _page.get():
        page.recorded = True
    return number


def record_apart(verb: str, obj: models.Model | str | None = None, **words) -> int:
    """Write one row in a transaction of its own, which stays whatever becomes of the one at hand.

    For denials and errors; takes what `record` takes, and comes back when the row is on disk.
    """
    row = _row(verb, obj, **({"result": "denied"} | words))
    with apart() as cursor:
        return _write(cursor, row)


@contextlib.contextmanager
def apart() -> Iterator:
    """A cursor in a transaction of its own, as the same person; on disk at the end.

    Never for what shows persons: their reader's readings are counted one after another, and this
    transaction would wait for the one at hand.
    """
    with _or_not_recorded(), _second_connection() as second, second.cursor() as cursor:
        second.set_autocommit(False)
        yield cursor
        second.commit()


def _row(verb, obj, subjects=(), fields=(), purpose="", result="shown", terms=None, detail=None):
    verbs.sentence(verb)
    kind, _colon, number = key_of(obj or "").partition(":")
    purpose = purpose or str(purposes.current() or "")
    shown = [key_of(subject) for subject in subjects]
    route = page.route if (page := _page.get()) else ""
    return [
        *(verb, kind, number, shown, list(fields), purpose, route, result, terms),
        Jsonb(detail or {}),
    ]


def _write(cursor, row: list) -> int:
    cursor.execute(f"SELECT wall.audit({', '.join(['%s'] * COLUMNS)})", row)
    return cursor.fetchone()[0]


@contextlib.contextmanager
def _second_connection() -> Iterator:
    second = connection.copy()
    try:
        yield second
    finally:
        second.close()


@contextlib.contextmanager
def _or_not_recorded() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if over := over_budget(error):
            raise over from error
        raise NotRecorded("The audit log did not take a row.") from error
