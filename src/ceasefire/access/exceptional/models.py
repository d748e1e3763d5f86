"""Openings of hidden records, and the days on which nobody is expected to review one."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.policies import PolicyManager

LONGEST = timedelta(minutes=60)
# How fresh the second factor is.
STEP_UP_WITHIN = timedelta(minutes=5)
# Three business days, with a weekend and any run of holidays between.
REVIEW_WITHIN = timedelta(days=14)


def _staff(**options) -> models.ForeignKey:
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, on_delete=models.PROTECT, related_name="+", **options)


class Opening(models.Model):
    """One hidden record, opened to one person in one session. Written by functions alone."""

    model = models.CharField(max_length=60)
    record = models.BigIntegerField()
    room = models.CharField(max_length=20, choices=Room.choices)
    owner = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    opened_by = _staff()
    session = models.BigIntegerField()
    reason = models.TextField()
    stepped_up_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The owner's people have been told; one of them says that it was read.
    seen_by = _staff(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    review_due = models.DateTimeField()
    reviewed_by = _staff(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)
    review_words = models.TextField(blank=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("opened_at"),
                    ends_at__lte=F("opened_at") + LONGEST,
                ),
                name="opening_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="opening_closes_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__lte=F("stepped_up_at") + STEP_UP_WITHIN),
                name="opening_follows_a_fresh_second_factor",
            ),
            models.CheckConstraint(
                condition=Q(room__in=[room.value for room in CLOSED_ROOMS]),
                name="opening_is_in_a_closed_room",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S.{18,}\S"), name="opening_says_why"
            ),
            models.CheckConstraint(
                condition=Q(review_due__gt=F("opened_at"))
                & Q(review_due__lte=F("opened_at") + REVIEW_WITHIN),
                name="opening_is_reviewed_in_time",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")),
                name="nobody_reviews_their_own_opening",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, justified=None, review_words="")
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & Q(justified__isnull=False, closed_at__isnull=False)
                    & ~Q(review_words="")
                ),
                name="a_reviewed_opening_is_closed_and_judged",
            ),
            models.UniqueConstraint(
                fields=["opened_by"],
                condition=Q(closed_at=None),
                name="one_open_record_for_one_person",
            ),
        ]

    def __str__(self):
        return f"{self.model}:{self.record}"

    @property
    def is_live(self) -> bool:
        return self.closed_at is None and timezone.now() < self.ends_at

    @property
    def is_late(self) -> bool:
        return self.reviewed_at is None and self.review_due < timezone.now()


class Holiday(models.Model):
    """A day on which the city's offices are closed; a weekend needs no row."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)

    objects = PolicyManager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"
