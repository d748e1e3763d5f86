"""Suspected breaches, the steps that were taken, and the law's clocks as data."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager


class Duty(models.TextChoices):
    PEOPLE = "people", _("Letter to each person")
    ATTORNEY_GENERAL = "attorney_general", _("Notice to the attorney general")
    VENDOR = "vendor", _("The system operator's notice to the city")


class BreachRule(models.Model):
    """How long after its discovery a breach must be told, and from how many people on."""

    duty = models.CharField(max_length=16, choices=Duty.choices)
    days = models.PositiveSmallIntegerField()
    more_than = models.PositiveIntegerField(default=0)
    effective_from = models.DateField()
    source = models.CharField(max_length=200)

    objects = PolicyManager()

    class Meta:
        ordering = ["duty", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                name="one_breach_rule_a_day", fields=["duty", "effective_from"]
            ),
            models.CheckConstraint(name="a_breach_rule_has_its_source", condition=~Q(source="")),
        ]

    def __str__(self):
        return f"{self.get_duty_display()}, {self.effective_from}"


class Breach(models.Model):
    """An account or agency that somebody else may have used, or that misused what it saw."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    found_on = models.DateField()
    found_by = models.CharField(max_length=200)
    reported_on = models.DateField()
    suspicion = models.TextField()
    for_letters = models.TextField(blank=True, default="")
    for_letters_es = models.TextField(blank=True, default="")
    contact = models.CharField(max_length=300, blank=True, default="")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()

    objects = PolicyManager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="a_breach_ends_after_it_began", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="a_breach_is_reported_after_it_is_found",
                condition=Q(reported_on__gte=F("found_on")),
            ),
            models.CheckConstraint(
                name="a_breach_says_who_found_what",
                condition=~Q(found_by="") & ~Q(suspicion=""),
            ),
        ]

    def __str__(self):
        return f"B-{self.pk}"

    def days_since(self, today: date) -> int:
        return (today - self.found_on).days


class BreachStep(models.Model):
    """What was done about a breach, once each; the database takes no change and no removal."""

    class Kind(models.TextChoices):
        CONTAINED = "contained", _("Access ended")
        SCOPED = "scoped", _("What was seen is established")
        PEOPLE = "people", _("Every person told by letter")
        ATTORNEY_GENERAL = "attorney_general", _("Attorney general told")
        VENDOR = "vendor", _("Told by the system operator")
        CLOSED = "closed", _("Closed")

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    words = models.TextField()

    objects = PolicyManager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(name="each_step_once", fields=["breach", "kind"]),
            models.CheckConstraint(name="a_step_says_what_was_done", condition=~Q(words="")),
        ]

    def __str__(self):
        return f"{self.breach}, {self.get_kind_display()}"
