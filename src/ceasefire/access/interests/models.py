"""What people on the staff declare, and which records came near to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.sealing.fields import SealedTextField
from ceasefire.access.sealing.models import SealedRow, SearchToken

RECORD_KEY = r"^[a-z0-9_]+\.[a-z0-9_]+:[1-9][0-9]{0,17}$"


class DeclaredInterest(SealedRow):
    """Somebody whom this account may not look up. Only the account itself reads it."""

    class Relation(models.TextChoices):
        SELF = "self", _("Myself")
        PARTNER = "partner", _("Partner, or a former one")
        FAMILY = "family", _("Family")
        HOUSEHOLD = "household", _("Lives in my home")
        FRIEND = "friend", _("Close friend")
        OTHER = "other", _("Somebody else whom I should not look up")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    relation = models.CharField(max_length=9, choices=Relation.choices)
    name = SealedTextField(room=Room.AGGREGATE)
    address = SealedTextField(room=Room.AGGREGATE, null=True, blank=True)
    words = models.PositiveSmallIntegerField(help_text=_("How many words the name has."))
    declared_at = models.DateTimeField(default=timezone.now)

    objects = PolicyManager()

    class Meta:
        ordering = ["-declared_at", "-id"]
        constraints = [
            models.CheckConstraint(name="declared_name_has_a_word", condition=Q(words__gte=1))
        ]

    def __str__(self):
        return f"{self.pk}"


class InterestToken(SearchToken):
    """One keyed hash of a declared name or address: which of its words, and how close it is."""

    class Near(models.TextChoices):
        SAME = "same", _("the same word")
        LIKE = "like", _("a word like it")
        ADDRESS = "address", _("the whole address")

    interest = models.ForeignKey(DeclaredInterest, on_delete=models.CASCADE, related_name="tokens")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    word = models.PositiveSmallIntegerField()
    near = models.CharField(max_length=7, choices=Near.choices)

    objects = PolicyManager()

    def __str__(self):
        return f"{self.interest_id}/{self.word}"


class InterestFlag(models.Model):
    """An account came near a record that may be of somebody it declared; a reviewer decides.

    Until then the whole name keeps the record closed to that account; a name like it, a surname or
    an address does not. Where the record is a declaration, its account wishes to take it back.
    """

    class Found(models.TextChoices):
        NAME = "name", _("the whole name")
        LIKE = "like", _("a name like it")
        SURNAME = "surname", _("a surname")
        ADDRESS = "address", _("the address")
        REVIEWER = "reviewer", _("said by the reviewer")
        TAKE_BACK = "take_back", _("wishes to take a declaration back")

    class Decision(models.TextChoices):
        CLOSED = "closed", _("This account may not open it")
        OPEN = "open", _("This account may open it")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    record = models.CharField(max_length=120)
    found = models.CharField(max_length=9, choices=Found.choices)
    made_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=6, choices=Decision.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True, default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "record"], name="one_flag_per_record"),
            models.CheckConstraint(
                name="flag_names_a_record", condition=Q(record__regex=RECORD_KEY)
            ),
            models.CheckConstraint(
                name="decided_flag_says_why",
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(because="")),
            ),
            models.CheckConstraint(
                name="flag_is_decided_by_somebody_else",
                condition=Q(decided_by=None) | ~Q(decided_by=F("account")),
            ),
        ]

    def __str__(self):
        return self.record
