"""A list from an earlier programme, its rows until they are decided, and what was attested."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.names import NamedRow, NameField
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept
from ceasefire.registry.people.models import Said

# How long a row waits to be attested, and how long what was attested stands before its review.
WAITING_DAYS, REVIEW_DAYS = 30, 366


def _account(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more
    )


class PriorList(models.Model):
    """One file of such a list. It names nobody: it counts what became of its rows.

    attested, refused and destroyed are the database's own counts.
    """

    feed = models.ForeignKey("intake.Feed", on_delete=models.PROTECT, related_name="+")
    batch = models.OneToOneField("intake.Batch", on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        "access.Agency", on_delete=models.PROTECT, related_name="+",
        help_text=_("Whose analysts loaded it, and alone see its rows."),
    )  # fmt: skip
    loaded_by = _account()
    loaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    attested = models.PositiveIntegerField(default=0, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    destroyed = models.PositiveIntegerField(default=0, editable=False)

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="no_more_is_decided_than_came",
                condition=Q(rows__gte=F("attested") + F("refused") + F("destroyed")),
            ),
        ]

    @property
    def waiting(self) -> int:
        return self.rows - self.attested - self.refused - self.destroyed


class PriorRow(Kept, NamedRow):
    """One row that waits. What it says is taken out by the decision, or with the row in time."""

    class Outcome(models.TextChoices):
        WAITS = "", _("Waits")
        ATTESTED = "attested", _("Attested")
        REFUSED = "refused", _("Not taken in")

    prior_list = models.ForeignKey(PriorList, on_delete=models.PROTECT, related_name="held")
    keeper = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField()
    record_key = models.UUIDField(help_text=_("Keyed hash of all that says who it is."))
    said = NameField(help_text=_("Who it is, as read. Empty once decided."))
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default="")
    decided_by = _account(null=True)
    decided_at = models.DateTimeField(null=True)

    record_classes = (RecordClass.INTELLIGENCE,)
    redacts = {"said": ""}

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["prior_list", "record_key"], name="a_list_names_somebody_once"
            ),
            models.CheckConstraint(
                name="an_unattested_row_waits_30_days",
                condition=Q(purge_on__lte=F("basis_on") + timedelta(days=WAITING_DAYS)),
            ),
            models.CheckConstraint(
                name="a_decided_row_says_nothing_more",
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | Q(said="", decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]


class ListNaming(Said):
    """That an earlier list of an agency named somebody, as one person attested of that one row.

    It is no tie, no group and no label. With `review_by` it is gone.
    """

    on = models.DateField(_("date of the list"))
    document = models.TextField(_("document"))
    number = models.TextField(_("its number"))
    basis = models.TextField(_("on what basis"))
    purpose = models.TextField(_("what it is for"))
    review_by = models.DateField(_("review by"))
    attested_by = _account()
    attested_at = models.DateTimeField()

    record_classes = (RecordClass.INTELLIGENCE,)

    objects = PolicyManager()

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["person", "-on"], name="namings_of_a_person")]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                name="naming_is_told_in_words",
                condition=~Q(document="") & ~Q(number="") & ~Q(basis="") & ~Q(purpose=""),
            ),
            models.CheckConstraint(
                name="naming_ends_with_its_review", condition=Q(purge_on__lte=F("review_by"))
            ),
        ]
