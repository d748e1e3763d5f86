"""Reads of openings: one's own, those of the own agency's records, those that wait for a review."""

from django.db.models import F, QuerySet

from ceasefire.access import identity
from ceasefire.access.exceptional import services
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.identity import Actor
from ceasefire.access.roles import Role


def this_week(actor: Actor) -> dict:
    """What the first page says of openings to this reader; `due`: whether that is anything."""
    if actor.role == Role.AUDITOR:
        waiting = Opening.objects.filter(reviewed_at=None).count()
        return {"to_review": waiting, "due": waiting}
    own, told = open_now(), alerts()
    may_open = bool(services.openable())
    return {"open_now": own, "alerts": told, "may_open": may_open, "due": own or told}


def openings() -> QuerySet[Opening]:
    """Those that concern the asker, the newest first, with whose names and agencies they are."""
    return Opening.objects.annotate(
        opened_by_name=F("opened_by__display_name"),
        reviewed_by_name=F("reviewed_by__display_name"),
        owner_name=F("owner__name"),
    )


def own(pk: int) -> Opening | None:
    """One that the asker opened."""
    return openings().filter(pk=pk, opened_by=identity.current().user_id).first()


def alerts() -> list[Opening]:
    """Openings of records of the asker's agency that nobody there has said to have read."""
    actor = identity.current()
    mine = openings().filter(owner=actor.agency_id, room=actor.home_room, seen_at=None)
    return list(mine.exclude(opened_by=actor.user_id))


def open_now() -> list[Opening]:
    """What is open to the asker at this moment."""
    mine = openings().filter(opened_by=identity.current().user_id, closed_at=None)
    return [one for one in mine if one.is_live]


def to_review() -> list[Opening]:
    """Openings that nobody has reviewed, the most urgent first."""
    return list(openings().filter(reviewed_at=None).order_by("review_due", "pk"))
