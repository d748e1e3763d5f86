"""Rows that wait, one at a time, and on which earlier lists somebody was named."""

import json

from django.db.models import F, QuerySet
from django.utils import timezone

from ceasefire.access import names
from ceasefire.registry.matching import waiting
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.models import Person
from ceasefire.registry.people.recording import Source
from ceasefire.registry.people.told import Who
from ceasefire.registry.prior_lists.models import ListNaming, PriorList, PriorRow

KIND = "prior_list"


def lists() -> QuerySet[PriorList]:
    # Of an account a room reads its name and no more.
    found = PriorList.objects.select_related("feed__agency", "batch")
    return found.annotate(loader=F("loaded_by__display_name"))


def waiting_rows() -> QuerySet[PriorRow]:
    """Rows that somebody may still decide; one whose time is over is no longer there."""
    held = PriorRow.objects.filter(outcome=PriorRow.Outcome.WAITS)
    held = held.filter(purge_on__gt=timezone.localdate())
    return held.select_related("prior_list__feed__agency", "prior_list__batch").order_by("pk")


def following(row: PriorRow) -> PriorRow | None:
    return waiting_rows().filter(pk__gt=row.pk).first()


def who(row: PriorRow) -> Who:
    """Who a row is about. Writes the log's row of a name that was read."""
    return waiting.who_of(json.loads(names.read([row])[row.pk].said))


def source_of(row: PriorRow) -> Source:
    of = row.prior_list
    return Source(of.feed.agency_id, of.feed_id, of.batch_id, KIND, of.batch.as_of)


def newest_of(row: PriorRow, user_id: int | None) -> ListNaming | None:
    """What this person last attested of the same file: the next row is of the same document."""
    made = ListNaming.objects.filter(batch=row.prior_list.batch_id, attested_by=user_id)
    return made.order_by("-pk").first()


def namings(person: Person) -> QuerySet[ListNaming]:
    held = ListNaming.objects.filter(
        person__in=people.numbers_of(person), known_to=None, withheld_at=None,
        review_by__gt=timezone.localdate(),
    )  # fmt: skip
    found = held.select_related("agency", "feed").annotate(attester=F("attested_by__display_name"))
    return found.order_by("-on", "-pk")
