"""The roles that a membership can give, each with the sentence that tells a newcomer what it is."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room


class Role(TextChoices):
    DIRECTOR = "director", _("Programme director")
    LIAISON = "liaison", _("Ceasefire liaison")
    ANALYST = "analyst", _("Crime analyst")
    CAPTAIN = "captain", _("Police captain")
    OFFICER = "officer", _("Officer or detective")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    PROBATION = "probation", _("Probation or parole officer")
    OVP_COORDINATOR = "ovp_coordinator", _("Office of Violence Prevention coordinator")
    OVP_ANALYST = "ovp_analyst", _("Office of Violence Prevention analyst")
    OUTREACH = "outreach", _("Outreach worker")
    CASE_MANAGER = "case_manager", _("Intensive case manager")
    VICTIM_SERVICES = "hospital", _("Hospital or victim services worker")
    COMMUNITY_VOICE = "community_voice", _("Community voice")
    RESEARCHER = "researcher", _("Researcher")
    AUDITOR = "auditor", _("Auditor")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    ADMINISTRATOR = "administrator", _("System administrator")

    @property
    def sentence(self) -> str:
        return SENTENCES[self]

    @property
    def room(self) -> Room:
        """The room where most of this role's work is."""
        return WORKS_IN.get(self, Room.AGGREGATE)


class Standing(NamedTuple):
    """A role at a kind of agency: a captain of the city's police is not a neighbour's captain."""

    role: Role
    agency_kind: str

    def __str__(self):
        return f"{self.role.value}@{self.agency_kind}"


SENTENCES = {
    Role.DIRECTOR: _(
        "Leads the programme; sees what law enforcement has released, never its register."
    ),
    Role.LIAISON: _(
        "Sits in the shooting review for the programme, and carries out only what is released."
    ),
    Role.ANALYST: _(
        "Loads the city's files, keeps the register right and prepares the weekly packet."
    ),
    Role.CAPTAIN: _("Chairs the weekly shooting review and reads the register and the packet."),
    Role.OFFICER: _("Takes part in the shooting review and reads the register and the packet."),
    Role.PROSECUTOR: _("Takes part in the shooting review and reads its packet."),
    Role.PROBATION: _("Takes part in the shooting review and reads its packet."),
    Role.OVP_COORDINATOR: _("Sees the items that name the Office of Violence Prevention as owner."),
    Role.OVP_ANALYST: _("Sees numbers only, never a person or a shooting."),
    Role.OUTREACH: _("Works with people on the street for one organisation; sees that work alone."),
    Role.CASE_MANAGER: _(
        "Stands by a few people for months, for one organisation; sees their files alone."
    ),
    Role.VICTIM_SERVICES: _("Cares for people who were hurt, for one hospital or programme."),
    Role.COMMUNITY_VOICE: _("Speaks at call-ins; sees the events that they take part in."),
    Role.RESEARCHER: _("Studies extracts from which nobody can be known."),
    Role.AUDITOR: _("Looks at who did what, and whether the rules were kept."),
    Role.PRIVACY_OFFICER: _(
        "Looks at what the people of one agency looked at; sees that part of the log alone."
    ),
    Role.ADMINISTRATOR: _("Keeps accounts and the machine; sees no content of any room."),
}

# The kinds of agency, in the order of the access matrix.
AGENCY_KINDS = (
    *("police", "neighbour_police", "federal", "prosecutor", "probation", "ceasefire", "ovp"),
    *("community", "hospital", "oversight", "vendor"),
)
_LAW_ENFORCEMENT = ("police", "neighbour_police", "federal")
# The kinds of agency at which each role exists; a membership elsewhere is refused.
HELD_AT = {
    Role.DIRECTOR: ("ceasefire",),
    Role.LIAISON: ("ceasefire",),
    Role.ANALYST: ("police", "neighbour_police"),
    Role.CAPTAIN: _LAW_ENFORCEMENT,
    Role.OFFICER: _LAW_ENFORCEMENT,
    Role.PROSECUTOR: ("prosecutor",),
    Role.PROBATION: ("probation",),
    Role.OVP_COORDINATOR: ("ovp",),
    Role.OVP_ANALYST: ("ovp",),
    Role.OUTREACH: ("community",),
    Role.CASE_MANAGER: ("community", "ovp"),
    Role.VICTIM_SERVICES: ("hospital", "community"),
    Role.COMMUNITY_VOICE: ("community", "ceasefire"),
    Role.RESEARCHER: ("oversight", "ovp"),
    Role.AUDITOR: ("oversight",),
    Role.PRIVACY_OFFICER: AGENCY_KINDS,
    Role.ADMINISTRATOR: ("vendor", "ceasefire"),
}
STANDINGS = tuple(Standing(role, kind) for role, kinds in HELD_AT.items() for kind in kinds)

WORKS_IN = {
    **dict.fromkeys(
        (Role.ANALYST, Role.CAPTAIN, Role.OFFICER, Role.PROSECUTOR, Role.PROBATION),
        Room.INVESTIGATIVE,
    ),
    **dict.fromkeys(
        (Role.DIRECTOR, Role.LIAISON, Role.OVP_COORDINATOR, Role.COMMUNITY_VOICE), Room.SHARED
    ),
    **dict.fromkeys((Role.OUTREACH, Role.CASE_MANAGER, Role.VICTIM_SERVICES), Room.SERVICES),
    Role.ADMINISTRATOR: Room.ACCOUNT,
}


def standings(*roles: Role, at: str | None = None) -> frozenset[Standing]:
    """Every standing of these roles, or only those at one kind of agency."""
    return frozenset(s for s in STANDINGS if s.role in roles and at in (None, s.agency_kind))
