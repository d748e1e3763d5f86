"""Attestations, agencies with delegated authority, and requests by immigration authorities."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.sealing.fields import SealedTextField
from ceasefire.access.sealing.models import SealedRow

# A quarter has 92 days at most; the clocks may go back an hour in it.
LONGEST_QUARTER = Func(
    F("attested_at"),
    template="(%(expressions)s + interval '2209 hours')",
    output_field=models.DateTimeField(),
)


class DelegatedAuthority(models.Model):
    """An agency that is not federal, but was delegated authority to enforce immigration law."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PolicyManager()

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "delegated authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(ended_on=None), name="one_delegation_at_a_time"
            ),
            models.CheckConstraint(
                name="delegation_ends_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
            ),
            models.CheckConstraint(name="delegation_says_its_source", condition=~Q(source="")),
        ]

    def __str__(self):
        return f"{self.agency}"


class FederalAttestation(models.Model):
    """What a person said about immigration enforcement; it counts until the quarter's midnight."""

    class Answer(models.TextChoices):
        NO_DUTY = "no_duty", _("I have no immigration enforcement duty, and am detailed to none")
        DETAILED = "detailed", _("I have such a duty, or am detailed to it")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    attested_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    objects = PolicyManager()

    class Meta:
        ordering = ["-attested_at", "-id"]
        indexes = [models.Index(fields=["account", "ends_at"], name="attestations_of_an_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency", "ends_at", "answer"], name="one_answer_each_quarter"
            ),
            models.CheckConstraint(
                name="attestation_lasts_a_quarter_at_most",
                condition=Q(ends_at__gt=F("attested_at")) & Q(ends_at__lte=LONGEST_QUARTER),
            ),
        ]

    def __str__(self):
        return f"{self.account}, {self.get_answer_display()}"


class ImmigrationRequest(SealedRow):
    """A request for information by an immigration authority, as it came, and its answer.

    There are two answers: refused, or a judge's warrant handed to the city attorney. Nothing is
    given by anyone who uses this software.
    """

    class Means(models.TextChoices):
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail or message")
        LETTER = "letter", _("Letter or form")
        IN_PERSON = "in_person", _("In person")
        DATABASE = "database", _("A shared system or portal")
        COLLEAGUE = "colleague", _("Through a colleague or another agency")

    class About(models.TextChoices):
        ADDRESS = "address", _("An address or where somebody is")
        APPOINTMENT = "appointment", _("An appointment with probation, court or a service")
        CUSTODY = "custody", _("Custody, or a day of release")
        STATUS = "status", _("Immigration status, citizenship or birthplace")
        RECORD = "record", _("Another record of a person")
        ACCESS = "access", _("Entry to a place, a person or a system")
        OTHER = "other", _("Something else")

    class Answer(models.TextChoices):
        REFUSED = "refused", _("Refused")
        ATTORNEY = "attorney", _("A judge's warrant, handed to the city attorney")

    received_at = models.DateTimeField()
    body = models.CharField(max_length=120)
    official = models.CharField(max_length=120, blank=True, default="")
    means = models.CharField(max_length=9, choices=Means.choices)
    about = models.CharField(max_length=11, choices=About.choices)
    words = SealedTextField(room=Room.AGGREGATE, null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    warrant = models.CharField(max_length=200, blank=True, default="")
    attorney_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PolicyManager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(name="request_says_who_asked", condition=~Q(body="")),
            models.CheckConstraint(
                name="request_is_recorded_after_it_came",
                condition=Q(recorded_at__gte=F("received_at")),
            ),
            models.CheckConstraint(
                name="request_is_refused_or_goes_to_the_attorney",
                condition=Q(answer="refused", warrant="", attorney_on=None)
                | (Q(answer="attorney", attorney_on__isnull=False) & ~Q(warrant="")),
            ),
        ]

    def __str__(self):
        return f"{self.body}, {self.received_at:%Y-%m-%d}"
