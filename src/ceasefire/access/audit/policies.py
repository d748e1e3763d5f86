"""Who keeps the review of the log."""

from ceasefire.access.audit.models import AuditReview
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings

AUDITOR = standings(Role.AUDITOR)
declare(AuditReview, Policy(Room.AGGREGATE, full=AUDITOR, change=AUDITOR, stays=True))
