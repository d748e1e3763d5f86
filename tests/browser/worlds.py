"""Small worlds for the browser tests to look at."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from ceasefire.access.models import Agency
from ceasefire.access.services import agency_record
from ceasefire.intake.models import Batch, Feed
from ceasefire.registry.models import City, Incident
from ceasefire.shooting_review.weeks import Week


def nothing() -> None:
    pass


def a_loaded_week() -> None:
    """A city, a feed with files in several states, and three shootings of the last whole week."""
    police = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    City.objects.create(
        id=1, name="Rivermouth", time_zone="America/New_York", projected_system=2272
    )
    feed = Feed.objects.create(name="rivermouth", title="Rivermouth Police", agency=police)
    states = [Batch.State.APPLIED, Batch.State.REFUSED, Batch.State.WAITING]
    for state in states:
        _batch(feed, state)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 7)
    for position in range(3):
        _shooting(police, feed, monday + timedelta(days=position), position)


def last_packet() -> str:
    """The packet of the last whole week."""
    week = Week.of(timezone.localdate()).shifted(-1)
    return reverse("shooting_review:packet", args=[week])


def _batch(feed: Feed, state: str) -> None:
    now = timezone.now()
    Batch.objects.create(
        feed=feed,
        file_name=f"shootings_{state}.csv",
        sha256="0" * 64,
        size=1,
        as_of=now,
        state=state,
        refusal="The file is not a table." if state == Batch.State.REFUSED else "",
        applied_at=now if state == Batch.State.APPLIED else None,
        loaded_by="Test",
        added=1234,
    )


def _shooting(agency: Agency, feed: Feed, day, position: int) -> None:
    Incident.objects.create(
        agency=agency,
        feed=feed,
        incident_key=uuid4(),
        incident_number=f"R-{position}",
        occurred_on=day,
        occurred_precision="day",
        victims=1,
        killed=position % 2,
        verification="hold" if position == 2 else "verified",
        first_known=timezone.now(),
        last_changed=timezone.now(),
    )
