"""Who reads people: the city's police, for a stated purpose; a partner, what that partner wrote.

Full records stay with their owner: what police know of somebody, another agency asks them for.
"""

from django.utils.translation import gettext_lazy as _

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW, REGISTER_READERS
from ceasefire.access.interests import NotOwnInterest
from ceasefire.access.narrowing import NotHidden, OwnAgency, TheseFields
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.access.roles import Role, standings
from ceasefire.registry.people.models import (
    IDENTIFYING,
    BallisticLead,
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    SupervisionTerm,
)

ANALYSTS = standings(Role.ANALYST, at="police")
POLICE = standings(*REGISTER_READERS, at="police")
REVIEW = standings(*LAW_ENFORCEMENT_REVIEW)
PARTNERS = REVIEW - POLICE
COUNTY = standings(Role.PROBATION)
PERSON = "registry.person"

ALWAYS = (NotHidden(), WithPurpose())
# Whose word it is, and until when it is shown undecided: the database alone says that.
WRITTEN = ("agency", "content_key", "contested_until")
OF_A_PERSON = (*ALWAYS, NotOwnInterest(PERSON, of="person"))


def _facts(*, full=POLICE, **more) -> Policy:
    """What agencies said of somebody: all of it to `full`, to their partners what is their own."""
    return Policy(
        Room.INVESTIGATIVE, full=full, limited=REVIEW - full, by=OwnAgency(), change=ANALYSTS,
        also=OF_A_PERSON, **more,
    )  # fmt: skip


declare(
    Person,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS, also=(*ALWAYS, NotOwnInterest(PERSON)),
        fixed=("agency", "entered_by"), stamped=("entered_at",),
    ),
)  # fmt: skip
declare(
    PersonRecord,
    _facts(
        named=dict.fromkeys(IDENTIFYING, REVIEW), whose="person", compared=ANALYSTS,
        fixed=(*IDENTIFYING, *WRITTEN),
    ),
)  # fmt: skip
for model in (Involvement, Contact):
    declare(model, _facts(fixed=WRITTEN))
# Conditions, sanctions and treatment are the county's alone, and stand in no table of this one.
declare(
    SupervisionTerm,
    Policy(
        Room.INVESTIGATIVE, full=COUNTY, limited=POLICE,
        by=TheseFields(_("Of supervision: who supervises, from when and until when.")),
        change=ANALYSTS, also=OF_A_PERSON, fixed=WRITTEN,
    ),
)  # fmt: skip
HISTORY = ("cause", "charge", "disposition")
declare(
    CourtDisposition,
    _facts(
        full=POLICE | COUNTY, named=dict.fromkeys(HISTORY, POLICE | COUNTY), whose="person",
        fixed=(*WRITTEN, *HISTORY),
    ),
)  # fmt: skip
# It names two shootings and nobody.
declare(BallisticLead, Policy(Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS))

for model in (PersonRecord, Involvement, Contact, SupervisionTerm, CourtDisposition):
    hangs(model, "person", Falls.WITH)
for model in (Involvement, Contact, SupervisionTerm, CourtDisposition):
    hangs(model, "record", Falls.WITH)
hangs(Person, "merged_into", Falls.LOOSE)
