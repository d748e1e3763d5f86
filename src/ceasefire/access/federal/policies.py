"""Attestations are said by oneself and read by oversight; anybody may write down a request."""

from ceasefire.access.federal.models import (
    DelegatedAuthority,
    FederalAttestation,
    ImmigrationRequest,
)
from ceasefire.access.narrowing import OwnAccount
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings

DIRECTORS = standings(Role.DIRECTOR)
READERS = standings(Role.AUDITOR) | DIRECTORS
EVERYONE = frozenset(STANDINGS)

declare(
    DelegatedAuthority,
    Policy(
        Room.AGGREGATE, full=READERS, change=READERS,
        fixed=("id", "agency", "since", "source"), stamped=("marked_by",),
    ),
)  # fmt: skip
# Only a function writes it, in the name of whoever attests.
declare(FederalAttestation, Policy(Room.AGGREGATE, full=READERS))
declare(
    ImmigrationRequest,
    Policy(
        Room.AGGREGATE,
        full=READERS,
        limited=EVERYONE - READERS,
        by=OwnAccount("recorded_by"),
        change=EVERYONE,
        fixed=tuple(one.name for one in ImmigrationRequest._meta.concrete_fields),
        stamped=("recorded_by", "recorded_at"),
        while_closing=True,
        stays=True,
    ),
)
