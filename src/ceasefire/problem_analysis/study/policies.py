"""Who reads studies: the city's police, and the public edition everybody with an account."""

from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings
from ceasefire.problem_analysis.study.models import (
    Edition,
    Finding,
    PublicEdition,
    Reference,
    Study,
)
from ceasefire.registry.people.policies import POLICE

AUTHORS = standings(Role.ANALYST, Role.CAPTAIN, at="police")
MADE = ("made_by", "made_at")
MOVES = ("state", "frozen_at", "frozen_by")


def _every(model, but=()) -> tuple[str, ...]:
    return tuple(one.name for one in model._meta.concrete_fields if one.name not in but)


declare(Study, Policy(Room.INVESTIGATIVE, full=POLICE, change=AUTHORS, fixed=MADE))
declare(
    Edition,
    Policy(Room.INVESTIGATIVE, full=POLICE, change=AUTHORS, fixed=_every(Edition, but=MOVES)),
)
declare(
    Finding,
    Policy(Room.INVESTIGATIVE, full=POLICE, change=AUTHORS, fixed=("study", *MADE), stays=True),
)
declare(
    Reference,
    Policy(Room.INVESTIGATIVE, full=POLICE, change=AUTHORS, fixed=_every(Reference), stays=True),
)
declare(
    PublicEdition,
    Policy(
        Room.AGGREGATE, full=frozenset(STANDINGS), change=AUTHORS,
        fixed=_every(PublicEdition), stays=True,
    ),
)  # fmt: skip
