"""A shooting is what somebody may look for: who was in it, and what is known of them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import purposes
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import Reference
from ceasefire.registry import words
from ceasefire.registry.models import Incident

NEWEST = 8


def _reference(incident: Incident) -> Reference:
    return Reference(
        str(incident.pk),
        _("%(number)s, %(when)s") % {"number": incident, "when": words.occurred(incident)},
    )


def _offered() -> list[Reference]:
    return [_reference(one) for one in Incident.objects.filter(withheld_at=None)[:NEWEST]]


def _found(number: str) -> Reference | None:
    one = Incident.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    return one and _reference(one)


purposes.kind(
    purposes.Kind(
        name="registry.incident",
        label=gettext_lazy("A shooting"),
        rooms=frozenset({Room.INVESTIGATIVE}),
        offered=_offered,
        find=_found,
    )
)
