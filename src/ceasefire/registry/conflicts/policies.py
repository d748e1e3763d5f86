"""Who reads conflicts: the city's police, for a stated purpose; a group in one, as any group."""

from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    Dispute,
    GroupParty,
    Side,
)
from ceasefire.registry.groups.narrowing import WhilePolicyStands
from ceasefire.registry.narrowing import SeenWith
from ceasefire.registry.people.policies import ALWAYS, ANALYSTS, POLICE, REVIEW

MADE = ("made_by", "made_at")
declare(
    Conflict,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=REVIEW - POLICE, by=OwnAgency(), change=ANALYSTS,
        also=ALWAYS, fixed=("agency",), stamped=MADE, stays=True,
    ),
)  # fmt: skip
WITH_CONFLICT = (WithPurpose(), SeenWith("conflict", "registry.conflict"))
declare(
    Side,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS, also=WITH_CONFLICT,
        fixed=("conflict", "place"), stays=True,
    ),
)  # fmt: skip
for model in (ConflictShooting, ConflictEvent):
    declare(
        model,
        Policy(
            Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS, also=WITH_CONFLICT,
            fixed=("conflict",), stamped=MADE,
        ),
    )  # fmt: skip
declare(
    GroupParty,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS,
        also=(WithPurpose(), WhilePolicyStands(), SeenWith("group", "registry.group")),
        fixed=("side", "group", "source"), stamped=MADE,
    ),
)  # fmt: skip
# Whoever hears of a dispute writes it down; who supervises looks at it.
REVIEWED = ("outcome", "review_words", "conflict", "reviewed_by", "reviewed_at")
declare(
    Dispute,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=REVIEW - POLICE, by=OwnAgency(), change=POLICE,
        also=ALWAYS,
        fixed=tuple(one.name for one in Dispute._meta.concrete_fields if one.name not in REVIEWED),
        stamped=("author", "made_at"), stays=True,
    ),
)  # fmt: skip

for model in (Side, ConflictShooting, ConflictEvent):
    hangs(model, "conflict", Falls.WITH)
for link in ("group", "source", "side"):
    hangs(GroupParty, link, Falls.WITH)
hangs(ConflictShooting, "by_side", Falls.LOOSE)
hangs(ConflictEvent, "side", Falls.LOOSE)
hangs(Dispute, "conflict", Falls.WITH)
