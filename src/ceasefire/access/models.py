"""Agencies and their agreements, people with accounts, and the roles that memberships give."""

from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.audiences import Audience  # noqa: F401
from ceasefire.access.audit.models import AuditReview  # noqa: F401
from ceasefire.access.breach.models import Breach, BreachRule, BreachStep  # noqa: F401
from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget  # noqa: F401
from ceasefire.access.exceptional.models import Holiday, Opening  # noqa: F401
from ceasefire.access.exports.models import Export  # noqa: F401 (Django finds models here)
from ceasefire.access.policies import PolicyManager
from ceasefire.access.roles import STANDINGS, Role
from ceasefire.access.sealing.models import RecordKey  # noqa: F401


def _at_a_kind_that_has_the_role() -> Q:
    kinds: dict[str, list[str]] = {}
    for standing in STANDINGS:
        kinds.setdefault(standing.agency_kind, []).append(standing.role.value)
    held = Q()
    for kind, roles in sorted(kinds.items()):
        held |= Q(agency_kind=kind, role__in=sorted(roles))
    return held


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


class Agreement(models.Model):
    """What an agency has signed to take part, and until when.

    After its last day it closes: for CLOSING_DAYS its people read, export and hand over, and
    change nothing. A breach or misuse ends all access at once.
    """

    CLOSING_DAYS = 60
    WARN_DAYS = (90, 30, 7)
    LONGEST_DAYS = 5 * 366

    class State(models.TextChoices):
        COMING = "coming", _("Not begun")
        LIVE = "live", _("In force")
        CLOSING = "closing", _("Closing: read and export only")
        OVER = "over", _("Over")
        ENDED = "ended", _("Ended at once")

    class Because(models.TextChoices):
        BREACH = "breach", _("Breach of the agreement")
        MISUSE = "misuse", _("Misuse of information")
        WITHDRAWN = "withdrawn", _("Withdrawn by the agency")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    document = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Because.choices, blank=True, default="")
    ended_words = models.TextField(blank=True, default="")
    ended_by = models.CharField(max_length=120, blank=True, default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-ends", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts"))
                & Q(ends__lte=F("starts") + timedelta(days=5 * 366)),
                name="agreement_ends_within_five_years",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="agreement_names_its_document"),
            models.UniqueConstraint(
                fields=["agency", "document", "starts", "ends"],
                condition=Q(ended_at=None),
                name="agreement_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because="") & ~Q(ended_words=""),
                name="ended_agreement_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.document}"

    @property
    def closed_from(self) -> date:
        """The first day on which its people see nothing more."""
        return self.ends + timedelta(days=self.CLOSING_DAYS + 1)

    def state(self, today: date) -> State:
        if self.ended_at:
            return self.State.ENDED
        if today < self.starts:
            return self.State.COMING
        if today <= self.ends:
            return self.State.LIVE
        return self.State.CLOSING if today < self.closed_from else self.State.OVER


class User(AbstractUser):
    """One person's account. What the person may do comes from a membership, never from here."""

    display_name = models.CharField(max_length=120)

    def __str__(self):
        return self.display_name or self.username


class Membership(models.Model):
    """The role that a person has at an agency, and for how long.

    It opens nothing until somebody other than its opener certifies it, and again each year.
    """

    CERTIFIED_DAYS = 365
    ASLEEP_DAYS = 90

    class Because(models.TextChoices):
        LEFT = "left", _("Left, or has another task")
        BREACH = "breach", _("Breach of the agreement")
        MISUSE = "misuse", _("Misuse of information")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    # The database keeps it equal to the agency's own, so that a role suits the agency's kind.
    agency_kind = models.CharField(max_length=20, choices=Agency.Kind.choices, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    certified_on = models.DateField(null=True, blank=True)
    certified_until = models.DateField(null=True, blank=True)
    certified_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    awake_since = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Because.choices, blank=True, default="")

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(certified_on=None, certified_until=None)
                | Q(certified_on__isnull=False, certified_until__isnull=False)
                & Q(certified_until__gte=F("certified_on"))
                & Q(certified_until__lte=F("certified_on") + timedelta(days=366)),
                name="membership_is_certified_for_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(certified_by=None)
                | ~Q(certified_by=F("user"))
                & (Q(opened_by=None) | ~Q(certified_by=F("opened_by"))),
                name="another_person_certifies",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="ended_membership_says_why",
            ),
            models.CheckConstraint(
                condition=_at_a_kind_that_has_the_role(), name="membership_role_suits_the_agency"
            ),
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts"), F("ends"), models.Value("[]"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.agency}"

    def is_current(self, today: date) -> bool:
        begun, over = self.starts <= today, self.ends is not None and self.ends < today
        return begun and not over and self.ended_at is None


# Django finds an app's models here alone.
from ceasefire.access.consent import models as _consent  # noqa: E402, F401
from ceasefire.access.criminal_history import models as _criminal_history  # noqa: E402, F401
from ceasefire.access.federal import models as _federal  # noqa: E402, F401
from ceasefire.access.interests import models as _interests  # noqa: E402, F401
from ceasefire.access.retention import models as _retention  # noqa: E402, F401
from ceasefire.access.sign_in import models as _sign_in  # noqa: E402, F401
