"""Who was screened, and until when their agency certifies them for criminal-history data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from ceasefire.access.policies import PolicyManager

# The state certifies its users again every two years.
LONGEST = Func(
    F("certified_on"),
    template="(%(expressions)s + interval '24 months')",
    output_field=models.DateTimeField(),
)


class HistoryCertificate(models.Model):
    """A person of one agency may be shown what came from the state's or the FBI's files."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    screened_on = models.DateField()
    certified_on = models.DateField()
    certified_until = models.DateField()
    source = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyManager()

    class Meta:
        ordering = ["-certified_until", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency"],
                condition=Q(ended_at=None),
                name="one_history_certificate_at_a_time",
            ),
            models.CheckConstraint(
                name="history_certificate_lasts_two_years_at_most",
                condition=Q(certified_until__gte=F("certified_on"), certified_until__lte=LONGEST),
            ),
            models.CheckConstraint(
                name="screened_before_certified", condition=Q(screened_on__lte=F("certified_on"))
            ),
            models.CheckConstraint(
                name="history_certificate_says_its_source", condition=~Q(source="")
            ),
            models.CheckConstraint(
                name="nobody_records_their_own_history_certificate",
                condition=Q(recorded_by=None) | ~Q(recorded_by=F("account")),
            ),
        ]

    def __str__(self):
        return f"{self.account}, {self.certified_until:%Y-%m-%d}"
