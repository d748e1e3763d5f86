"""Ties as their readers find them, with the names of the people, and what is due about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.groups.models import Group
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.models import Person

ENDS_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Named:
    """A tie, and how the newest record writes its person."""

    tie: Affiliation
    name: str


def ties() -> QuerySet[Affiliation]:
    # Of an account a room reads its name and no more.
    found = Affiliation.objects.select_related("person", "group", "side__conflict", "agency")
    return found.annotate(
        drafter=F("drafted_by__display_name"), attester=F("attested_by__display_name")
    )


def with_names(found: Iterable[Affiliation]) -> list[Named]:
    """Each with the person's name, read through the door at once."""
    found = list(found)
    told = people.names_of({one.person for one in found}) if found else {}
    return [Named(one, told[one.person_id] or str(one.person)) for one in found]


def of_person(person: Person) -> QuerySet[Affiliation]:
    return ties().filter(person__in=people.numbers_of(person))


def of_group(group: Group) -> QuerySet[Affiliation]:
    return ties().filter(group=group)


def to_what(tie: Affiliation, names: dict[int, str]) -> str:
    """The group's name, or the side and its conflict."""
    if tie.group_id:
        return names.get(tie.group_id, str(tie.group))
    return f"{tie.side} ({tie.side.conflict})"


def citations(tie: Affiliation) -> QuerySet[Citation]:
    return Citation.objects.filter(affiliation=tie).select_related("source")


def steps(tie: Affiliation) -> QuerySet[TieStep]:
    found = TieStep.objects.filter(affiliation=tie)
    return found.annotate(who=F("by__display_name"))


def delay_asked(tie: Affiliation) -> TieStep | None:
    """A delay that waits for its approval."""
    open_ones = TieStep.objects.filter(
        affiliation=tie, kind=TieStep.Kind.DELAY, answered_by=None, until__gte=timezone.localdate()
    )
    return open_ones.last()


def is_live(tie: Affiliation) -> bool:
    """Whether readers besides those who work on it are shown it."""
    told = tie.notified_on or (tie.delayed_until and tie.delayed_until >= timezone.localdate())
    return bool(tie.attested_at and told and tie.grounds >= 2)


def due() -> dict[str, QuerySet[Affiliation]]:
    """What waits: drafts to attest, notices to give, ties past their half, ties about to end."""
    today = timezone.localdate()
    waits = Q(attested_at__isnull=False, notified_on=None)
    return {
        "attest": ties().filter(attested_at=None),
        "notice": ties().filter(waits),
        "review": ties().filter(
            Q(reviewed_on=None) | Q(reviewed_on__lt=F("review_due")), attested_at__isnull=False,
            review_due__lte=today,
        ),
        "contest": ties().filter(contest_due__isnull=False),
        "lost": ties().filter(attested_at__isnull=False, grounds__lt=2),
        "ending": ties().filter(attested_at__isnull=False, purge_on__lte=today + ENDS_SOON),
    }  # fmt: skip


def group_names() -> dict[int, str]:
    return groups.names()
