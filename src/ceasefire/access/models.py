"""Agencies, people with accounts, and the roles that a membership gives them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.identity import Actor
from ceasefire.access.roles import Role


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

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class User(AbstractUser):
    """One person's account. What the person may do comes from a membership, never from here."""

    display_name = models.CharField(max_length=120)

    def __str__(self):
        return self.display_name or self.username

    @property
    def membership(self) -> "Membership | None":
        return Membership.objects.active().filter(user=self).select_related("agency").first()

    def actor(self) -> Actor | None:
        membership = self.membership if self.is_active else None
        if membership is None:
            return None
        return Actor(
            name=str(self),
            role=Role(membership.role),
            agency_id=membership.agency_id,
            user_id=self.pk,
        )


class MembershipQuerySet(models.QuerySet):
    def active(self):
        today = timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

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
from ceasefire.access.sign_in import models as _sign_in  # noqa: E402, F401
