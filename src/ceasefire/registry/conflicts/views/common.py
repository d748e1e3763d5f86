"""The gates of the pages about conflicts, which are there whether groups are on or off."""

from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role


def _gate(full, methods):
    return gate(Room.INVESTIGATIVE, full=full, at=CITY_POLICE, methods=methods, purpose=True)


def readers(*methods: str):
    return _gate(REGISTER_READERS, methods)


def analysts(*methods: str):
    return _gate({Role.ANALYST}, methods)


def supervisors(*methods: str):
    return _gate({Role.CAPTAIN}, methods)
