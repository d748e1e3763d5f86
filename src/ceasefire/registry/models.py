"""The agreed facts about shootings, and where each of them came from."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.registry.facts import IncidentFacts, PlaceFound, VictimFacts


class City(models.Model):
    """The one city that this installation serves."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60)
    projected_system = models.PositiveIntegerField(
        help_text=_("EPSG code of the city's projected system; distances are computed in it.")
    )
    review_weekday = models.PositiveSmallIntegerField(
        default=1, help_text=_("Day of the weekly shooting review: 0 Monday to 6 Sunday.")
    )

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = "cities"
        constraints = [
            models.CheckConstraint(name="one_city", condition=Q(id=1)),
            models.CheckConstraint(
                name="review_weekday_is_a_weekday", condition=Q(review_weekday__lte=6)
            ),
        ]

    def __str__(self):
        return self.name


class Definition(models.Model):
    """A local definition, from the day it takes effect. A figure always says which one it used."""

    class Kind(models.TextChoices):
        VERIFIED_SHOOTING = "verified_shooting", _("What counts as a verified shooting")
        AGE_BANDS = "age_bands", _("Age bands")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    effective_from = models.DateField()
    value = models.JSONField()
    words = models.TextField(help_text=_("The definition in words, as a page prints it."))

    objects = PolicyManager()

    class Meta:
        ordering = ["kind", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "effective_from"], name="one_definition_per_day"
            ),
        ]


class BoundaryLayer(models.Model):
    """One of the city's own boundary files, as it was read."""

    class Kind(models.TextChoices):
        CITY = "city", _("City limits")
        DISTRICT = "district", _("Districts")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhoods")

    kind = models.CharField(max_length=13, choices=Kind.choices)
    effective_from = models.DateField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    name_property = models.CharField(max_length=120)
    report = models.JSONField(default=list, help_text=_("Rings that were repaired, in words."))

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "effective_from"], name="one_layer_per_day"),
        ]


class Boundary(models.Model):
    layer = models.ForeignKey(BoundaryLayer, on_delete=models.CASCADE, related_name="boundaries")
    name = models.TextField()
    geometry = models.JSONField(help_text=_("GeoJSON geometry in longitude and latitude."))

    objects = PolicyManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "boundaries"


class Incident(IncidentFacts, PlaceFound):
    """One shooting, with the values that stand today."""

    class Kind(models.TextChoices):
        FATAL = "fatal", _("Fatal shooting")
        INJURY = "injury", _("Injury shooting")
        NO_INJURY = "no_injury", _("Shooting without injury")
        UNKNOWN = "unknown", _("Injury not known")

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("Verified")
        HOLD = "hold", _("On hold")
        UNFOUNDED = "unfounded", _("Unfounded")

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, db_index=False)
    feed = models.ForeignKey(
        "intake.Feed",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        help_text=_("The feed whose values lead; empty for a shooting entered by hand."),
    )
    incident_key = models.UUIDField(
        help_text=_("From the number, or from date, time and place where there is none.")
    )
    # Worked out by the database, so that no two ways of writing a shooting can disagree.
    kind = models.GeneratedField(
        expression=Case(
            When(killed__gt=0, then=Value("fatal")),
            When(Q(injured=True) | Q(wounded__gt=0) | Q(victims__gt=0), then=Value("injury")),
            When(Q(injured=False) | Q(victims=0), then=Value("no_injury")),
            default=Value("unknown"),
        ),
        output_field=models.CharField(max_length=9, choices=Kind.choices),
        db_persist=True,
    )
    verification = models.CharField(
        max_length=9, choices=Verification.choices, default=Verification.VERIFIED
    )
    verification_reason = models.TextField(default="")
    first_known = models.DateTimeField(help_text=_("As-of time of the first source."))
    last_changed = models.DateTimeField(help_text=_("As-of time of the last change."))
    withheld_at = models.DateTimeField(
        null=True, help_text=_("The publisher dropped it; withheld until somebody has looked.")
    )
    review_due = models.DateField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-occurred_on", "-id"]
        indexes = [models.Index(fields=["occurred_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "incident_key"], name="one_incident_per_agency_and_key"
            ),
            models.CheckConstraint(
                name="occurred_to_is_not_before_from",
                condition=Q(occurred_to=None) | Q(occurred_to__gte=F("occurred_from")),
            ),
            models.CheckConstraint(
                name="unfounded_says_why",
                condition=~Q(verification="unfounded") | ~Q(verification_reason=""),
            ),
            models.CheckConstraint(
                name="withheld_is_due_for_review",
                condition=Q(withheld_at=None) | Q(review_due__isnull=False),
            ),
            models.CheckConstraint(
                name="place_has_both_coordinates_or_none",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self):
        return self.incident_number or f"#{self.pk}"


class SourceRecord(IncidentFacts, VictimFacts, PlaceFound):
    """What one row of one publication said, and from when until when it was the latest word.

    The register as known on a date is the records with known_from <= date < known_to.
    """

    feed = models.ForeignKey("intake.Feed", on_delete=models.PROTECT, db_index=False)
    batch = models.ForeignKey("intake.Batch", on_delete=models.PROTECT, db_index=False)
    row_number = models.PositiveIntegerField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="records")
    content_key = models.UUIDField()
    rest_key = models.UUIDField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        help_text=_("The record whose place this one took when the publisher changed the row."),
    )

    objects = PolicyManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["feed", "content_key"], condition=Q(known_to=None), name="current_records"
            ),
            models.Index(fields=["occurred_on"]),
            # Rows arrive batch by batch, so an index of block ranges finds a batch, and it costs a
            # load next to nothing.
            BrinIndex(fields=["batch"], name="records_of_a_batch"),
            models.Index(
                fields=["feed", "withheld_at"],
                condition=Q(withheld_at__isnull=False),
                name="withheld_records",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="known_to_is_after_known_from",
                condition=Q(known_to=None) | Q(known_to__gte=F("known_from")),
            ),
        ]


class Victim(VictimFacts):
    """A person hit in a shooting, without a name: the register of people is a later part."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="victim_rows")
    record = models.OneToOneField(
        SourceRecord,
        on_delete=models.PROTECT,
        null=True,
        help_text=_("The published row; empty for a victim entered by hand."),
    )

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]


class Correction(models.Model):
    """A value set by hand. It outlives later imports, with the source's value beside it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    reason = models.TextField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "field"],
                condition=Q(withdrawn_at=None),
                name="one_standing_correction_per_field",
            ),
            models.CheckConstraint(name="correction_has_a_reason", condition=~Q(reason="")),
        ]


# Django finds an app's models here alone.
from ceasefire.registry.affiliations import models as _affiliations  # noqa: E402, F401
from ceasefire.registry.conflicts import models as _conflicts  # noqa: E402, F401
from ceasefire.registry.groups import models as _groups  # noqa: E402, F401
from ceasefire.registry.matching import models as _matching  # noqa: E402, F401
from ceasefire.registry.merging import models as _merging  # noqa: E402, F401
from ceasefire.registry.people import models as _people  # noqa: E402, F401
from ceasefire.registry.prior_lists import models as _prior_lists  # noqa: E402, F401
from ceasefire.registry.search import models as _search  # noqa: E402, F401
from ceasefire.registry.sources import models as _sources  # noqa: E402, F401
