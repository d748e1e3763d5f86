"""What a published row can say about a shooting, once: the register, its history and the staging
table of the intake all have these columns.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OccurredPrecision(models.TextChoices):
    MINUTE = "minute", _("to the minute")
    HOUR = "hour", _("to the hour")
    DAY = "day", _("the day only")
    UNKNOWN = "unknown", _("not known")


class IncidentFacts(models.Model):
    incident_number = models.TextField(_("incident number"), default="")
    occurred_from = models.DateTimeField(_("occurred from"), null=True)
    occurred_to = models.DateTimeField(_("occurred to"), null=True)
    occurred_precision = models.CharField(
        _("precision of the time"), max_length=7, choices=OccurredPrecision.choices
    )
    occurred_on = models.DateField(_("occurred on"), null=True, help_text=_("The city's own date."))
    reported_on = models.DateField(_("reported on"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    address = models.TextField(_("address"), default="")
    district_stated = models.TextField(_("district as stated"), default="")
    neighbourhood_stated = models.TextField(_("neighbourhood as stated"), default="")
    jurisdiction = models.TextField(_("jurisdiction"), default="")
    offence = models.TextField(_("offence"), default="")
    weapon = models.TextField(_("weapon"), default="")
    premises = models.TextField(_("premises"), default="")
    setting = models.TextField(_("inside or outside"), default="")
    verification_stated = models.TextField(_("verification as stated"), default="")
    officer_involved = models.BooleanField(_("officer involved"), null=True)
    injured = models.BooleanField(_("anybody injured"), null=True)
    victims = models.PositiveSmallIntegerField(_("victims"), null=True)
    killed = models.PositiveSmallIntegerField(_("killed"), null=True)
    wounded = models.PositiveSmallIntegerField(_("wounded"), null=True)

    class Meta:
        abstract = True


class VictimFacts(models.Model):
    fatal = models.BooleanField(_("fatal"), null=True)
    age = models.PositiveSmallIntegerField(_("age"), null=True)
    age_low = models.PositiveSmallIntegerField(_("age at least"), null=True)
    age_high = models.PositiveSmallIntegerField(_("age at most"), null=True)
    sex = models.TextField(_("sex"), default="")
    race = models.TextField(_("race"), default="")
    ethnicity = models.TextField(_("ethnicity"), default="")
    wound = models.TextField(_("wound"), default="")

    class Meta:
        abstract = True


class PlaceFound(models.Model):
    """Where the stated coordinates lie: in the city's own metres and in its own boundary files."""

    x_m = models.FloatField(_("metres east"), null=True)
    y_m = models.FloatField(_("metres north"), null=True)
    district_found = models.TextField(_("district found"), default="")
    neighbourhood_found = models.TextField(_("neighbourhood found"), default="")
    in_city = models.BooleanField(_("inside the city"), null=True)

    class Meta:
        abstract = True


def _columns(facts: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.column for field in facts._meta.local_fields)


INCIDENT_COLUMNS = _columns(IncidentFacts)
VICTIM_COLUMNS = _columns(VictimFacts)
FOUND_COLUMNS = _columns(PlaceFound)
