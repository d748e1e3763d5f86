"""Requests of people about their own records, each holder's answer, contests, and corrections."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.names import NamedRow, SealedNameField
from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept
from ceasefire.access.sealing.fields import SealedJSONField, SealedTextField
from ceasefire.access.sealing.models import SealedRow

# From the day on which somebody showed who they are; a decision from the day of the contest.
ANSWER_DAYS = DECISION_DAYS = APPEAL_DAYS = 30
PERSON_KEY = r"^[a-z0-9_]+\.[a-z0-9_]+:[1-9][0-9]{0,17}$"


def _account(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **more
    )


def _agency(**more):
    return models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", **more)


def _days_after(field: str, days: int) -> Func:
    """At most so many days after a moment; somewhere it is tomorrow already."""
    return Func(
        F(field),
        template=f"((%(expressions)s AT TIME ZONE 'UTC')::date + {days + 1})",
        output_field=models.DateField(),
    )


class Request(Kept, SealedRow, NamedRow):
    """What one person asks about the own records, in whichever room they may lie."""

    class Kind(models.TextChoices):
        HELD = "held", _("Is anything held about me, and who received it?")
        CORRECT = "correct", _("Something held about me is wrong: correct it")
        CONTEST = "contest", _("I contest something that is held about me")

    class Means(models.TextChoices):
        WEB = "web", _("On the public page")
        PAPER = "paper", _("On paper")
        COUNTER = "counter", _("At a counter")

    class Shown(models.TextChoices):
        """How somebody showed who they are. The paper itself is looked at, and never copied."""

        DOCUMENT = "document", _("A document with a picture")
        NOTARY = "notary", _("A signature before a notary")
        KNOWN = "known", _("Known in person to two of the office")
        LAWYER = "lawyer", _("Through a lawyer with a written mandate")

    kind = models.CharField(max_length=7, choices=Kind.choices)
    means = models.CharField(max_length=7, choices=Means.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    name = SealedNameField(room=Room.AGGREGATE)
    born = SealedNameField(room=Room.AGGREGATE, null=True)
    contact = SealedNameField(room=Room.AGGREGATE)
    words = SealedNameField(room=Room.AGGREGATE, null=True)
    # Of the form: sent twice, it is one request.
    token = models.UUIDField(unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    taken_by = _account()
    agency = _agency(null=True)
    identity_on = models.DateField(null=True)
    identity_by = _account()
    identity_how = models.CharField(max_length=8, choices=Shown.choices, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = _account()
    closed_because = models.TextField(default="")

    record_classes = (RecordClass.CONSENT,)

    objects = PolicyManager()

    class Meta:
        # Whoever comes to it from what is owed is given no name either.
        base_manager_name = "objects"
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="identity_says_how_it_was_shown",
                condition=Q(identity_on=None, identity_how="")
                | (Q(identity_on__isnull=False) & ~Q(identity_how="")),
            ),
            models.CheckConstraint(
                name="closed_rights_request_says_why",
                condition=Q(closed_at=None) | ~Q(closed_because=""),
            ),
        ]

    def __str__(self):
        return f"R-{self.pk}"


# What is behind the names door.
NAMES = ("name", "born", "contact", "words")


class Due(models.Model):
    """That one holder owes an answer by a day. Every holder owes one; none says here which."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="dues")
    agency = _agency()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    review_asked_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency"], name="each_holder_owes_one_answer"
            ),
        ]

    def __str__(self):
        return str(self.request)


class Answer(SealedRow):
    """What one holder answered, in its own room: what is held, or that it cannot confirm."""

    class Outcome(models.TextChoices):
        GIVEN = "given", _("Tell what is held")
        CANNOT = "cannot", _("Neither confirm nor deny")

    class Review(models.TextChoices):
        STANDS = "stands", _("The answer is right")
        TELL = "tell", _("More is to be told: the holder answers anew")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="%(class)ss")
    agency = _agency()
    # A second answer follows where a reviewer found that more is to be told.
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    answered_by = _account()
    answered_at = models.DateTimeField()
    review_asked_at = models.DateTimeField(null=True)
    review_outcome = models.CharField(max_length=6, choices=Review.choices, default="")
    reviewed_by = _account()
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["request", "agency", "round"], name="one_%(class)s"),
            models.CheckConstraint(
                name="reviewed_%(class)s_says_why",
                condition=Q(review_outcome="", reviewed_at=None, review_words__isnull=True)
                | Q(reviewed_at__isnull=False, review_words__isnull=False) & ~Q(review_outcome=""),
            ),
        ]

    def __str__(self):
        return str(self.request)


class InvestigativeAnswer(Answer):
    told = SealedJSONField(room=Room.INVESTIGATIVE, null=True)
    because = SealedTextField(room=Room.INVESTIGATIVE, null=True)
    review_words = SealedTextField(room=Room.INVESTIGATIVE, null=True)
    objects = PolicyManager()


class SharedAnswer(Answer):
    told = SealedJSONField(room=Room.SHARED, null=True)
    because = SealedTextField(room=Room.SHARED, null=True)
    review_words = SealedTextField(room=Room.SHARED, null=True)
    objects = PolicyManager()


class ServicesAnswer(Answer):
    told = SealedJSONField(room=Room.SERVICES, null=True)
    because = SealedTextField(room=Room.SERVICES, null=True)
    review_words = SealedTextField(room=Room.SERVICES, null=True)
    objects = PolicyManager()


ANSWERS = {
    Room.INVESTIGATIVE: InvestigativeAnswer,
    Room.SHARED: SharedAnswer,
    Room.SERVICES: ServicesAnswer,
}


class Contest(SealedRow):
    """One entry of law enforcement's that its person contests, decided by somebody from outside.

    The database writes who decided, from which agency and when, and hides the entry while its
    decision is overdue, and for good once it is taken out.
    """

    class Outcome(models.TextChoices):
        STANDS = "stands", _("The entry stands")
        TAKEN_OUT = "taken_out", _("The entry is taken out")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="contests")
    entry = models.CharField(max_length=120, help_text=_("Which entry: its kind and number."))
    subject = models.CharField(max_length=120, help_text=_("Who contests it."))
    known_as = ArrayField(
        models.CharField(max_length=120),
        default=list,
        help_text=_("The keys under which readers were shown that person."),
    )
    agency = _agency(help_text=_("Whose entry it is said to be: the agency that wrote it."))
    entered_by = _account(help_text=_("Who entered or attested it; empty for nobody by name."))
    # Of its letters: who decides does not read the request itself.
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    says = SealedTextField(room=Room.INVESTIGATIVE)
    words = SealedTextField(room=Room.INVESTIGATIVE)
    opened_by = _account()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default="")
    reasons = SealedTextField(room=Room.INVESTIGATIVE, null=True)
    decided_by = _account()
    decided_agency = _agency(null=True)
    decided_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_due_on = models.DateField(null=True)
    appeal_words = SealedTextField(room=Room.INVESTIGATIVE, null=True)
    appeal_outcome = models.CharField(max_length=9, choices=Outcome.choices, default="")
    appeal_reasons = SealedTextField(room=Room.INVESTIGATIVE, null=True)
    appeal_by = _account()
    appeal_agency = _agency(null=True)
    appeal_decided_at = models.DateTimeField(null=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "entry"], name="an_entry_contested_once"),
            models.CheckConstraint(
                name="contest_names_an_entry",
                condition=Q(entry__regex=PERSON_KEY, subject__regex=PERSON_KEY),
            ),
            models.CheckConstraint(
                name="contest_is_due_within_thirty_days",
                condition=Q(due_on__lte=_days_after("opened_at", DECISION_DAYS)),
            ),
            models.CheckConstraint(
                name="decision_gives_reasons",
                condition=Q(outcome="", decided_at=None, reasons__isnull=True)
                | (Q(decided_at__isnull=False, reasons__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="decided_by_somebody_else_than_entered",
                condition=Q(decided_by=None) | Q(entered_by=None) | ~Q(decided_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="decided_by_somebody_else_than_opened",
                condition=Q(decided_by=None) | Q(opened_by=None) | ~Q(decided_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="decided_from_outside_the_unit",
                condition=Q(decided_at=None)
                | Q(decided_agency__isnull=False) & ~Q(decided_agency=F("agency")),
            ),
            models.CheckConstraint(
                name="appeal_comes_after_the_decision",
                condition=Q(appealed_at=None, appeal_due_on=None, appeal_decided_at=None)
                | Q(
                    decided_at__isnull=False,
                    appealed_at__isnull=False,
                    appeal_due_on__lte=_days_after("appealed_at", APPEAL_DAYS),
                    appeal_words__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="appeal_is_decided_by_an_outsider_with_reasons",
                condition=Q(appeal_outcome="", appeal_decided_at=None, appeal_reasons__isnull=True)
                | Q(appeal_decided_at__isnull=False, appeal_reasons__isnull=False)
                & ~Q(appeal_outcome="")
                & ~Q(appeal_by=F("decided_by"))
                & Q(appeal_agency__isnull=False)
                & ~Q(appeal_agency=F("agency"))
                & ~Q(appeal_agency=F("decided_agency")),
            ),
        ]

    def __str__(self):
        return f"C-{self.pk}"

    @property
    def stands(self) -> str:
        """What counts now: the appeal's outcome before the decision's."""
        return self.appeal_outcome or self.outcome


class Correction(models.Model):
    """One agency that received what has been taken out: it puts its own copies right, and says so.

    It names the entry by its key, and nothing of what the entry said.
    """

    entry = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    agency = _agency()
    last_received_at = models.DateTimeField()
    made_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = _account()
    done_how = models.TextField(default="")

    objects = PolicyManager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency"], name="one_correction_a_recipient"),
            models.CheckConstraint(
                name="correction_done_says_how",
                condition=Q(done_at=None) | ~Q(done_how=""),
            ),
        ]

    def __str__(self):
        return self.entry
