"""The weekly review of the audit log. The log itself is no model: nobody queries its table."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceasefire.access.policies import PolicyManager


class AuditReview(models.Model):
    """One week of the log, to be looked through by an auditor within a week of its end."""

    week = models.DateField(unique=True)  # its Monday
    due = models.DateField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | (Q(done_at__isnull=False) & ~Q(words="")),
                name="a_done_review_says_what_was_found",
            )
        ]

    def __str__(self):
        return f"{self.week:%G-W%V}"

    def is_late(self, today: date) -> bool:
        return self.done_at is None and self.due < today
