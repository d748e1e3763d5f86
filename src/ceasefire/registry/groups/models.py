"""The published policy that opens the register of groups, a group, and what is said of one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept

MOST_MEMBERS = 5_000


class GroupPolicy(models.Model):
    """The city's published policy on groups and affiliations. While none stands, there are none."""

    document = models.CharField(_("title and number"), max_length=200)
    published_at = models.CharField(_("where it is published"), max_length=300)
    published_on = models.DateField(_("published on"))
    approved_by = models.CharField(_("who approved it: name and office"), max_length=200)
    effective_from = models.DateField(_("in force from"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_because = models.TextField(default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = _("group policies")
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(ended_at=None), name="a_policy_is_recorded_once"
            ),
            models.CheckConstraint(
                name="policy_is_published_and_approved",
                condition=~Q(document="") & ~Q(published_at="") & ~Q(approved_by=""),
            ),
            models.CheckConstraint(
                name="policy_is_published_before_it_is_in_force",
                condition=Q(effective_from__gte=F("published_on")),
            ),
            models.CheckConstraint(
                name="ended_policy_says_why",
                condition=Q(ended_at=None) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self):
        return self.document


class Group(Kept):
    """A group as law enforcement speaks of it; all that is known of it stands in statements."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    def __str__(self):
        return _("Group %(number)s") % {"number": self.pk}


class GroupStatement(Kept):
    """One thing that one source says of a group; a newer one of the same sort takes its place."""

    class About(models.TextChoices):
        NAME = "name", _("Name")
        ALIAS = "alias", _("Also known as")
        KIND = "kind", _("Kind")
        SIZE = "size", _("Members, from and to")
        ACTIVITY = "activity", _("Violence")
        TERRITORY = "territory", _("Territory")
        ALLIANCE = "alliance", _("Allied with")
        RIVALRY = "rivalry", _("At odds with")

    class Kind(models.TextChoices):
        GANG = "gang", _("Gang")
        SET = "set", _("Set")
        CREW = "crew", _("Crew")
        CLIQUE = "clique", _("Clique")

    class Activity(models.TextChoices):
        DORMANT = "dormant", _("None lately")
        LOW = "low", _("Little")
        ACTIVE = "active", _("Some")
        VERY_ACTIVE = "very_active", _("Much")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="statements")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    about = models.CharField(max_length=9, choices=About.choices)
    name = models.CharField(max_length=120, default="")
    kind = models.CharField(max_length=6, choices=Kind.choices, default="")
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    activity = models.CharField(max_length=11, choices=Activity.choices, default="")
    area = models.JSONField(null=True, help_text=_("A GeoJSON polygon in degrees."))
    other = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="said_by")
    source = models.ForeignKey(
        "registry.Source", on_delete=models.PROTECT, related_name="statements"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(default="")

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-basis_on", "-id"]
        indexes = [models.Index(fields=["group", "about"], name="statements_of_a_group")]
        constraints = [
            models.CheckConstraint(
                name="statement_says_one_thing",
                condition=(
                    (Q(about__in=["name", "alias"]) & ~Q(name=""))
                    | (~Q(about__in=["name", "alias"]) & Q(name=""))
                )
                & ((Q(about="kind") & ~Q(kind="")) | (~Q(about="kind") & Q(kind="")))
                & (
                    (Q(about="activity") & ~Q(activity=""))
                    | (~Q(about="activity") & Q(activity=""))
                )
                & (
                    Q(about="size", low__isnull=False, high__isnull=False)
                    | (~Q(about="size") & Q(low=None, high=None))
                )
                & (
                    Q(about="territory", area__isnull=False)
                    | (~Q(about="territory") & Q(area=None))
                )
                & (
                    Q(about__in=["alliance", "rivalry"], other__isnull=False)
                    | (~Q(about__in=["alliance", "rivalry"]) & Q(other=None))
                ),
            ),
            # A range, never a list of people that was counted.
            models.CheckConstraint(
                name="size_is_a_range",
                condition=Q(low=None) | Q(high__gt=F("low"), high__lte=MOST_MEMBERS),
            ),
            models.CheckConstraint(
                name="no_group_is_at_odds_with_itself",
                condition=Q(other=None) | ~Q(other=F("group")),
            ),
            models.CheckConstraint(
                name="withdrawn_statement_says_why",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
            ),
        ]
