"""The roles a membership can give, each with the sentence that tells a newcomer what it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    DIRECTOR = "director", _("Programme director")
    ANALYST = "analyst", _("Crime analyst")
    CAPTAIN = "captain", _("Police captain")
    OFFICER = "officer", _("Officer or detective")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    PROBATION = "probation", _("Probation or parole officer")
    OUTREACH = "outreach", _("Outreach worker")
    OVP_ANALYST = "ovp_analyst", _("Office of Violence Prevention analyst")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


SENTENCES = {
    Role.DIRECTOR: _(
        "Leads the programme; sees what law enforcement has released, never its register."
    ),
    Role.ANALYST: _(
        "Loads the city's files, keeps the register right and prepares the weekly packet."
    ),
    Role.CAPTAIN: _("Chairs the weekly shooting review and reads the register and the packet."),
    Role.OFFICER: _("Takes part in the shooting review and reads the register and the packet."),
    Role.PROSECUTOR: _("Takes part in the shooting review and reads its packet."),
    Role.PROBATION: _("Takes part in the shooting review and reads its packet."),
    Role.OUTREACH: _("Works with people on the street for one organisation; sees that work alone."),
    Role.OVP_ANALYST: _("Sees numbers only, never a person or a shooting."),
    Role.AUDITOR: _("Looks at who did what, and whether the rules were kept."),
    Role.ADMINISTRATOR: _("Keeps accounts and the machine; sees no content of any room."),
}
