"""The city's rules; reviews, holds and orders; the certificates of what was destroyed."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import INTELLIGENCE, INTELLIGENCE_MONTHS, RecordClass
from ceasefire.access.retention.fields import RoomSealedTextField
from ceasefire.access.sealing.models import SealedRow

HOLD_DAYS, REQUEST_DAYS = 180, 7
# ORS 419A.267: sixty days from the order to its signed return.
ORDER_DAYS, ALARM_DAYS = 60, 45
# CJIS 5.4.6: audit records are kept a year at least.
LOG_DAYS = 366


def _person(**options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options
    )


class RetentionRule(models.Model):
    """How long the city keeps one class of records, from a day on. It is never changed."""

    record_class = models.CharField(max_length=24, choices=RecordClass.choices)
    effective_from = models.DateField()
    least_months = models.PositiveSmallIntegerField()
    most_months = models.PositiveSmallIntegerField()
    basis = models.TextField(help_text=_("The law or policy, and where it is published."))
    set_by = _person()
    set_at = models.DateTimeField()

    objects = PolicyManager()

    class Meta:
        ordering = ["record_class", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_class", "effective_from"], name="one_retention_rule_a_day"
            ),
            models.CheckConstraint(
                condition=Q(most_months__gte=F("least_months")) & Q(most_months__gt=0),
                name="retention_rule_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(record_class__in=sorted(INTELLIGENCE))
                | Q(least_months=0, most_months__lte=INTELLIGENCE_MONTHS),
                name="intelligence_is_kept_five_years_at_most",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="retention_rule_is_published"),
        ]


class OfAgency(models.Model):
    """A row that one agency keeps in one room about records of that room."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=13, choices=Room.choices)

    class Meta:
        abstract = True


class RetentionReview(OfAgency, SealedRow):
    """One person's reasons to keep one record longer: a fact that is newer than its basis."""

    label = models.CharField(
        max_length=100, help_text=_("The record's table, as the log names it.")
    )
    number = models.BigIntegerField()
    fact_on = models.DateField()
    fact = RoomSealedTextField()
    reason = RoomSealedTextField()
    purge_on = models.DateField(null=True, help_text=_("Empty: the last day that the rule allows."))
    old_basis_on = models.DateField()
    old_purge_on = models.DateField()
    reviewed_by = _person()
    reviewed_at = models.DateTimeField()

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["label", "number"], name="reviews_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fact_on__gt=F("old_basis_on")), name="review_has_a_newer_fact"
            ),
            # The moment is that of the transaction: nobody extends two records in one go.
            models.UniqueConstraint(
                fields=["reviewed_by", "reviewed_at"], name="one_record_a_review"
            ),
        ]


class Hold(OfAgency, SealedRow):
    """Named records stay though they are due, and nobody is shown them, until a day at most."""

    class Cause(models.TextChoices):
        CASE = "case", _("A case that was filed")
        REQUEST = "request", _("A request for records")
        INQUIRY = "inquiry", _("An inquiry or audit")

    cause = models.CharField(max_length=10, choices=Cause.choices)
    matter = RoomSealedTextField(help_text=_("Which case, request or inquiry."))
    requested_by = _person()
    requested_at = models.DateTimeField()
    approved_by = _person(null=True)
    reviewed_on = models.DateField(help_text=_("When it was asked for, or approved the last time."))
    review_on = models.DateField(help_text=_("It lapses after this day unless approved again."))
    ended_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["review_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                name="hold_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(review_on__lte=F("reviewed_on") + timedelta(HOLD_DAYS)),
                name="hold_is_reviewed_within_180_days",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False)
                | Q(review_on__lte=F("reviewed_on") + timedelta(REQUEST_DAYS)),
                name="hold_without_approval_lapses_in_a_week",
            ),
        ]


class Order(OfAgency, SealedRow):
    """A court's order that records about a person be destroyed or set aside."""

    class Kind(models.TextChoices):
        EXPUNGE = "expunge", _("Expunction")
        SET_ASIDE = "set_aside", _("Setting aside")

    class State(models.TextChoices):
        RECEIVED = "received", _("Searching")
        SEALED = "sealed", _("Everything found is sealed")
        CARRIED_OUT = "carried_out", _("Carried out, to be certified")
        RETURNED = "returned", _("Certified and returned")
        WITHDRAWN = "withdrawn", _("Withdrawn by the court")

    kind = models.CharField(max_length=9, choices=Kind.choices)
    court = models.CharField(max_length=120)
    reference = RoomSealedTextField(help_text=_("The court's number and whom it names."))
    received_on = models.DateField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.RECEIVED)
    received_by = _person()
    sealed_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    run = models.ForeignKey("PurgeRun", on_delete=models.PROTECT, null=True, related_name="+")
    certified_by = _person(null=True)
    returned_at = models.DateTimeField(null=True)
    return_text = models.TextField(default="", help_text=_("The return, as it was signed."))
    return_hash = models.CharField(max_length=64, default="")
    signature = models.TextField(default="")
    alarmed_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(certified_by=None) | ~Q(certified_by=F("received_by")),
                name="order_is_certified_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | (Q(certified_by__isnull=False, returned_at__isnull=False) & ~Q(signature="")),
                name="returned_order_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("carried_out", "returned"))
                | Q(carried_out_at__isnull=False, run__isnull=False),
                name="order_carried_out_has_its_certificate",
            ),
        ]

    OPEN = (State.RECEIVED, State.SEALED, State.CARRIED_OUT)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def due_on(self) -> date:
        return self.received_on + timedelta(ORDER_DAYS)

    def day(self, today: date) -> int:
        """The clock: 0 on the day that the order came in."""
        return (today - self.received_on).days


class Frozen(OfAgency):
    """A record that a hold or an order silences; whatever hangs on it is frozen along."""

    class Way(models.TextChoices):
        DESTROY = "destroy", _("Destroy")
        REDACT = "redact", _("Redact")

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, null=True, related_name="frozen")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="frozen")
    label = models.CharField(max_length=100)
    number = models.BigIntegerField()
    root = models.BooleanField(default=True, help_text=_("Named itself, not frozen along."))
    way = models.CharField(max_length=7, choices=Way.choices, default=Way.DESTROY)
    done = models.BooleanField(default=False, help_text=_("Redacted; what was destroyed is gone."))

    objects = PolicyManager()

    class Meta:
        indexes = [models.Index(fields=["label", "number"], name="frozen_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(hold=None, order__isnull=False) | Q(hold__isnull=False, order=None),
                name="frozen_by_a_hold_or_an_order",
            ),
            models.UniqueConstraint(
                fields=["hold", "order", "label", "number"],
                name="frozen_once",
                nulls_distinct=False,
            ),
        ]


class WithoutWords(PolicyManager):
    """Nobody selects the words: one function gives them, which records the reading first."""

    def get_queryset(self):
        return super().get_queryset().defer("words")


class CourtCopy(OfAgency, SealedRow):
    """Text that was recalled while a hold stood: for counsel and the court, and for nobody else."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="copies")
    label = models.CharField(max_length=100)
    number = models.BigIntegerField()
    words = RoomSealedTextField()
    kept_by = _person()
    kept_at = models.DateTimeField()

    objects = WithoutWords()


class PurgeRun(models.Model):
    """A purge and, once finished, its certificate: counts by table, class and rule, no name."""

    class Kind(models.TextChoices):
        DUE = "due", _("What was due")
        ORDER = "order", _("An order")
        REPLAY = "replay", _("Again after a restore")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    ran_by = _person(null=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    previous = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(finished_at=None) & ~Q(kind="order"),
                name="one_purge_of_a_kind_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, hash="")
                | (Q(finished_at__isnull=False) & ~Q(hash="")),
                name="finished_purge_is_certified",
            ),
        ]


class PurgeTally(models.Model):
    """How many rows of one table, class and rule a purge removed; or copies, by their kind."""

    run = models.ForeignKey(PurgeRun, on_delete=models.PROTECT, related_name="tallies")
    what = models.CharField(max_length=100)
    record_class = models.CharField(max_length=24, default="")
    rule = models.CharField(max_length=40, default="")
    way = models.CharField(max_length=8, default="destroy")
    rows = models.PositiveIntegerField()

    objects = PolicyManager()

    class Meta:
        ordering = ["what", "record_class", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "what", "record_class", "rule", "way"], name="one_tally_of_a_kind"
            )
        ]


class LogRemoval(models.Model):
    """The oldest part of the audit log, taken away by two people; the seals' roots remain.

    The numbers of the removed rows are in a column of their own (`ids`), for the verification.
    """

    older_than = models.DateField()
    asked_by = _person()
    asked_on = models.DateField()
    approved_by = _person(null=True)
    done_at = models.DateTimeField(null=True)
    rows = models.BigIntegerField(null=True)
    last_batch = models.BigIntegerField(null=True)
    root = models.CharField(max_length=64, default="")
    signature = models.TextField(default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(older_than__lte=F("asked_on") - timedelta(LOG_DAYS)),
                name="audit_log_is_kept_a_year",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")),
                name="log_removal_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(approved_by__isnull=False, rows__isnull=False),
                name="log_removal_has_two_people",
            ),
        ]
