"""What linkage learnt, each of its runs, the pairs that it found, and what waits for somebody."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.names import NamedRow, NameField
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept


class LinkageModel(models.Model):
    """What agreements and differences say, as it was learnt from the register's own records."""

    settings = models.JSONField()
    records = models.PositiveIntegerField(help_text=_("How many records taught it."))
    home = models.FloatField(
        help_text=_("The match weight with which two records of one home begin.")
    )
    learnt_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]


class LinkageRun(models.Model):
    """One comparing of new records with the register, with all that it was done by."""

    model = models.ForeignKey(
        LinkageModel, on_delete=models.PROTECT, null=True, related_name="runs"
    )
    batch = models.ForeignKey("intake.Batch", on_delete=models.PROTECT, null=True, related_name="+")
    engine = models.CharField(max_length=12)
    joined_from = models.FloatField(help_text=_("Match weight from which records are joined."))
    reviewed_from = models.FloatField(help_text=_("Match weight from which somebody looks."))
    compared = models.PositiveIntegerField(help_text=_("Records of the register."))
    fresh = models.PositiveIntegerField(help_text=_("New records."))
    joined = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    new_people = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    ran_at = models.DateTimeField(auto_now_add=True)
    seconds = models.FloatField(default=0)

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="joined_above_reviewed", condition=Q(joined_from__gte=F("reviewed_from"))
            ),
        ]


class WaitingRecord(Kept, NamedRow):
    """Somebody in an agency's file who may be a person of the register, with what the file tells.

    It waits for somebody's decision, and not longer than `purge_on`; what it says is taken out as
    soon as that is made.
    """

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey("intake.Feed", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("intake.Batch", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    record_key = models.UUIDField(help_text=_("Keyed hash of all that says who it is."))
    as_of = models.DateTimeField()
    said = NameField(help_text=_("The record and its rows, as read. Empty once decided."))
    decided_at = models.DateTimeField(null=True)

    record_classes = (RecordClass.INTELLIGENCE,)
    redacts = {"said": ""}

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "record_key"],
                condition=Q(decided_at=None),
                name="a_record_waits_once",
            ),
            models.CheckConstraint(
                name="decided_record_says_nothing_more", condition=Q(decided_at=None) | Q(said="")
            ),
        ]


class LinkagePair(models.Model):
    """Two records that were found alike, why, and what became of it.

    Somebody's decision stands for good: the two are not asked about again.
    """

    class Outcome(models.TextChoices):
        JOINED = "joined", _("Joined by the weight of evidence")
        ASKED = "asked", _("For somebody to decide")
        SAME = "same", _("Decided: one person")
        APART = "apart", _("Decided: two people")

    run = models.ForeignKey(LinkageRun, on_delete=models.PROTECT, related_name="pairs")
    record = models.ForeignKey(
        "registry.PersonRecord", on_delete=models.PROTECT, related_name="pairs"
    )
    other = models.ForeignKey(
        "registry.PersonRecord", on_delete=models.PROTECT, null=True, related_name="pairs_other"
    )
    waiting = models.ForeignKey(
        WaitingRecord, on_delete=models.PROTECT, null=True, related_name="pairs"
    )
    match_weight = models.FloatField()
    why = models.JSONField(help_text=_("What each field weighs; no value of either record."))
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    reason = models.TextField(default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(outcome="asked"), name="pairs_to_decide"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "other"], name="one_pair_of_two_records"),
            models.UniqueConstraint(fields=["record", "waiting"], name="one_pair_with_who_waits"),
            models.CheckConstraint(
                name="pair_has_two_sides", condition=Q(other=None) ^ Q(waiting=None)
            ),
            models.CheckConstraint(
                name="pair_stands_in_order", condition=Q(other=None) | Q(record__lt=F("other"))
            ),
            models.CheckConstraint(
                name="decided_pair_says_when",
                condition=Q(outcome__in=["joined", "asked"], decided_at=None)
                | Q(outcome__in=["same", "apart"], decided_at__isnull=False),
            ),
        ]
