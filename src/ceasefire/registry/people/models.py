"""A person, the records in which agencies have written them, and the facts that came with these.

Each class of data that other people may read is a table of its own: row security is per row.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ceasefire.access.names import (
    BehindTheDoor,
    CriminalHistoryField,
    NameDateField,
    NamedRow,
    NameField,
)
from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.kept import Kept
from ceasefire.rights.contestable import Contestable

# What an order empties of a record.
IN_WORDS = ("number", "given", "middle", "family", "alias", "address", "phone", "plate")
# Nobody who is alive was born before this.
FIRST_BIRTH = "1900-01-01"
OLDEST = 120


class Person(Kept):
    """Somebody whom agencies' records are about; all that is known stands in those records."""

    class Entered(models.TextChoices):
        """Why somebody is in the register at all: nobody is mirrored from an agency's files."""

        SHOOTING = "shooting", _("Part of a shooting")
        SUPERVISION = "supervision", _("Under supervision")
        PREDICATE = "predicate", _("By an approved predicate")
        PRIOR_LIST = "prior_list", _("Attested from an earlier list")

    agency = models.ForeignKey(
        "access.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose record told of the person first."),
    )
    hidden = models.BooleanField(
        default=False, help_text=_("Every record is hidden by that agency: nobody else learns it.")
    )
    entered_by = models.CharField(max_length=11, choices=Entered.choices)
    entered_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="merged",
        help_text=_("Whose records theirs are now; empty for a person who stands."),
    )

    record_classes = (RecordClass.INCIDENT, RecordClass.SUPERVISION, RecordClass.INTELLIGENCE)

    objects = PolicyManager()

    class Meta:
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="person_is_not_merged_into_themselves",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self):
        return _("Person %(number)s") % {"number": self.pk}


class PersonRecord(Contestable, Kept, NamedRow):
    """One way in which an agency has written somebody: the same again is the same record."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(
        "intake.Feed", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    hidden = models.BooleanField(default=False)
    # By these the agency's own next file is recognised; no room but this can compute them.
    number_key = models.UUIDField(
        null=True, help_text=_("Keyed hash of the number by which the agency knows the person.")
    )
    content_key = models.UUIDField(help_text=_("Keyed hash of all that the record says."))
    number = NameField(_("the agency's number"), default="")
    given = NameField(_("given name"), default="")
    middle = NameField(_("middle name"), default="")
    family = NameField(_("family name"), default="")
    alias = NameField(_("also known as"), default="")
    born = NameDateField(_("date of birth"), null=True)
    address = NameField(_("address"), default="")
    phone = NameField(_("telephone"), default="")
    plate = NameField(_("number plate"), default="", help_text=_("As written; its state behind."))
    state_number = CriminalHistoryField(_("state identification number"), null=True)
    sex = models.TextField(_("sex"), default="")
    race = models.TextField(_("race"), default="")
    died_on = models.DateField(_("died"), null=True)
    first_said = models.DateTimeField(help_text=_("As-of time of the first file that says so."))
    last_said = models.DateTimeField(help_text=_("As-of time of the newest file that says so."))

    record_classes = (RecordClass.INCIDENT, RecordClass.SUPERVISION, RecordClass.INTELLIGENCE)
    redacts: ClassVar = {
        **dict.fromkeys(IN_WORDS, ""),
        **dict.fromkeys(("born", "state_number"), None),
    }

    objects = PolicyManager()

    class Meta:
        # Whoever comes to it from a fact is given no name either.
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["agency", "number_key"], name="records_of_a_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "content_key"], name="an_agency_says_it_once"
            ),
            # What the facts below refer to: a fact and its record have the same person.
            models.UniqueConstraint(fields=["id", "person"], name="record_with_its_person"),
            models.CheckConstraint(
                name="record_says_who",
                condition=~Q(number="") | ~Q(given="") | ~Q(family="") | ~Q(alias=""),
            ),
            models.CheckConstraint(
                name="born_on_a_day_that_can_be",
                condition=Q(born=None) | Q(born__gte=FIRST_BIRTH, born__lte=F("basis_on")),
            ),
            models.CheckConstraint(
                name="died_after_birth",
                condition=Q(died_on=None) | Q(born=None) | Q(died_on__gte=F("born")),
            ),
            models.CheckConstraint(
                name="last_said_is_not_before_first",
                condition=Q(last_said__gte=F("first_said")),
            ),
        ]


# What names somebody, and is behind the names door.
IDENTIFYING = tuple(
    one.name for one in PersonRecord._meta.concrete_fields if isinstance(one, BehindTheDoor)
)


class Said(Contestable, Kept):
    """What one row of an agency's file said of somebody, and from when until when it stood."""

    record = models.ForeignKey(PersonRecord, on_delete=models.PROTECT, related_name="%(class)ss")
    # The record's own: the database moves it with the record.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False)
    feed = models.ForeignKey(
        "intake.Feed", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    batch = models.ForeignKey(
        "intake.Batch", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    row_number = models.PositiveIntegerField(null=True)
    row_key = models.UUIDField(help_text=_("What makes it the same row in the next file."))
    content_key = models.UUIDField(help_text=_("Keyed hash of all that the row says."))
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(
        null=True, help_text=_("The agency dropped it; withheld until somebody has looked.")
    )
    review_due = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "row_key"],
                condition=Q(known_to=None, feed__isnull=False),
                name="one_standing_%(class)s_per_row",
            ),
            models.CheckConstraint(
                name="%(class)s_known_to_is_after_from",
                condition=Q(known_to=None) | Q(known_to__gte=F("known_from")),
            ),
            models.CheckConstraint(
                name="withheld_%(class)s_is_due_for_review",
                condition=Q(withheld_at=None) | Q(review_due__isnull=False),
            ),
        ]


class Involvement(Said):
    """A person's part in a shooting, as an agency tells it. A victim is no suspect."""

    class Role(models.TextChoices):
        VICTIM_KILLED = "victim_killed", _("Victim, killed")
        VICTIM_HURT = "victim_hurt", _("Victim, hurt")
        VICTIM = "victim", _("Victim")
        SHOT_AT = "shot_at", _("Shot at")
        INTENDED = "intended", _("Intended target")
        WITNESS = "witness", _("Witness")
        SUSPECT = "suspect", _("Suspect")
        ARRESTED = "arrested", _("Arrested")
        CHARGED = "charged", _("Charged")
        ASSOCIATE = "associate", _("Associate")

    incident = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, related_name="involvements"
    )
    role = models.CharField(max_length=13, choices=Role.choices)
    age = models.PositiveSmallIntegerField(_("age at the event"), null=True)

    record_classes = (RecordClass.INCIDENT,)

    objects = PolicyManager()

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                name="involvement_age_can_be", condition=Q(age=None) | Q(age__lte=OLDEST)
            ),
        ]

    # A victim, by whatever outcome; and who is looked at for having fired.
    HURT = (Role.VICTIM_KILLED, Role.VICTIM_HURT, Role.VICTIM)
    PROTECTED = (*HURT, Role.SHOT_AT, Role.INTENDED, Role.WITNESS)
    SUSPECTED = (Role.SUSPECT, Role.ARRESTED, Role.CHARGED)

    @property
    def juvenile(self) -> bool:
        """Under 18 at the event; whose age nobody knows is treated as a juvenile."""
        return self.age is None or self.age < 18


class Contact(Said):
    """An arrest, another contact with police, a booking into jail or a release from it."""

    class Kind(models.TextChoices):
        ARREST = "arrest", _("Arrest")
        CONTACT = "contact", _("Police contact")
        BOOKING = "booking", _("Booked into jail")
        RELEASE = "release", _("Released from jail")

    kind = models.CharField(max_length=7, choices=Kind.choices)
    number = models.TextField(_("report number"), default="")
    # Arrests of one event were made together, also where it was no shooting of the register.
    event = models.TextField(_("number of the event"), default="")
    on = models.DateField(_("date"))
    incident = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    charge = models.TextField(_("charge or reason"), default="")
    charge_class = models.TextField(_("class of the charge"), default="")
    place = models.TextField(_("place"), default="")

    record_classes = (RecordClass.INTELLIGENCE,)
    told_by = ("place",)

    objects = PolicyManager()

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["person", "-on"], name="contacts_of_a_person")]


class SupervisionTerm(Said):
    """Probation, parole, pre-trial: from when until when, and who is the officer."""

    status = models.TextField(_("kind of supervision"))
    officer = models.TextField(_("supervising officer"), default="")
    office = models.TextField(_("office"), default="")
    starts = models.DateField(_("from"), null=True)
    ends = models.DateField(_("until"), null=True)

    record_classes = (RecordClass.SUPERVISION,)

    objects = PolicyManager()

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["person", "-starts"], name="terms_of_a_person")]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                name="supervision_ends_after_it_starts",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
            ),
        ]


class CourtDisposition(Said, NamedRow):
    """What a court decided: criminal history, for whoever is certified to read it."""

    on = models.DateField(_("date"))
    cause = CriminalHistoryField(_("cause number"), null=True)
    charge = CriminalHistoryField(_("charge"), null=True)
    disposition = CriminalHistoryField(_("disposition"), null=True)
    court = models.TextField(_("court"), default="")

    record_classes = (RecordClass.CRIMINAL_HISTORY,)
    redacts: ClassVar = dict.fromkeys(("cause", "charge", "disposition"))

    objects = PolicyManager()

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["person", "-on"], name="dispositions_of_a_person")]


class BallisticLead(models.Model):
    """Two shootings whose casings say the same weapon. It names no one."""

    class Strength(models.TextChoices):
        LEAD = "lead", _("Lead, not confirmed")
        HIT = "hit", _("Confirmed by an examiner")

    feed = models.ForeignKey("intake.Feed", on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey("intake.Batch", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.TextField(_("lead number"), default="")
    first = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, related_name="leads_first"
    )
    second = models.ForeignKey(
        "registry.Incident", on_delete=models.PROTECT, related_name="leads_second"
    )
    strength = models.CharField(max_length=4, choices=Strength.choices)
    on = models.DateField(_("date"), null=True)
    known_from = models.DateTimeField()

    objects = PolicyManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="one_lead_between_two_shootings"
            ),
            # One way round, so that the same lead cannot stand twice.
            models.CheckConstraint(
                name="lead_joins_two_in_order", condition=Q(first__lt=F("second"))
            ),
        ]
