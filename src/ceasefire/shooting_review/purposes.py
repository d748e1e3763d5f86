"""A week's review is what somebody may look for: the coming one, and those just held."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import identity, purposes
from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import Reference
from ceasefire.registry.models import City
from ceasefire.shooting_review.weeks import Week

# The week that the coming review goes through, and those before it that are still worked on.
WEEKS_OPEN = 4


def _offered() -> list[Reference]:
    actor = identity.current()
    if not (actor.is_operator or actor.role in LAW_ENFORCEMENT_REVIEW):
        return []
    weekday = (City.objects.first() or City()).review_weekday
    newest = Week.next_reviewed(timezone.localdate(), weekday)
    return [_reference(newest.shifted(-n)) for n in range(WEEKS_OPEN)]


def _reference(week: Week) -> Reference:
    return Reference(str(week), _("week %(week)s") % {"week": week})


def _found(number: str) -> Reference | None:
    return next((one for one in _offered() if one.number == number), None)


purposes.kind(
    purposes.Kind(
        name="shooting_review.week",
        label=gettext_lazy("Shooting review"),
        rooms=frozenset({Room.INVESTIGATIVE}),
        offered=_offered,
        find=_found,
    )
)
