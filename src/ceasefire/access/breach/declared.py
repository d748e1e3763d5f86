"""Who keeps the record of a breach: auditors; a privacy officer reads that of the own agency."""

from ceasefire.access.breach.models import Breach, BreachRule, BreachStep
from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings

AUDITOR, PRIVACY = standings(Role.AUDITOR), standings(Role.PRIVACY_OFFICER)
declare(BreachRule, Policy(Room.AGGREGATE, full=AUDITOR | PRIVACY, change=AUDITOR))
declare(
    Breach,
    Policy(
        Room.AGGREGATE, full=AUDITOR, limited=PRIVACY, by=OwnAgency(), change=AUDITOR,
        fixed=(
            *("id", "account", "agency", "since", "found_on", "found_by", "reported_on"),
            *("suspicion", "opened_by", "opened_at"),
        ),
    ),
)  # fmt: skip
declare(BreachStep, Policy(Room.AGGREGATE, full=AUDITOR | PRIVACY, change=AUDITOR))
