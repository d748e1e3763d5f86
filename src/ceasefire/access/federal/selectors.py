"""Who must attest, who has, and who lacks it, for oversight and the director."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ceasefire.access.federal.models import DelegatedAuthority, FederalAttestation
from ceasefire.access.models import Agency, Membership


def authorities() -> QuerySet[DelegatedAuthority]:
    return DelegatedAuthority.objects.filter(ended_on=None).select_related("agency")


def attestations() -> QuerySet[FederalAttestation]:
    """What counts at this moment, the newest first."""
    counting = FederalAttestation.objects.filter(ends_at__gt=timezone.now())
    return counting.select_related("agency").annotate(who=F("account__display_name"))


def lacking() -> Iterable[Membership]:
    """Current memberships whose person must attest and has not this quarter."""
    today = timezone.localdate()
    bound = Q(agency__kind=Agency.Kind.FEDERAL) | Q(agency__in=authorities().values("agency"))
    current = Membership.objects.filter(
        bound, Q(ends=None) | Q(ends__gte=today), starts__lte=today, ended_at=None
    )
    said = FederalAttestation.objects.filter(ends_at__gt=timezone.now())
    found = current.exclude(user__in=said.values("account")).select_related("agency")
    return found.annotate(who=F("user__display_name")).order_by("agency__name", "who")
