"""Who reads and who changes agencies, memberships, record keys and exports."""

from ceasefire.access.models import Agency, Export, Membership, RecordKey
from ceasefire.access.narrowing import InRoom, OwnAgency
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
        open=True,
    ),
)
# A record's key opens nothing without the room's own, which is in no database.
declare(
    RecordKey,
    Policy(
        Room.AGGREGATE,
        limited=frozenset(STANDINGS),
        by=InRoom(),
        change=frozenset(STANDINGS),
    ),
)
AUDITORS = standings(Role.AUDITOR)
declare(
    Export,
    Policy(
        Room.AGGREGATE,
        full=AUDITORS,
        limited=frozenset(STANDINGS) - AUDITORS,
        by=OwnAgency(),
        change=frozenset(STANDINGS) - AUDITORS,
        # What was asked for, and so approved, stays as it was asked for.
        fixed=(
            *("id", "identifier", "maker", "made_by", "agency", "table", "room", "selection"),
            *("columns", "form", "purpose", "with_names", "wants_approval", "made_at"),
            *("expires_at", "expiry_noted_at"),
        ),
    ),
)
declare(
    Membership,
    Policy(Room.ACCOUNT, full=frozenset(STANDINGS), change=ADMINISTRATORS),
)
