"""Sources as their readers find them."""

from django.db.models import F, QuerySet

from ceasefire.access.roles import Role
from ceasefire.registry.sources.models import Source

WRITERS = (Role.ANALYST, Role.CAPTAIN)


def sources() -> QuerySet[Source]:
    # Of an account a room reads its name and no more.
    return Source.objects.select_related("agency").annotate(maker=F("made_by__display_name"))


def numbered(number: str) -> Source | None:
    """The source of that number, as far as the reader may see it."""
    return Source.objects.filter(number=" ".join(number.upper().split())).first()


def same_origin(source: Source) -> QuerySet[Source]:
    return sources().filter(origin=source.origin).exclude(pk=source.pk)
