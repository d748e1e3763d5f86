"""What was moved from one person to another, so that it can be moved back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ceasefire.access.policies import PolicyManager
from ceasefire.registry.people.models import Person


class Merge(models.Model):
    """One person's rows given to another. moved: model -> numbers of the rows."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_gone")
    reason = models.TextField()
    moved = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_because = models.TextField(default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="merge_is_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merge_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="undone_merge_says_why",
                condition=Q(undone_at=None) | ~Q(undone_because=""),
            ),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merged_once_at_a_time"
            ),
        ]
