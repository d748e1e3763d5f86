"""Every file that has left, or waits to leave."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager


class Export(models.Model):
    """One file for one person, taken once. The file itself is made when it is taken, never kept."""

    class Form(models.TextChoices):
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel workbook")

    identifier = models.CharField(
        max_length=20, unique=True, help_text=_("Stands in the file, and in each of its rows.")
    )
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="exports"
    )
    made_by = models.CharField(max_length=120)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, null=True)
    table = models.CharField(max_length=60)
    room = models.CharField(max_length=13, choices=Room.choices)
    selection = models.JSONField(default=dict)
    columns = models.JSONField()
    form = models.CharField(max_length=4, choices=Form.choices)
    purpose = models.TextField()
    rows = models.PositiveIntegerField()
    with_names = models.BooleanField()
    wants_approval = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="approvals"
    )
    approved_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, default="")
    expiry_noted_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(name="export_says_its_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="export_is_over_within_a_week",
                condition=Q(expires_at__lte=F("made_at") + timedelta(days=7)),
            ),
            models.CheckConstraint(
                name="export_is_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("maker")),
            ),
            models.CheckConstraint(
                name="export_is_taken_after_its_approval",
                condition=Q(taken_at=None) | Q(wants_approval=False) | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="taken_export_has_its_digest", condition=Q(taken_at=None) | ~Q(sha256="")
            ),
        ]

    def __str__(self):
        return self.identifier

    @property
    def is_expired(self) -> bool:
        return timezone.now() >= self.expires_at

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to approve it."""
        return self.wants_approval and self.approved_by_id is None
