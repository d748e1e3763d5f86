"""A tie of a person, the sources that it stands on, and the steps by which it came to stand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept


class Affiliation(Kept):
    """A person's tie to a group or to a side of a conflict. It ends with `purge_on`.

    grounds, attested, notified_on, delayed_until, contest_due and reviewed_on follow from the
    citations and the steps: the database writes them, and nobody else.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        ASSOCIATE = "associate", _("Associate")
        PAST = "past", _("Member in the past")
        PARTY = "party", _("Party to the conflict")

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        MODERATE = "moderate", _("Moderate")
        HIGH = "high", _("High")

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="affiliations"
    )
    group = models.ForeignKey(
        "registry.Group", on_delete=models.PROTECT, null=True, related_name="affiliations"
    )
    side = models.ForeignKey(
        "registry.Side", on_delete=models.PROTECT, null=True, related_name="affiliations"
    )
    role = models.CharField(_("as"), max_length=9, choices=Role.choices)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices)
    suspicion = models.TextField(
        _("reasonable suspicion"),
        help_text=_("Which crime, and why this tie bears on it. No opinion, belief or origin."),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    drafted_at = models.DateTimeField(auto_now_add=True)
    review_due = models.DateField(help_text=_("Half of its time."))
    grounds = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text=_("Independent qualifying sources.")
    )
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    attested_at = models.DateTimeField(null=True)
    notified_on = models.DateField(null=True)
    delayed_until = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    contest_due = models.DateField(null=True)

    record_classes = (RecordClass.AFFILIATION, RecordClass.AFFILIATION_JUVENILE)
    DERIVED = (
        "grounds", "attested_by", "attested_at", "notified_on", "delayed_until", "reviewed_on",
        "contest_due", "review_due",
    )  # fmt: skip

    objects = PolicyManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="tie_is_to_a_group_or_to_a_side",
                condition=(Q(group__isnull=False, side=None) & ~Q(role="party"))
                | Q(group=None, side__isnull=False, role="party"),
            ),
            models.CheckConstraint(name="tie_says_its_suspicion", condition=~Q(suspicion="")),
            models.CheckConstraint(
                name="tie_is_attested_by_another",
                condition=Q(attested_at=None, attested_by=None)
                | (
                    Q(attested_at__isnull=False, attested_by__isnull=False)
                    & ~Q(attested_by=F("drafted_by"))
                ),
            ),
            models.CheckConstraint(
                name="tie_is_reviewed_before_it_ends",
                condition=Q(review_due__gte=F("basis_on")) & Q(review_due__lte=F("purge_on")),
            ),
            models.CheckConstraint(
                name="notice_and_delay_follow_attestation",
                condition=Q(attested_at__isnull=False) | Q(notified_on=None, delayed_until=None),
            ),
        ]

    def __str__(self):
        return _("Tie %(number)s") % {"number": self.pk}

    @property
    def juvenile(self) -> bool:
        return self.record_class == RecordClass.AFFILIATION_JUVENILE


class Citation(models.Model):
    """What one stored source says that bears on a tie."""

    class Criterion(models.TextChoices):
        """What counts (`criteria.QUALIFYING`) comes first; the rest never counts."""

        OWN_WORD = "own_word", _("Said so themselves, on record")
        COURT = "court", _("A court found it, or a plea says it")
        TOOK_PART = "took_part", _("Took part in violence with the group or side")
        NAMED = "named", _("Named by a witness whom the report identifies")
        ATTACKED = "attacked", _("Attacked as one of the group or side")
        PAPERS = "papers", _("Named in the group's own papers or messages")
        ARREST = "arrest", _("Arrested")
        PLACE = "place", _("Lives or was seen there")
        KINSHIP = "kinship", _("Related to, or seen with")
        CLOTHING = "clothing", _("Clothing, colours, tattoos or signs")
        ONLINE = "online", _("Something on social media")

    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(
        "registry.Source", on_delete=models.PROTECT, related_name="citations"
    )
    criterion = models.CharField(_("it shows"), max_length=9, choices=Criterion.choices)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation", "source"], name="a_source_is_cited_once_for_a_tie"
            ),
        ]


class TieStep(models.Model):
    """One step of one tie: who took it, when, and in which words. It stays as it was taken."""

    class Kind(models.TextChoices):
        ATTEST = "attest", _("Attested")
        NOTICE = "notice", _("Notice given")
        DELAY = "delay", _("Delay of the notice asked for")
        APPROVE = "approve", _("Delay approved")
        REVIEW = "review", _("Reviewed, and stands")
        CONTEST = "contest", _("Contested")
        UPHOLD = "uphold", _("Contest decided: it stands")
        END = "end", _("Ended")

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        LETTER = "letter", _("By letter")
        COUNSEL = "counsel", _("Through counsel")

    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    way = models.CharField(max_length=9, choices=Way.choices, default="")
    to_guardian = models.BooleanField(default=False)
    answers = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="answered_by"
    )
    words = models.TextField(default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="step_gives_its_reasons", condition=Q(kind="notice") | ~Q(words="")
            ),
            models.CheckConstraint(
                name="notice_says_when_and_how",
                condition=~Q(kind="notice") | (Q(on__isnull=False) & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="delay_and_contest_have_a_day",
                condition=~Q(kind__in=["delay", "contest"]) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="an_approval_answers_a_delay",
                condition=Q(kind="approve", answers__isnull=False)
                | (~Q(kind="approve") & Q(answers=None)),
            ),
        ]
