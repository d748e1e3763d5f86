"""Who sees the budgets and the alerts, and who closes an alert."""

from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings

AUDITOR = standings(Role.AUDITOR)
# Whoever oversees the readers sets how much they read: none of them, and no administrator.
declare(ReadingBudget, Policy(Room.AGGREGATE, full=AUDITOR, change=AUDITOR, fixed=("id", "role")))
declare(
    ReadingAlert,
    Policy(
        Room.AGGREGATE,
        full=AUDITOR,
        limited=standings(Role.PRIVACY_OFFICER),
        by=OwnAgency(),
        change=AUDITOR,
        fixed=("id", "user", "agency", "span", "allowed", "at", "last_at", "times"),
    ),
)
