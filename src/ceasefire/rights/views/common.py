"""What the pages of rights share: forms that are tried, PDFs, and the three kinds of gate."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.rights.policies import ANSWERING, CLERK_ROLES, HOLDER_KINDS

PER_PAGE = 50
HOLDER_ROLES = frozenset(one.role for room in ANSWERING.values() for one in room)
CONTEST_ROLES = frozenset({Role.ANALYST, Role.CAPTAIN, Role.PROSECUTOR, Role.PROBATION})
CONTEST_KINDS = ("police", "neighbour_police", "prosecutor", "probation")


def clerks(*methods: str):
    return gate(Room.AGGREGATE, full=CLERK_ROLES, methods=methods)


def clerks_and_holders(*methods: str):
    return gate(Room.AGGREGATE, full=CLERK_ROLES, limited=HOLDER_ROLES, methods=methods)


def holders(*methods: str):
    """In the room where the reader works: there the records lie, and there the answer stays."""
    return gate(
        Room.AGGREGATE, full=HOLDER_ROLES, methods=methods, readers_room=True,
        at=HOLDER_KINDS,
    )  # fmt: skip


def contesting(*methods: str):
    return gate(Room.INVESTIGATIVE, full=CONTEST_ROLES, methods=methods, at=CONTEST_KINDS)


def reviewers(room: Room, *methods: str):
    """An auditor, in the room whose answers are reviewed."""
    return gate(room, full={Role.AUDITOR}, methods=methods)


def outsiders(*methods: str):
    return gate(Room.INVESTIGATIVE, full={Role.AUDITOR}, methods=methods)


def tried(form, verb, **words):
    """The verb's answer; None where it refused, and the form says why."""
    try:
        return verb(**words)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
