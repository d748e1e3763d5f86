"""A consent belongs to the organisation that would do the telling; nobody else reads it."""

from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.access.roles import Role, standings

KEEPERS = standings(Role.OUTREACH, Role.CASE_MANAGER, Role.VICTIM_SERVICES)
# Taking back is open to the last day of an agreement that closes.
# A consent is never written anew: only that it was taken back.
TAKEN_BACK = ("revoked_at", "revoked_by", "revoked_how")
AS_GIVEN = tuple(one.name for one in Consent._meta.concrete_fields if one.name not in TAKEN_BACK)

declare(
    Consent,
    Policy(
        Room.SERVICES, limited=KEEPERS, by=OwnAgency("discloser"), change=KEEPERS, fixed=AS_GIVEN,
        stamped=("recorded_by", "recorded_at"), while_closing=True, stays=True,
    ),
)  # fmt: skip
declare(
    ConsentNotice,
    Policy(
        Room.SERVICES, limited=KEEPERS, by=OwnAgency(), change=KEEPERS,
        fixed=("consent", "agency"), stamped=("made_at",),
        while_closing=True, stays=True,
    ),
)  # fmt: skip
# What was said goes with the file that it is about, and what was told of it with what was said.
hangs(Consent, "person_key", Falls.WITH)
hangs(ConsentNotice, "consent", Falls.WITH)
