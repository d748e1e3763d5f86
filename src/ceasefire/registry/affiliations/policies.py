"""Who reads ties: the city's police, for a stated purpose, of those that stand."""

from ceasefire.access.interests import NotOwnInterest
from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.affiliations.narrowing import WORKERS, WhenItStands
from ceasefire.registry.conflicts import policies as _sides  # noqa: F401
from ceasefire.registry.groups.narrowing import WhilePolicyStands
from ceasefire.registry.narrowing import SeenWith
from ceasefire.registry.people.policies import ALWAYS, PERSON, POLICE, REVIEW

# A merge moves the person; the rest is as it was drafted, or the database's own.
declare(
    Affiliation,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=REVIEW - POLICE, by=OwnAgency(), change=WORKERS,
        also=(
            *ALWAYS, NotOwnInterest(PERSON, of="person"), WhilePolicyStands(), WhenItStands(),
        ),
        fixed=tuple(
            one.name for one in Affiliation._meta.concrete_fields if one.name != "person"
        ),
        stamped=("drafted_by", "drafted_at"), stays=True,
    ),
)  # fmt: skip
WITH_TIE = (WithPurpose(), SeenWith("affiliation", "registry.affiliation"))
declare(
    Citation,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=WORKERS, also=WITH_TIE,
        fixed=("affiliation", "source", "criterion"), stamped=("made_by", "made_at"),
    ),
)  # fmt: skip
declare(
    TieStep,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=WORKERS, also=WITH_TIE,
        fixed=tuple(one.name for one in TieStep._meta.concrete_fields),
        stamped=("by", "at"), stays=True,
    ),
)  # fmt: skip
for link in ("person", "group", "side"):
    hangs(Affiliation, link, Falls.WITH)
for link in ("affiliation", "source"):
    hangs(Citation, link, Falls.WITH)
hangs(TieStep, "affiliation", Falls.WITH)
