"""Consents as they were given or refused, and what their discloser's people must be told."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept
from ceasefire.access.sealing.fields import SealedTextField
from ceasefire.access.sealing.models import SealedRow

PERSON_KEY = r"^[a-z0-9_]+\.[a-z0-9_]+:[1-9][0-9]{0,17}$"
LONGEST_MONTHS = 12


def _a_year_after(field: str) -> Func:
    return Func(
        F(field),
        template=f"(%(expressions)s + interval '{LONGEST_MONTHS} months')",
        output_field=models.DateTimeField(),
    )


def _day_after(field: str) -> Func:
    return Func(
        F(field),
        template="((%(expressions)s AT TIME ZONE 'UTC')::date + 1)",
        output_field=models.DateField(),
    )


class Consent(Kept, SealedRow):
    """What one person said about telling one recipient: yes until a day, or no.

    It never changes but by being taken back, once. Telling means one recipient: who agrees to two
    signs two. For a minor two voices count, the person's own and a parent's or guardian's.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")

    class Voice(models.TextChoices):
        PERSON = "person", _("The person")
        GUARDIAN = "guardian", _("A parent or guardian")

    class Method(models.TextChoices):
        PAPER = "paper", _("Signed on paper")
        SCREEN = "screen", _("Name typed on this screen")
        SPOKEN = "spoken", _("Said aloud before a witness")

    class Told(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By telephone")
        MESSAGE = "message", _("By a message")
        LETTER = "letter", _("By letter")
        OTHERS = "others", _("Through somebody else")

    person_key = models.CharField(max_length=120)
    discloser = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        "access.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recipient_outside = SealedTextField(room=Room.SERVICES, null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=40))
    purpose = SealedTextField(room=Room.SERVICES)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    voice = models.CharField(max_length=8, choices=Voice.choices)
    guardian_needed = models.BooleanField(default=False)
    given_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=6, choices=Method.choices, blank=True, default="")
    signature = SealedTextField(room=Room.SERVICES, null=True, blank=True)
    witness = SealedTextField(room=Room.SERVICES, null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_how = models.CharField(max_length=9, choices=Told.choices, blank=True, default="")

    record_classes = (RecordClass.CONSENT,)

    objects = PolicyManager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "person_key"], name="consent_to_a_recipient"),
            models.Index(fields=["discloser", "person_key"], name="consent_of_a_person"),
            models.Index(fields=["discloser", "expires_on"], name="consent_by_its_last_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_names_a_person", condition=Q(person_key__regex=PERSON_KEY)
            ),
            models.CheckConstraint(
                name="consent_has_one_recipient",
                condition=Q(recipient=None, recipient_outside__isnull=False)
                | Q(recipient__isnull=False, recipient_outside__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_tells_somebody_else",
                condition=Q(recipient=None) | ~Q(recipient=F("discloser")),
            ),
            models.CheckConstraint(
                name="consent_says_what_it_covers", condition=Q(scopes__len__gte=1)
            ),
            models.CheckConstraint(
                name="consent_ends_within_twelve_months",
                condition=Q(answer="declined", expires_on=None)
                | Q(
                    answer="agreed",
                    expires_on__isnull=False,
                    expires_on__gte=F("given_on"),
                    expires_on__lte=_a_year_after("given_on"),
                ),
            ),
            models.CheckConstraint(
                # Somewhere it is tomorrow already.
                name="consent_is_given_before_it_is_recorded",
                condition=Q(given_on__lte=_day_after("recorded_at")),
            ),
            models.CheckConstraint(
                name="consent_is_signed_or_witnessed",
                condition=Q(answer="declined")
                | Q(method__in=["paper", "screen"], signature__isnull=False)
                | Q(method="spoken", witness__isnull=False),
            ),
            models.CheckConstraint(
                name="a_guardian_speaks_for_a_minor",
                condition=Q(voice="person") | Q(voice="guardian", guardian_needed=True),
            ),
            models.CheckConstraint(
                name="consent_taken_back_says_how",
                condition=Q(revoked_at=None, revoked_how="", revoked_by=None)
                | (Q(revoked_at__isnull=False) & ~Q(revoked_how="")),
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def is_live(self, today) -> bool:
        """Agreed, begun, not over and not taken back. Whether it opens anything is asked anew."""
        return (
            self.answer == self.Answer.AGREED
            and self.revoked_at is None
            and self.given_on <= today <= self.expires_on
        )

    @property
    def is_refusal(self) -> bool:
        """A refusal that stands."""
        return self.answer == self.Answer.DECLINED and self.revoked_at is None


class ConsentNotice(models.Model):
    """What the discloser's people must know at once: from now on nothing may be shared."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="notices")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PolicyManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["consent"], name="one_notice_of_a_consent"),
            models.CheckConstraint(
                name="seen_notice_says_by_whom",
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.consent_id}"
