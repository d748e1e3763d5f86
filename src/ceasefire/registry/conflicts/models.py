"""A conflict with its two sides, what happened in it, and the form by which a dispute comes in.

No person stands here: a person's tie to a side passes the gate of every tie
(`registry.affiliations`). While no policy on groups stands, a conflict links shootings alone.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept


class State(models.TextChoices):
    SIMMERING = "simmering", _("Simmering")
    ACTIVE = "active", _("Active")
    HOT = "hot", _("Shots exchanged lately")
    COOLING = "cooling", _("Cooling")
    RESOLVED = "resolved", _("Resolved")


class Conflict(Kept):
    """A feud, an alliance, a truce or a split, between two sides."""

    class Kind(models.TextChoices):
        FEUD = "feud", _("Feud")
        ALLIANCE = "alliance", _("Alliance")
        TRUCE = "truce", _("Truce")
        SPLIT = "split", _("Split within a group")

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    name = models.CharField(_("what it is called"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=9, choices=State.choices)
    began_on = models.DateField(_("began on"))
    cause = models.TextField(_("what it is about"), default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="conflict_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="conflict_began_before_it_was_known",
                condition=Q(began_on__lte=F("basis_on")),
            ),
        ]

    def __str__(self):
        return self.name


class Side(models.Model):
    """One of the two sides: who they are, in words that name no person."""

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="sides")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("what the side is called"), max_length=120)

    objects = PolicyManager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["conflict", "place"], name="one_side_on_each_side"),
            models.CheckConstraint(name="two_sides", condition=Q(place__in=[1, 2])),
            models.CheckConstraint(name="side_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name


class GroupParty(models.Model):
    """A group on one side, by what source."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="groups")
    group = models.ForeignKey("registry.Group", on_delete=models.PROTECT, related_name="parties")
    source = models.ForeignKey("registry.Source", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = _("group parties")
        constraints = [
            models.UniqueConstraint(fields=["side", "group"], name="a_group_is_on_a_side_once"),
        ]


class ConflictShooting(models.Model):
    """A shooting that belongs to a conflict, and which side is thought to have fired."""

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="shootings")
    incident = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, related_name="conflicts"
    )
    by_side = models.ForeignKey(Side, on_delete=models.PROTECT, null=True, related_name="+")
    began_it = models.BooleanField(_("it began the conflict"), default=False)
    reason = models.TextField(_("why it belongs here"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "incident"], name="a_shooting_is_in_a_conflict_once"
            ),
            models.UniqueConstraint(
                fields=["conflict"], condition=Q(began_it=True), name="one_trigger_of_a_conflict"
            ),
            models.CheckConstraint(name="linked_shooting_says_why", condition=~Q(reason="")),
        ]


class ConflictEvent(models.Model):
    """What happened besides shootings, a change of state, or a day to watch."""

    class Kind(models.TextChoices):
        THREAT = "threat", _("Threat")
        FIGHT = "fight", _("Fight")
        ONLINE = "online", _("Insult or threat online")
        TRUCE = "truce", _("Truce")
        MEDIATION = "mediation", _("Mediation by law enforcement")
        STATE = "state", _("Change of state")
        RELEASE = "release", _("Release from custody")
        ANNIVERSARY = "anniversary", _("Anniversary")
        FUNERAL = "funeral", _("Funeral")
        OTHER = "other", _("Something else")

    WATCHED = (Kind.RELEASE, Kind.ANNIVERSARY, Kind.FUNERAL)

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="events")
    on = models.DateField(_("date"))
    kind = models.CharField(_("what"), max_length=11, choices=Kind.choices)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default="")
    words = models.TextField(_("in words"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(name="event_is_told", condition=~Q(words="")),
            models.CheckConstraint(
                name="a_change_of_state_says_to_what",
                condition=(Q(kind="state") & ~Q(state="")) | (~Q(kind="state") & Q(state="")),
            ),
        ]


class Dispute(Kept):
    """The intake form of a dispute that may turn violent, and what a supervisor made of it."""

    class Risk(models.TextChoices):
        IMMEDIATE = "immediate", _("Immediate: hours or days")
        ONGOING = "ongoing", _("Ongoing: weeks")
        LONG_TERM = "long_term", _("Long-term: months")

    class Outcome(models.TextChoices):
        CONFLICT = "conflict", _("A conflict was opened or found")
        WATCH = "watch", _("Nothing yet: look again")
        CLOSED = "closed", _("No dispute, or settled")

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    on = models.DateField(_("date"))
    place = models.CharField(_("where"), max_length=200)
    case_numbers = models.CharField(_("case numbers"), max_length=200, default="")
    one_side = models.CharField(_("one side, without names"), max_length=200)
    other_side = models.CharField(_("other side, without names"), max_length=200)
    risks = ArrayField(models.CharField(max_length=9, choices=Risk.choices))
    why = models.TextField(_("why violence is expected"))
    learned = models.TextField(_("how this was learned"))
    cause = models.TextField(_("what it is about"), default="")
    done = models.TextField(_("what has been done"), default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default="")
    review_words = models.TextField(default="")
    conflict = models.ForeignKey(
        Conflict, on_delete=models.PROTECT, null=True, related_name="disputes"
    )

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="dispute_is_told",
                condition=~Q(place="") & ~Q(one_side="") & ~Q(other_side="") & ~Q(why="")
                & ~Q(learned="") & Q(risks__len__gte=1) & Q(on__lte=F("basis_on")),
            ),
            models.CheckConstraint(
                name="dispute_is_reviewed_by_another",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("author")),
            ),
            models.CheckConstraint(
                name="review_of_a_dispute_is_whole",
                condition=Q(reviewed_at=None, reviewed_by=None, outcome="", conflict=None)
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(outcome="") & ~Q(review_words="")
                ),
            ),
            models.CheckConstraint(
                name="dispute_names_its_conflict",
                condition=(Q(outcome="conflict") & Q(conflict__isnull=False))
                | (~Q(outcome="conflict") & Q(conflict=None)),
            ),
        ]  # fmt: skip

    def __str__(self):
        return _("Dispute %(number)s") % {"number": self.pk}
