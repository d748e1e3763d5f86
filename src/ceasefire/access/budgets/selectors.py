"""What reviewers see of reading in bulk."""

from django.db.models import F, QuerySet

from ceasefire.access.budgets.models import ReadingAlert


def alerts() -> QuerySet[ReadingAlert]:
    """Alerts with the names beside them (who, username, at_agency, who_seen), the newest first."""
    return ReadingAlert.objects.annotate(
        who=F("user__display_name"),
        username=F("user__username"),
        at_agency=F("agency__name"),
        who_seen=F("seen_by__display_name"),
    )


def alerts_open() -> QuerySet[ReadingAlert]:
    return alerts().filter(seen_at=None)
