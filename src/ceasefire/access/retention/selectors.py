"""What is looked over: what goes when, holds, orders and their clocks. No name is in any of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from ceasefire.access.retention.models import Hold, Order, PurgeRun
from ceasefire.access.retention.warrants import ask


@dataclass(frozen=True)
class Queued:
    """Rows of one table and class that go in one month. due: now. silent: held or under order."""

    label: str
    record_class: str
    month: date
    due: int
    coming: int
    silent: int


def queue() -> list[Queued]:
    """The year ahead, the earliest first. Empty for who looks over nothing."""
    rows = [Queued(*row) for row in ask("wall.retention_counts()")]
    return sorted(rows, key=lambda row: (row.month, row.label, row.record_class))


def holds_standing() -> QuerySet[Hold]:
    """The earliest review first, with how many records each names."""
    named = Count("frozen", filter=Q(frozen__root=True))
    people = {"asked": F("requested_by__display_name"), "approved": F("approved_by__display_name")}
    return Hold.objects.filter(ended_at=None).annotate(
        named=named, agency_name=F("agency__name"), **people
    )


def orders_open() -> QuerySet[Order]:
    """The oldest first, with how many records each found."""
    return Order.objects.filter(state__in=Order.OPEN).annotate(
        named=Count("frozen", filter=Q(frozen__root=True)), agency_name=F("agency__name"),
        certifier=F("certified_by__display_name"),
    )  # fmt: skip


def orders_closed() -> QuerySet[Order]:
    return Order.objects.exclude(state__in=Order.OPEN).annotate(
        agency_name=F("agency__name"), certifier=F("certified_by__display_name")
    )


def certificates() -> QuerySet[PurgeRun]:
    """The newest first."""
    return PurgeRun.objects.exclude(finished_at=None).annotate(who=F("ran_by__display_name"))
