"""A request about somebody's own records is what its holder may look for."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import purposes
from ceasefire.access.partitions import CLOSED_ROOMS
from ceasefire.access.purposes import Reference
from ceasefire.rights import selectors
from ceasefire.rights.models import Due

NEWEST = 8


def _reference(due: Due) -> Reference:
    label = _("Request R-%(number)s about somebody's own records") % {"number": due.request_id}
    return Reference(str(due.request_id), label)


def _offered() -> list[Reference]:
    return [_reference(one) for one in selectors.owed()[:NEWEST]]


def _found(number: str) -> Reference | None:
    if not number.isdecimal() or len(number) > 18:
        return None
    # Also once it is answered: its letter is printed, its contest laid before others.
    due = selectors.owed_of(int(number))
    return due and _reference(due)


purposes.kind(
    purposes.Kind(
        name="rights.request",
        label=gettext_lazy("A request about somebody's own records"),
        rooms=frozenset(CLOSED_ROOMS),
        offered=_offered,
        find=_found,
    )
)
