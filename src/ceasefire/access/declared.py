"""Who reads and who changes agencies, agreements, memberships, record keys and exports."""

from ceasefire.access.in_room import InRoom
from ceasefire.access.models import Agency, Agreement, Audience, Export, Membership, RecordKey
from ceasefire.access.narrowing import OwnAgency
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
        # Another kind would be other roles, and other duties.
        fixed=("kind",),
        open=True,
    ),
)
# Numbers of agencies and accounts, and no content; what is made out to them has its own policy.
declare(
    Audience,
    Policy(
        Room.AGGREGATE,
        limited=frozenset(STANDINGS),
        by=InRoom(),
        change=frozenset(STANDINGS),
        fixed=("room", "agencies", "people"),
        stays=True,
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
        stamped=("made_at",),
        while_closing=True,
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
            *("id", "identifier", "made_by", "agency", "table", "room", "selection"),
            *("columns", "form", "purpose", "with_names", "wants_approval"),
            *("expires_at", "expiry_noted_at"),
        ),
        stamped=("maker", "made_at"),
        while_closing=True,
    ),
)
# Access is given by administrators and by the programme's director, each certifying the other's.
KEEPERS = ADMINISTRATORS | standings(Role.DIRECTOR)
ACCOUNTS = {
    "full": KEEPERS | AUDITORS,
    "limited": frozenset(STANDINGS) - KEEPERS - AUDITORS,
    "by": OwnAgency(),
    "change": KEEPERS,
}
declare(
    Agreement,
    Policy(Room.AGGREGATE, **ACCOUNTS, stamped=("recorded_at",)),
)
declare(Membership, Policy(Room.ACCOUNT, **ACCOUNTS))
