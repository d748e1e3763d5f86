"""Sources are intelligence: read as people are, for a stated purpose, and never written over."""

from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.registry.affiliations.narrowing import WORKERS
from ceasefire.registry.groups.narrowing import WhilePolicyStands
from ceasefire.registry.people.policies import ALWAYS, POLICE, REVIEW
from ceasefire.registry.sources.models import Source

# Where it goes back to, and how far it is trusted, may turn out otherwise.
MOVES = ("origin", "reliability", "content", "incident")
FIXED = tuple(one.name for one in Source._meta.concrete_fields if one.name not in MOVES)

declare(
    Source,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=REVIEW - POLICE, by=OwnAgency(), change=WORKERS,
        also=(*ALWAYS, WhilePolicyStands()), fixed=FIXED,
        stamped=("made_by", "made_at"), stays=True,
    ),
)  # fmt: skip
