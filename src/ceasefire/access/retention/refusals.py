"""What the database refuses, in the words of the services."""

import contextlib
from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError, transaction
from django.db.utils import DatabaseError, InternalError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg import errors

from ceasefire.access.policies import NotPermitted

# The database's constraint -> the field, and what to do.
CONSTRAINTS = {
    "review_has_a_newer_fact": (
        "fact_on",
        _("Keeping a record longer needs a fact that is newer than the one it is kept for."),
    ),
    "one_record_a_review": (
        "number",
        _("One review is about one record; records are not extended together."),
    ),
    "hold_is_approved_by_another": (
        "approved_by",
        _("A hold is approved by somebody else than who asked for it."),
    ),
    "hold_is_reviewed_within_180_days": (
        "review_on",
        _("A hold is reviewed within 180 days; choose an earlier day."),
    ),
    "audit_log_is_kept_a_year": (
        "older_than",
        _("The log is kept a year at least; choose an earlier day."),
    ),
    "retention_rule_has_an_end": (
        "most_months",
        _("The longest time is at least as long as the shortest, and not for ever."),
    ),
    "intelligence_is_kept_five_years_at_most": (
        "most_months",
        _("Intelligence is kept five years at most, and has no shortest time."),
    ),
    "retention_rule_is_published": ("basis", _("Say where the rule is published.")),
    "one_retention_rule_a_day": (
        "effective_from",
        _("This class has a rule from that day already; choose another day."),
    ),
    "order_is_certified_by_another": (
        "certified_by",
        _("An order is certified by somebody else than who took it in."),
    ),
}


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Raises ValidationError with the field, NotPermitted, or ObjectDoesNotExist."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise _of_constraint(error) from error
    except (ProgrammingError, DataError, OperationalError, InternalError, DatabaseError) as error:
        raise _of_function(error) from error


def _of_constraint(error: IntegrityError) -> Exception:
    name = error.__cause__.diag.constraint_name
    if name in CONSTRAINTS:
        field, words = CONSTRAINTS[name]
        return ValidationError({field: words})
    # The database's own functions begin with the field: "purge_on: under the rule ...".
    field, colon, _rest = error.__cause__.diag.message_primary.partition(": ")
    words = error.__cause__.diag.message_primary
    return ValidationError({field: words} if colon and field.isidentifier() else words)


def _of_function(error: DatabaseError) -> Exception:
    cause = error.__cause__
    if isinstance(cause, errors.NoDataFound):
        return ObjectDoesNotExist(gettext("There is no such record."))
    if isinstance(cause, errors.InsufficientPrivilege):
        return NotPermitted(cause.diag.message_primary)
    return error
