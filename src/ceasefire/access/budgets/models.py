"""The budgets of each role, and the alerts of accounts that met theirs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.access.roles import Role


class ReadingBudget(models.Model):
    """How many different persons somebody in a role may be shown. A role without a row: nobody."""

    role = models.CharField(max_length=20, choices=Role.choices, unique=True)
    an_hour = models.PositiveIntegerField()
    a_day = models.PositiveIntegerField()
    after_step_up = models.PositiveIntegerField()

    objects = PolicyManager()

    class Meta:
        ordering = ["role"]
        constraints = [
            models.CheckConstraint(
                name="a_days_budget_holds_an_hours", condition=Q(a_day__gte=models.F("an_hour"))
            ),
            models.CheckConstraint(
                name="the_second_allowance_is_smaller",
                condition=Q(after_step_up=0) | Q(after_step_up__lt=models.F("an_hour")),
            ),
        ]

    def __str__(self):
        return str(Role(self.role).label)


class ReadingAlert(models.Model):
    """An account that asked for more persons than its budget allows; a reviewer says what it was.

    Refusals that come before anybody has looked are counted on one alert.
    """

    class Span(models.TextChoices):
        HOUR = "hour", _("an hour")
        DAY = "day", _("a day")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    span = models.CharField(max_length=4, choices=Span.choices)
    allowed = models.PositiveIntegerField()
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_alert_for_an_account", fields=["user"], condition=Q(seen_at=None)
            ),
            models.CheckConstraint(
                name="a_seen_alert_says_what_it_was",
                condition=Q(seen_at=None, seen_by=None) | (Q(seen_at__isnull=False) & ~Q(words="")),
            ),
        ]

    def __str__(self):
        return f"{self.user_id}, {self.at:%Y-%m-%d %H:%M}"
