"""A study, its editions, what was found, and the figures from outside that it needs.

No person stands in an edition: figures, codes, and groups by their number. What an edition froze
it keeps; the database refuses to change it.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager


def _account(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", **more
    )


class Study(models.Model):
    """What is studied: the days, which shootings, what is left out."""

    title = models.CharField(_("title"), max_length=120)
    starts = models.DateField(_("shootings from"))
    ends = models.DateField(_("shootings to"))
    kinds = models.JSONField(_("kinds of shooting"))
    exclude = models.JSONField(_("words of an offence that leave a shooting out"), default=list)
    as_known = models.DateField(_("as known at the end of"), null=True, blank=True)
    # While it is being built: from 0 to 1. trouble: why the last building stopped, in words.
    progress = models.FloatField(null=True)
    trouble = models.TextField(default="")
    made_by = _account()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = "studies"
        ordering = ["-ends", "-id"]
        constraints = [
            models.CheckConstraint(name="study_is_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="study_ends_after_it_starts", condition=Q(ends__gt=F("starts"))
            ),
        ]

    def __str__(self):
        return self.title


class Edition(models.Model):
    """What a study said when it was built. A draft gives way to the next; a frozen one stays."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FROZEN = "frozen", _("Frozen")

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="editions")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    plan = models.JSONField(help_text=_("Days, kinds, exclusions and the definition in force."))
    items = models.JSONField(encoder=DjangoJSONEncoder)
    data_hash = models.CharField(max_length=64, help_text=_("Of all that was read."))
    code_version = models.CharField(max_length=100)
    content_hash = models.CharField(max_length=64, help_text=_("Of all that it says."))
    as_of = models.DateTimeField(null=True)
    built_at = models.DateTimeField(auto_now_add=True)
    built_by = _account()
    seconds = models.FloatField(default=0)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = _account()

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study"], condition=Q(state="draft"), name="one_draft_of_a_study"
            ),
            models.CheckConstraint(
                name="frozen_edition_says_when",
                condition=Q(state="frozen", frozen_at__isnull=False)
                | Q(state="draft", frozen_at=None),
            ),
        ]

    def __str__(self):
        return _("Edition %(n)s") % {"n": self.pk}


class PublicEdition(models.Model):
    """What everybody may read of a frozen edition: no group, no small cell of people."""

    # The number of the edition that it was made from; that stays behind its own wall.
    edition = models.BigIntegerField(unique=True)
    title = models.CharField(max_length=120)
    city = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField()
    items = models.JSONField(encoder=DjangoJSONEncoder)
    content_hash = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = _account()

    objects = PolicyManager()

    class Meta:
        ordering = ["-published_at"]

    def __str__(self):
        return self.title


class Finding(models.Model):
    """What a study found, or what it recommends: whose it is, and until when."""

    class Kind(models.TextChoices):
        FINDING = "finding", _("Finding")
        RECOMMENDATION = "recommendation", _("Recommendation")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    words = models.TextField(_("in words"))
    stands_on = models.CharField(
        _("stands on"), max_length=60, default="", blank=True,
        help_text=_("The tables that it stands on, for example: T1, F21."),
    )  # fmt: skip
    owner = _account()
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    public = models.BooleanField(_("in the public edition"), default=False)
    made_by = _account()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(name="finding_is_told", condition=~Q(words="")),
            models.CheckConstraint(
                name="recommendation_has_an_owner_and_a_day",
                condition=~Q(kind="recommendation") | Q(owner__isnull=False, due__isnull=False),
            ),
        ]


class Reference(models.Model):
    """A small table of published figures, as somebody loaded it, with its source."""

    class Kind(models.TextChoices):
        POPULATION = "population", _("Residents")
        PEERS = "peers", _("Other cities' rates")
        COSTS = "costs", _("Costs of a shooting")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    rows = models.JSONField()
    source = models.TextField(_("source"), help_text=_("Publisher, title, year, page or address."))
    file_name = models.CharField(max_length=255)
    loaded_by = _account()
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["kind", "-id"]
        constraints = [
            models.CheckConstraint(name="reference_has_a_source", condition=~Q(source="")),
        ]
