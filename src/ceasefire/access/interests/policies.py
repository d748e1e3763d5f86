"""A declaration is its account's own; what came near one is the reviewer's, without the name."""

from ceasefire.access.interests.models import DeclaredInterest, InterestFlag, InterestToken
from ceasefire.access.narrowing import OwnAccount
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings

EVERYONE = frozenset(STANDINGS)
REVIEWERS = standings(Role.AUDITOR)

for model, stamped in ((DeclaredInterest, ("declared_at",)), (InterestToken, ())):
    declare(
        model,
        Policy(
            Room.AGGREGATE, limited=EVERYONE, by=OwnAccount("account"), change=EVERYONE,
            fixed=tuple(one.name for one in model._meta.concrete_fields), stamped=stamped,
            while_closing=True,
        ),
    )  # fmt: skip
declare(
    InterestFlag,
    Policy(
        Room.AGGREGATE, full=REVIEWERS, change=REVIEWERS,
        fixed=("id", "account", "record", "made_at"),
    ),
)  # fmt: skip
