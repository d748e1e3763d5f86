"""Whether a record that is about to be shown is of somebody whom its reader declared."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection

from ceasefire.access import audit, identity
from ceasefire.access.interests.models import DeclaredInterest, InterestFlag, InterestToken
from ceasefire.access.interests.tokens import Hashes, hashes_of
from ceasefire.access.sealing.tokens import fold

Found, Near = InterestFlag.Found, InterestToken.Near
CLOSEST = (Found.NAME, Found.LIKE, Found.SURNAME, Found.ADDRESS)


def may_open(record, *, names: Iterable[str], address: str = "") -> bool:
    """Whether the reader may open a person's record, asked before anything of it is shown.

    record: the row, or its key ("registry.person:12"). names: every name by which the person is
    known. What comes near a declaration goes to the reviewer at once, and stays there whatever
    becomes of the page. A page answers 404 to no.
    """
    actor = identity.current()
    if actor.is_operator:
        return True
    every = [_found(hashes_of(name, address)) for name in names if fold(name)]
    found = _first(every)
    return found is None or not _met(audit.key_of(record), found)


def _met(key: str, found: Found) -> bool:
    """Put the record before the reviewer, apart from the page's own transaction; is it closed?"""
    with _apart() as cursor:
        cursor.execute("SELECT wall.interest_met(%s, %s)", [key, found])
        closed = cursor.fetchone()[0]
    audit.record_apart("interests.met", key, subjects=[key], result="denied" if closed else "shown")
    return closed


@contextlib.contextmanager
def _apart() -> Iterator:
    """A cursor of a transaction of its own, which is on disk when this ends."""
    second = connection.copy()
    try:
        second.set_autocommit(False)
        with second.cursor() as cursor:
            yield cursor
        second.commit()
    finally:
        second.close()


def _found(shown: Hashes) -> Found | None:
    """What of the reader's own declarations the name or the address meets, the closest first."""
    met = [_closest(interest, hits) for interest, hits in _hits(shown).items()]
    return _first(met)


def _first(met: list[Found | None]) -> Found | None:
    return next((one for one in CLOSEST if one in met), None)


def _hits(shown: Hashes) -> dict[DeclaredInterest, list[InterestToken]]:
    standing = InterestToken.objects.exclude(interest__in=taken_back())
    hits = defaultdict(list)
    for token in standing.filter(token__in=shown.all).select_related("interest"):
        hits[token.interest].append(token)
    return hits


def _closest(interest: DeclaredInterest, hits: list[InterestToken]) -> Found | None:
    like = {hit.word for hit in hits if hit.near != Near.ADDRESS}
    same = {hit.word for hit in hits if hit.near == Near.SAME}
    if len(like) == interest.words:
        return Found.NAME if same else Found.LIKE
    # A name's first word is a given name; every other may be a surname.
    if same - {0}:
        return Found.SURNAME
    return Found.ADDRESS if any(hit.near == Near.ADDRESS for hit in hits) else None


def taken_back() -> list[int]:
    """The reader's own declarations that no longer count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.interests_over()")
        return cursor.fetchone()[0]
