"""The record classes, and how long the product keeps each unless the city has published a rule.

Months, not days, because the law counts so. `least` and `most` are counted from the newest
qualifying fact (`Kept.basis_on`).
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# 28 CFR 23.20(h): intelligence is validated or purged within five years.
INTELLIGENCE_MONTHS = 60


class RecordClass(TextChoices):
    INTELLIGENCE = "intelligence", _("Suspects, intelligence")
    AFFILIATION = "affiliation", _("Affiliation of an adult")
    AFFILIATION_JUVENILE = "affiliation_juvenile", _("Affiliation of a juvenile")
    SOURCE_IDENTITY = "source_identity", _("Identity of a source")
    CRIMINAL_HISTORY = "criminal_history", _("Criminal history")
    INCIDENT = "incident", _("People in an incident")
    SUPERVISION = "supervision", _("Supervision")
    RELEASE = "release", _("Release, action item")
    NOTIFICATION = "notification", _("Custom notification")
    OUTREACH = "outreach", _("Outreach notes")
    CASE_FILE = "case_file", _("Case plan, needs")
    CLINICAL = "clinical", _("Clinical, victim services")
    CONSENT = "consent", _("Consents and disclosures")


# Shared outside law enforcement it is never; longer than five years it is never either.
INTELLIGENCE = frozenset(
    {
        RecordClass.INTELLIGENCE,
        RecordClass.AFFILIATION,
        RecordClass.AFFILIATION_JUVENILE,
        RecordClass.SOURCE_IDENTITY,
    }
)


class Bounds(NamedTuple):
    """At least and at most so many months after the newest qualifying fact."""

    least: int
    most: int
    source: str


_CITY = "judgement of this product; confirm against the city's records retention schedule"
_AWARDS = "three years after a federal award's last report (2 CFR 200.334); longest: judgement"
DEFAULTS = {
    RecordClass.INTELLIGENCE: Bounds(0, 60, "28 CFR 23.20(h); OAR 137-090-0160"),
    RecordClass.AFFILIATION: Bounds(0, 24, "judgement; an older schedule of Portland had 48"),
    RecordClass.AFFILIATION_JUVENILE: Bounds(0, 12, "judgement: half of an adult's"),
    RecordClass.SOURCE_IDENTITY: Bounds(0, 60, "28 CFR 23.20(h); better not stored at all"),
    RecordClass.CRIMINAL_HISTORY: Bounds(0, 12, "judgement: the owner's system keeps it, not ours"),
    RecordClass.INCIDENT: Bounds(36, 240, _CITY),
    RecordClass.SUPERVISION: Bounds(12, 60, _CITY),
    RecordClass.RELEASE: Bounds(12, 60, _CITY),
    RecordClass.NOTIFICATION: Bounds(12, 60, _CITY),
    RecordClass.OUTREACH: Bounds(12, 36, _AWARDS),
    RecordClass.CASE_FILE: Bounds(36, 84, _AWARDS),
    RecordClass.CLINICAL: Bounds(72, 120, "judgement; the state's rule for health records decides"),
    RecordClass.CONSENT: Bounds(36, 84, "judgement: as long as the file that it is about"),
}


@dataclass(frozen=True)
class RuleInForce:
    """The rule of one class on one day. words: how a certificate names it."""

    record_class: RecordClass
    least: int
    most: int
    source: str
    effective_from: date | None = None

    @property
    def words(self) -> str:
        return f"city:{self.effective_from}" if self.effective_from else "default"


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month; as PostgreSQL counts."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - date.resolution).day))
