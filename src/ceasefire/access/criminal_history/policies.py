"""Keepers of accounts record certificates; a person reads their own."""

from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.narrowing import OwnAccount
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings

KEEPERS = standings(Role.ADMINISTRATOR) | standings(Role.DIRECTOR)
READERS = KEEPERS | standings(Role.AUDITOR)

declare(
    HistoryCertificate,
    Policy(
        Room.AGGREGATE,
        full=READERS,
        limited=frozenset(STANDINGS) - READERS,
        by=OwnAccount("account"),
        change=KEEPERS,
        fixed=tuple(
            one.name for one in HistoryCertificate._meta.concrete_fields if one.name != "ended_at"
        ),
        stamped=("recorded_by", "recorded_at"),
        stays=True,
    ),
)
