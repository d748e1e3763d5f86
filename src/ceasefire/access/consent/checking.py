"""Whether a person lets one agency tell another something, asked at each request."""

from django.db import connection

from ceasefire.access import identity
from ceasefire.access.audit import key_of
from ceasefire.access.consent import scopes
from ceasefire.access.partitions import Room

# Whoever works there hears what crosses to law enforcement from the door that carries it.
CLOSED = (Room.INVESTIGATIVE, Room.ACCOUNT)


def allows(person, scope: str, *, discloser: int, recipient: int) -> bool:
    """Whether a consent stands now for the discloser to tell the recipient this of the person.

    person: the record, or its key ("outreach.client:12"). discloser, recipient: numbers of
    agencies; only people of these two are answered, anybody else hears no.
    Raises UnknownScope for what nobody has declared.
    """
    known = scopes.named(scope)
    actor = identity.current()
    if actor.agency_id not in (discloser, recipient) or actor.home_room in CLOSED:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.consented(%s, %s, %s, %s)",
            [key_of(person), known.code, discloser, recipient],
        )
        return cursor.fetchone()[0]
