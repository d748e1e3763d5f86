"""The problem analysis of a year is what somebody may look for: this year's, and the last one's."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import identity, purposes
from ceasefire.access.gates import REGISTER_READERS
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import Reference


def _offered() -> list[Reference]:
    actor = identity.current()
    if not (actor.is_operator or actor.role in REGISTER_READERS):
        return []
    year = timezone.localdate().year
    return [Reference(str(one), _("year %(year)s") % {"year": one}) for one in (year, year - 1)]


def _found(number: str) -> Reference | None:
    return next((one for one in _offered() if one.number == number), None)


purposes.kind(
    purposes.Kind(
        name="problem_analysis.year",
        label=gettext_lazy("Problem analysis"),
        rooms=frozenset({Room.INVESTIGATIVE}),
        offered=_offered,
        find=_found,
    )
)
