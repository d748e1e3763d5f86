"""Who reads sessions: the city's police, for a stated purpose. Neighbours and partners read what
the review exchanges; outreach, nothing: what it knows never enters here either."""

from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
    Walked,
)
from ceasefire.problem_analysis.sessions.narrowing import AuditWhilePolicyStands, BlindToOthers
from ceasefire.registry.affiliations.narrowing import WORKERS
from ceasefire.registry.groups.narrowing import WhilePolicyStands
from ceasefire.registry.narrowing import SeenWith
from ceasefire.registry.people.policies import ANALYSTS, POLICE

SESSION, LISTED = "problem_analysis.session", "problem_analysis.listed"
WITH_SESSION = (WithPurpose(), SeenWith("session", SESSION))
WITH_LISTED = (WithPurpose(), SeenWith("listed", LISTED))
MADE = ("made_by", "made_at")
# What a session is moves on; of everything else in it nothing is ever written over.
MOVES = ("state", "closing_words", "minutes", "opened_at", "closed_at", "closed_by")


def _every(model, but=()) -> tuple[str, ...]:
    return tuple(one.name for one in model._meta.concrete_fields if one.name not in but)


def _policy(model, *, change, also, stamped, moves=(), **more) -> None:
    declare(
        model,
        Policy(
            Room.INVESTIGATIVE, full=POLICE, change=change, also=also,
            fixed=_every(model, but=moves), stamped=stamped, stays=True, **more,
        ),
    )  # fmt: skip


_policy(
    Session, change=WORKERS, also=(WithPurpose(), AuditWhilePolicyStands()), stamped=MADE,
    moves=MOVES,
)  # fmt: skip
_policy(Attendee, change=WORKERS, also=WITH_SESSION, stamped=MADE)
_policy(
    Guest, change=WORKERS, also=WITH_SESSION, stamped=("attested_by", "attested_at"),
    named={"name": POLICE},
)  # fmt: skip
_policy(Listed, change=WORKERS, also=WITH_SESSION, stamped=())
_policy(
    Code, change=POLICE, also=(*WITH_LISTED, BlindToOthers()), stamped=("coder", "coded_at")
)  # fmt: skip
_policy(Contest, change=POLICE, also=WITH_LISTED, stamped=("contested_by", "contested_at"))
_policy(Settlement, change=POLICE, also=WITH_LISTED, stamped=("settled_by", "settled_at"))
_policy(
    Walked, change=ANALYSTS, stamped=MADE,
    also=(*WITH_SESSION, WhilePolicyStands(), SeenWith("group", "registry.group")),
)  # fmt: skip

for model in (Attendee, Guest, Listed, Walked):
    hangs(model, "session", Falls.WITH)
for model in (Code, Contest, Settlement):
    hangs(model, "listed", Falls.WITH)
hangs(Walked, "group", Falls.WITH)
hangs(Code, "source", Falls.LOOSE)
