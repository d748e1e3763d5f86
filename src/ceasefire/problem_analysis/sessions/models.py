"""A session, who attended, its shootings with their codes, and the groups that it went through.

No person of a shooting stands here, and no list of members: a code is about a shooting.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.names import NamedRow, SealedNameField
from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept
from ceasefire.access.sealing.models import SealedRow


def _account(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", **more
    )


def _agency():
    return models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")


class Session(Kept):
    """Planned, then open, then closed; the database keeps that order, and a closed one as it is."""

    class Kind(models.TextChoices):
        INCIDENT_REVIEW = "incident_review", _("Incident review")
        GROUP_AUDIT = "group_audit", _("Group audit")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    agency = _agency()
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    on = models.DateField(_("day"))
    window_start = models.DateField(_("shootings from"), null=True)
    window_end = models.DateField(_("shootings to"), null=True)
    agenda = models.TextField(_("agenda"))
    chair = _account()
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    share = models.PositiveSmallIntegerField(
        default=20, help_text=_("Per cent of its shootings that are due for a second coder.")
    )
    seed = models.BigIntegerField(help_text=_("From which that share is drawn, once and for all."))
    made_by = _account()
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = _account()
    closing_words = models.TextField(default="")
    minutes = models.JSONField(null=True, help_text=_("Numbers of rows and counts; no name."))

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "on", "title"], name="a_session_is_planned_once"
            ),
            models.CheckConstraint(
                name="session_is_told", condition=~Q(title="") & ~Q(agenda="")
            ),
            models.CheckConstraint(
                name="incident_review_has_a_window",
                condition=Q(kind="group_audit", window_start=None, window_end=None)
                | Q(kind="incident_review", window_end__gte=F("window_start")),
            ),
            models.CheckConstraint(name="session_share", condition=Q(share__range=(0, 100))),
            models.CheckConstraint(
                name="closed_session_says_when_and_what",
                condition=Q(state="closed", closed_at__isnull=False, minutes__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, minutes=None, closing_words="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    @property
    def number(self) -> str:
        """By which what was said in it is cited as a source."""
        return f"SESSION {self.pk}"

    @property
    def is_review(self) -> bool:
        return self.kind == self.Kind.INCIDENT_REVIEW


class Attendee(models.Model):
    """Somebody with an account, from law enforcement; the database finds the agency."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendees")
    account = _account()
    agency = models.ForeignKey(
        "access.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_by = _account()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "account"], name="attends_once"),
            models.CheckConstraint(
                name="attendee_is_somebody", condition=Q(account__isnull=False)
            ),
        ]  # fmt: skip


class Guest(Kept, SealedRow, NamedRow):
    """Somebody present without an account, from law enforcement too; the chair attests it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="guests")
    agency = _agency()
    name = SealedNameField(room=Room.INVESTIGATIVE)
    # Of the form: sent twice, it is one guest.
    token = models.UUIDField(unique=True)
    attested_by = _account()
    attested_at = models.DateTimeField(auto_now_add=True)

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()


class Listed(Kept):
    """A shooting on a session's list. The database counts its codes and knows what is contested."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="listed")
    incident = models.ForeignKey("registry.Incident", on_delete=models.PROTECT, related_name="+")
    second_due = models.BooleanField(default=False)
    codes_in = models.PositiveSmallIntegerField(default=0)
    contested = models.BooleanField(default=False)

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = _("listed shootings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "incident"], name="a_shooting_is_listed_once_a_session"
            ),
            models.CheckConstraint(
                name="codes_are_no_more_than_due",
                condition=Q(codes_in__lte=1) | Q(codes_in=2, second_due=True),
            ),
        ]  # fmt: skip

    @property
    def left(self) -> int:
        """How many codes are still due."""
        return 1 + self.second_due - self.codes_in


class Coded(models.Model):
    """What is said of a shooting: who was involved, apart from why."""

    class Involvement(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        SUSPECTED = "suspected", _("Suspected")
        NOT = "not", _("No group involved")
        UNDETERMINED = "undetermined", _("Cannot be determined")

    class Basis(models.TextChoices):
        VICTIM = "victim", _("Victim")
        SUSPECT = "suspect", _("Suspect")
        BOTH = "both", _("Both")

    class Motivated(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNDETERMINED = "undetermined", _("Cannot be determined")

    class Circumstance(models.TextChoices):
        GROUP_FEUD = "group_feud", _("Feud between groups")
        RETALIATION = "retaliation", _("Retaliation")
        PERSONAL = "personal", _("Personal dispute")
        ROMANTIC = "romantic", _("Romantic dispute")
        DOMESTIC = "domestic", _("Domestic or partner violence")
        ROBBERY = "robbery", _("Robbery")
        DRUGS = "drugs", _("Drug trade or debt")
        ONLINE = "online", _("Slight on social media")
        ROAD = "road", _("Road")
        PARTY = "party", _("Party or club")
        MENTAL_HEALTH = "mental_health", _("Mental health")
        CAMP = "camp", _("Camp of people without homes")
        RANDOM = "random", _("Random")
        ACCIDENT = "accident", _("Accident")
        UNKNOWN = "unknown", _("Not known")

    class Confidence(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        PROBABLE = "probable", _("Probable")
        POSSIBLE = "possible", _("Possible")

    involvement = models.CharField(_("group involved"), max_length=12, choices=Involvement.choices)
    basis = models.CharField(_("by whom"), max_length=7, choices=Basis.choices, default="")
    motivated = models.CharField(_("for a group's sake"), max_length=12, choices=Motivated.choices)
    circumstance = models.CharField(_("circumstance"), max_length=13, choices=Circumstance.choices)
    circumstance_2 = models.CharField(
        _("second circumstance"), max_length=13, choices=Circumstance.choices, default=""
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_a_basis_where_a_group_is_involved",
                condition=(Q(involvement__in=["confirmed", "suspected"]) & ~Q(basis=""))
                | (~Q(involvement__in=["confirmed", "suspected"]) & Q(basis="")),
            ),
            # Where nobody of a group was involved, none was the reason either.
            models.CheckConstraint(
                name="%(class)s_motive_needs_a_group",
                condition=~Q(involvement="not") | ~Q(motivated="yes"),
            ),
            models.CheckConstraint(
                name="%(class)s_circumstances_differ",
                condition=~Q(circumstance_2=F("circumstance")),
            ),
        ]  # fmt: skip


# In these two coders agree or differ.
COMPARED = ("involvement", "basis", "motivated", "circumstance")


class Code(Coded):
    """One coder's. While `blind`, it is its coder's alone: a second coder is to come."""

    listed = models.ForeignKey(Listed, on_delete=models.PROTECT, related_name="codes")
    coder = _account()
    nth = models.PositiveSmallIntegerField(default=1, editable=False)
    blind = models.BooleanField(default=False, editable=False)
    confidence = models.CharField(_("confidence"), max_length=9, choices=Coded.Confidence.choices)
    words = models.TextField(_("in words"), default="")
    rests_on = models.CharField(_("source or report"), max_length=60, default="")
    source = models.ForeignKey(
        "registry.Source", on_delete=models.PROTECT, null=True, related_name="+"
    )
    coded_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta(Coded.Meta):
        ordering = ["listed", "nth"]
        constraints = [
            *Coded.Meta.constraints,
            models.UniqueConstraint(fields=["listed", "nth"], name="one_first_and_one_second_code"),
            models.UniqueConstraint(fields=["listed", "coder"], name="nobody_codes_twice"),
            models.CheckConstraint(name="code_is_first_or_second", condition=Q(nth__in=[1, 2])),
            models.CheckConstraint(
                name="confirmed_code_has_a_source",
                condition=~Q(involvement="confirmed") | ~Q(rests_on=""),
            ),
        ]


class Contest(models.Model):
    """Somebody says why a code is wrong; both codes stay."""

    listed = models.ForeignKey(Listed, on_delete=models.PROTECT, related_name="contests")
    reason = models.TextField(_("why"))
    contested_by = _account()
    contested_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="contested_code_says_why", condition=~Q(reason="")),
        ]


class Settlement(Coded):
    """What the session settled, by somebody who is neither coder. The newest one stands."""

    listed = models.ForeignKey(Listed, on_delete=models.PROTECT, related_name="settlements")
    words = models.TextField(_("why"))
    settled_by = _account()
    settled_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta(Coded.Meta):
        ordering = ["id"]
        constraints = [
            *Coded.Meta.constraints,
            models.CheckConstraint(name="settlement_says_why", condition=~Q(words="")),
        ]


class Walked(models.Model):
    """That a group audit went through a group, and whether what stood was confirmed unchanged."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="walked")
    group = models.ForeignKey("registry.Group", on_delete=models.PROTECT, related_name="+")
    unchanged = models.BooleanField()
    last_violence_on = models.DateField(_("last violence"), null=True)
    made_by = _account()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = _("walked groups")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "group"], name="a_group_is_gone_through_once_a_session"
            ),
        ]
