"""The classes of the access matrix in words that somebody outside understands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.access.describing import DataClass

CLASSES: dict[str, Promise] = {
    DataClass.INCIDENT_FACTS: _("Facts of shootings"),
    DataClass.INTELLIGENCE: _("What law enforcement noted about suspicion"),
    DataClass.SOURCE_IDENTITY: _("Who gave information"),
    DataClass.CRIMINAL_HISTORY: _("Criminal history"),
    DataClass.AFFILIATION: _("Ties to groups"),
    DataClass.SUPERVISION: _("Probation or parole"),
    DataClass.RELEASE: _("What law enforcement released to the programme"),
    DataClass.NOTIFICATION: _("Notifications delivered in person"),
    DataClass.OUTREACH_NOTES: _("Notes of outreach workers"),
    DataClass.CASE_PLAN: _("Plans and needs in case management"),
    DataClass.CLINICAL: _("Health and victim services"),
    DataClass.PERFORMANCE: _("Figures of the programme"),
    DataClass.AUDIT_LOG: _("Records of who looked at what"),
    DataClass.ACCOUNTS: _("Accounts of people who work here"),
    DataClass.PUBLISHED: _("What is published already"),
    DataClass.SETTINGS: _("Settings of the city"),
    DataClass.MACHINERY: _("The software's own records"),
}


def class_words(name: str) -> Promise | str:
    """A class in words; a kind of record that the inventory does not know is shown as it is."""
    return CLASSES.get(name, name)
