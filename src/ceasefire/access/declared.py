"""Who reads and who changes agencies and memberships: no secret, the administrator's to keep."""

from ceasefire.access.models import Agency, Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings

ADMINISTRATORS = standings(Role.ADMINISTRATOR)
# Whoever opens a feed may name an agency that is new.
declare(
    Agency,
    Policy(
        Room.AGGREGATE,
        full=frozenset(STANDINGS),
        change=ADMINISTRATORS | standings(Role.ANALYST, at="police"),
    ),
)
declare(
    Membership,
    Policy(Room.ACCOUNT, full=frozenset(STANDINGS), change=ADMINISTRATORS),
)
