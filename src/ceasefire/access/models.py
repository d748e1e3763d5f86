"""Agencies, people with accounts, and the roles that a membership gives them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.audit.models import AuditReview  # noqa: F401
from ceasefire.access.exports.models import Export  # noqa: F401 (Django finds models here)
from ceasefire.access.policies import PolicyManager
from ceasefire.access.roles import Role
from ceasefire.access.sealing.models import RecordKey  # noqa: F401


class Agency(models.Model):
    class Kind(models.TextChoices):
        POLICE = "police", _("Police")
        NEIGHBOUR_POLICE = "neighbour_police", _("Neighbouring police")
        FEDERAL = "federal", _("Federal law enforcement")
        PROSECUTOR = "prosecutor", _("Prosecutor")
        PROBATION = "probation", _("Probation and parole")
        CEASEFIRE = "ceasefire", _("Ceasefire office")
        OVP = "ovp", _("Office of Violence Prevention")
        COMMUNITY = "community", _("Community organisation")
        HOSPITAL = "hospital", _("Hospital")
        OVERSIGHT = "oversight", _("Oversight")
        VENDOR = "vendor", _("System operator")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class User(AbstractUser):
    """One person's account. What the person may do comes from a membership, never from here."""

    display_name = models.CharField(max_length=120)

    def __str__(self):
        return self.display_name or self.username


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ends=None), name="one_open_membership_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.agency}"


# Django finds an app's models here alone.
from ceasefire.access.retention import models as _retention  # noqa: E402, F401
from ceasefire.access.sign_in import models as _sign_in  # noqa: E402, F401
