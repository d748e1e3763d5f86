"""What the pages about people share: their gates, and a person whom the reader may open."""

from django.http import Http404

from ceasefire.access import interests
from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.people import selectors
from ceasefire.registry.people.selectors import Known


def readers(*methods: str):
    return gate(
        Room.INVESTIGATIVE, full=REGISTER_READERS, at=CITY_POLICE, methods=methods, purpose=True
    )


def analysts(*methods: str):
    return gate(
        Room.INVESTIGATIVE, full={Role.ANALYST}, at=CITY_POLICE, methods=methods, purpose=True
    )


def known_or_404(pk: int) -> Known:
    """A person with names, unless the reader may not look them up; that answers as if absent."""
    person = selectors.person_standing(pk)
    if person is None:
        raise Http404
    known = selectors.known(person)
    if not known.records or not may_open(known):
        raise Http404
    return known


def may_open(known: Known) -> bool:
    address = next((value.said for value in known.values("address")), "")
    return interests.may_open(known.person, names=known.every_name(), address=address)
