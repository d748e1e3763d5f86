"""Who reads groups: the city's police, for a stated purpose, while the city's policy stands."""

from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.access.roles import STANDINGS, Role, standings
from ceasefire.registry.groups.models import Group, GroupPolicy, GroupStatement
from ceasefire.registry.groups.narrowing import WhilePolicyStands
from ceasefire.registry.people.policies import ALWAYS, ANALYSTS, POLICE, REVIEW

ADMINISTRATORS = standings(Role.ADMINISTRATOR)
# What was published is public; who keeps the settings records it, and reads no group.
declare(
    GroupPolicy,
    Policy(
        Room.AGGREGATE, full=frozenset(STANDINGS), change=ADMINISTRATORS,
        fixed=(
            "document", "published_at", "published_on", "approved_by", "effective_from",
        ),
        stamped=("recorded_by", "recorded_at"), stays=True,
    ),
)  # fmt: skip

GROUPS = {
    "full": POLICE, "limited": REVIEW - POLICE, "by": OwnAgency(), "change": ANALYSTS,
    "also": (*ALWAYS, WhilePolicyStands()), "stamped": ("made_by", "made_at"), "stays": True,
}  # fmt: skip
declare(Group, Policy(Room.INVESTIGATIVE, fixed=("agency",), **GROUPS))
WITHDRAWN = ("withdrawn_at", "withdrawn_because")
declare(
    GroupStatement,
    Policy(
        Room.INVESTIGATIVE,
        fixed=tuple(
            one.name for one in GroupStatement._meta.concrete_fields if one.name not in WITHDRAWN
        ),
        **GROUPS,
    ),
)
for link in ("group", "other", "source"):
    hangs(GroupStatement, link, Falls.WITH)
