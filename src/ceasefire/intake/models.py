"""Feeds and what came through them: mappings, batches, rows waiting to be applied, row faults."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.registry.facts import IncidentFacts, PlaceFound, VictimFacts


class Feed(models.Model):
    """One publisher's layout, and the agency that it speaks for."""

    class Kind(models.TextChoices):
        """What a row of the feed's files tells."""

        SHOOTINGS = "shootings", _("Shootings")
        INVOLVEMENTS = "involvements", _("People in shootings")
        ARRESTS = "arrests", _("Arrests and police contacts")
        COURT = "court", _("Court dispositions")
        SUPERVISION = "supervision", _("Supervision roster")
        JAIL = "jail", _("Jail bookings and releases")
        BALLISTICS = "ballistics", _("Ballistic leads (NIBIN)")
        PRIOR_LIST = "prior_list", _("List of an earlier programme")

    class Coverage(models.TextChoices):
        WHOLE = "whole", _("Everything, every time")
        ROLLING = "rolling", _("The last days only")
        YEAR_TO_DATE = "year_to_date", _("This year so far")

    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SHOOTINGS)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT)
    coverage = models.CharField(
        max_length=12,
        choices=Coverage.choices,
        default=Coverage.WHOLE,
        help_text=_("Only rows inside a file's coverage can vanish from it."),
    )
    rolling_days = models.PositiveSmallIntegerField(null=True, blank=True)
    watched_folder = models.CharField(max_length=400, blank=True)
    portal = models.JSONField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True,
        related_name="scheduled_feeds",
        help_text=_("In whose name the folder or the portal is looked at on schedule."),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="rolling_feed_says_how_many_days",
                condition=~Q(coverage="rolling") | Q(rolling_days__gt=0),
            ),
        ]

    def __str__(self):
        return self.title


class FeedMapping(models.Model):
    """A confirmed mapping of a feed's columns, with the answers to its open questions."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="mappings")
    version = models.PositiveIntegerField()
    mapping = models.JSONField()
    by_default = models.JSONField(
        default=list, help_text=_("The questions that nobody answered and the default settled.")
    )
    confirmed_by = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["feed", "version"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "version"], name="one_mapping_per_version"),
        ]


class Batch(models.Model):
    """One file of one feed, from its arrival to what it changed."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Waiting for its mapping")
        STAGING = "staging", _("Being read")
        STAGED = "staged", _("Read, not yet applied")
        WAITING = "waiting", _("Waiting for a person")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN_STATES = (
        State.RECEIVED, State.STAGING, State.STAGED, State.WAITING, State.APPLYING
    )  # fmt: skip

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="batches")
    mapping = models.ForeignKey(FeedMapping, on_delete=models.PROTECT, null=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    as_of = models.DateTimeField(help_text=_("When the publisher knew what the file says."))
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    vanished = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    progress = models.FloatField(default=0)
    doing = models.CharField(max_length=60, blank=True)
    report = models.JSONField(default=dict)
    loaded_by = models.CharField(max_length=120)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["feed", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="applied_batch_says_when",
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="refused_batch_says_why", condition=~Q(state="refused") | ~Q(refusal="")
            ),
            # Two loads of one feed cannot be under way at once.
            models.UniqueConstraint(
                fields=["feed"],
                condition=Q(state__in=["received", "staging", "staged", "waiting", "applying"]),
                name="one_open_batch_per_feed",
            ),
        ]

    def __str__(self):
        return f"{self.file_name} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES


class StagedRow(IncidentFacts, VictimFacts, PlaceFound):
    """A row that has been read and checked, waiting to be compared with what is known.

    The table is unlogged: after a crash it is empty and the file is simply read again.
    """

    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, db_constraint=False, related_name="staged_rows"
    )
    row_number = models.PositiveIntegerField()
    incident_key = models.UUIDField()
    content_key = models.UUIDField()
    rest_key = models.UUIDField()

    objects = PolicyManager()


class RowFault(models.Model):
    """Why a row was rejected, or what in it was left empty, in plain words."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="faults")
    row_number = models.PositiveIntegerField()
    column = models.TextField(blank=True)
    reason = models.TextField()
    remedy = models.TextField(blank=True)
    rejected = models.BooleanField(help_text=_("False: the row was kept with this value empty."))

    objects = PolicyManager()

    class Meta:
        ordering = ["row_number", "id"]
        indexes = [models.Index(fields=["batch", "row_number"])]
