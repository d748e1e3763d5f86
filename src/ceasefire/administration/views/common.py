"""What the pages of administration share: who enters, what is found, how a form is carried out."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from ceasefire.access.gates import gate
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of, require_change
from ceasefire.access.roles import Role

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
READERS = KEEPERS | {Role.AUDITOR}
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
reading = gate(Room.ACCOUNT, full=READERS)


def changing(model=Membership, *, full=KEEPERS, methods=("GET", "POST")) -> Callable:
    """A page on which something changes: not for an agency whose agreement is closing."""

    def declare(view: Callable) -> Callable:
        @wraps(view)
        def permitted(request, *args, **words):
            require_change(model)
            return view(request, *args, **words)

        return gate(Room.ACCOUNT, full=full, methods=methods)(permitted)

    return declare


def may_change(request, model=Membership) -> bool:
    return policy_of(model).may_change(request.actor)


def found(rows: models.QuerySet, pk: int) -> models.Model:
    if (row := rows.filter(pk=pk).first()) is None:
        raise Http404
    return row


def role_named(name: str) -> Role:
    if name not in Role.values:
        raise Http404
    return Role(name)


def carried_out(form, verb: Callable, **words):
    """What the verb gave, or None with what refused it said at the form's fields."""
    try:
        with transaction.atomic():
            return verb(**words)
    except ValidationError as refusal:
        _put(form, refusal)
    except IntegrityError:
        form.add_error(None, _("Somebody changed this a moment ago. Look again, then decide."))
    return None


def _put(form, refusal: ValidationError) -> None:
    for name, faults in refusal.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, faults)


def tell(request, success: str, verb: Callable, **words) -> None:
    """Carry out what one button does, and say what came of it."""
    try:
        verb(**words)
        messages.success(request, success)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
