"""A file that is being taken in is what its analyst looks for."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import identity, purposes
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import Reference
from ceasefire.access.roles import Role
from ceasefire.intake.models import Batch
from ceasefire.intake.people.fields import PEOPLE

NEWEST = 5


def _mine():
    actor = identity.current()
    if not (actor.is_operator or actor.role is Role.ANALYST):
        return Batch.objects.none()
    return Batch.objects.select_related("feed").filter(feed__kind__in=PEOPLE).order_by("-pk")


def _reference(batch: Batch) -> Reference:
    return Reference(str(batch.pk), _("%(feed)s, %(file)s") % {
        "feed": batch.feed.title, "file": batch.file_name
    })  # fmt: skip


def _offered() -> list[Reference]:
    return [_reference(batch) for batch in _mine()[:NEWEST]]


def _found(number: str) -> Reference | None:
    batch = _mine().filter(pk=int(number)).first() if number.isdecimal() else None
    return batch and _reference(batch)


purposes.kind(
    purposes.Kind(
        name="intake.batch",
        label=gettext_lazy("A file about people"),
        rooms=frozenset({Room.INVESTIGATIVE}),
        offered=_offered,
        find=_found,
    )
)
