"""A source: one document of one agency, how far it can be trusted, and where it goes back to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Trim, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept


class Source(Kept):
    """A document by its number. Two that repeat each other have the same origin."""

    class Form(models.TextChoices):
        REPORT = "report", _("Police report")
        INTERVIEW = "interview", _("Recorded interview")
        COURT = "court", _("Court document")
        WARRANT = "warrant", _("Papers or messages obtained by a warrant")
        CUSTODY = "custody", _("Report from a jail or prison")
        SESSION = "session", _("Incident review or group audit")
        TIP = "tip", _("Tip or informant")
        ONLINE = "online", _("Social media")

    class Reliability(models.TextChoices):
        """Of who says it, as 28 CFR 23 asks."""

        RELIABLE = "reliable", _("Reliable")
        USUALLY = "usually", _("Usually reliable")
        UNRELIABLE = "unreliable", _("Unreliable")
        UNKNOWN = "unknown", _("Not known")

    class Content(models.TextChoices):
        """Of what is said."""

        CONFIRMED = "confirmed", _("Confirmed by something else")
        PROBABLE = "probable", _("Probable")
        DOUBTFUL = "doubtful", _("Doubtful")
        UNJUDGED = "unjudged", _("Cannot be judged")

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    form = models.CharField(_("what it is"), max_length=9, choices=Form.choices)
    number = models.CharField(
        _("number"), max_length=60, help_text=_("Its own number, by which it can be found again.")
    )
    on = models.DateField(_("date"))
    incident = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, null=True, related_name="+"
    )
    origin = models.UUIDField(
        default=uuid.uuid4, help_text=_("The same for all that go back to one tip or report.")
    )
    reliability = models.CharField(_("who says it is"), max_length=10, choices=Reliability.choices)
    content = models.CharField(_("what is said is"), max_length=9, choices=Content.choices)
    words = models.TextField(_("what it says"))
    lawful = models.BooleanField(_("it was obtained lawfully"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            # A document is one source, however often it is cited.
            models.UniqueConstraint(fields=["agency", "number"], name="a_document_is_one_source"),
            models.CheckConstraint(
                name="source_number_is_written_one_way",
                condition=Q(number=Upper(Trim("number"))) & ~Q(number=""),
            ),
            models.CheckConstraint(name="source_is_of_a_day", condition=Q(on__lte=F("basis_on"))),
            models.CheckConstraint(name="source_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="source_was_lawful", condition=Q(lawful=True)),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.number}"

    @property
    def page(self) -> str:
        return reverse("sources:source", args=[self.pk])
