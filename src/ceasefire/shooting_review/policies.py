"""Who reads what the weekly shooting review keeps."""

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings
from ceasefire.shooting_review.models import FittedBands

declare(
    FittedBands,
    Policy(
        Room.INVESTIGATIVE,
        full=standings(*LAW_ENFORCEMENT_REVIEW),
        change=standings(Role.ANALYST, at="police"),
    ),
)
