"""An officer who met the reading budget, and the breach that somebody made of it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.breach.models import Breach
from ceasefire.access.breach.services import breach_open
from ceasefire.access.budgets.models import ReadingAlert
from ceasefire.access.models import Agency, User
from ceasefire.access.partitions import Room
from ceasefire.access.services import agency_record

PERSON = "registry.person:12"


def an_alert() -> None:
    """Written as the operator, who has no budget; the alert is an officer's."""
    agency = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        officer = User.objects.create(username="reader", display_name="Rowan Reader")
    audit.record("page.shown", "registry.incident:7", subjects=[PERSON], purpose="meeting:3")
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        now = timezone.now()
        ReadingAlert.objects.create(
            user=officer, agency=agency, span="hour", allowed=200, at=now, last_at=now
        )


def a_breach() -> None:
    agency = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    now, today = timezone.now(), timezone.localdate()
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        breach_open(
            agency=agency, account=None, since=now - timedelta(days=1), until=now,
            found_on=today, found_by="The night desk", reported_on=today,
            suspicion="A telephone was lost.",
        )  # fmt: skip


def person() -> str:
    return f"{reverse('oversight:person')}?key={PERSON}"


def alert() -> str:
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        return reverse("oversight:alert", args=[ReadingAlert.objects.latest("pk").pk])


def breach() -> str:
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        return reverse("oversight:breach", args=[Breach.objects.latest("pk").pk])
