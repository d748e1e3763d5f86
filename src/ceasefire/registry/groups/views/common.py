"""What the pages about groups and ties share: their gates, and refusals at their fields."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.http import Http404

from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.groups import selectors


def _gate(full, methods):
    return gate(
        Room.INVESTIGATIVE, full=full, at=CITY_POLICE, methods=methods, purpose=True,
        while_on=selectors.are_on,
    )  # fmt: skip


def readers(*methods: str):
    return _gate(REGISTER_READERS, methods)


def analysts(*methods: str):
    return _gate({Role.ANALYST}, methods)


def workers(*methods: str):
    """Whoever drafts, and whoever attests."""
    return _gate({Role.ANALYST, Role.CAPTAIN}, methods)


@contextmanager
def trying(form) -> Iterator[None]:
    """What a verb refuses is said at the field that it is about, or above the form."""
    try:
        yield
    except ValidationError as refusal:
        at_field = getattr(refusal, "error_dict", {})
        for name, faults in at_field.items():
            form.add_error(name if name in form.fields else None, faults)
        if not at_field:
            form.add_error(None, refusal)


def found_or_404(rows, pk: int):
    one = rows.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
