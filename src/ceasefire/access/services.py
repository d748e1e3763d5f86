"""Verbs on agencies and accounts."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ceasefire.access.models import Agency, Membership, User
from ceasefire.access.roles import HELD_AT, Role


@transaction.atomic
def agency_record(*, name: str, kind: Agency.Kind) -> Agency:
    """Find or add an agency; one that is known keeps its kind.

    Raises ValidationError for a name that is empty or too long, and for an unknown kind.
    """
    Agency(name=name, kind=kind).clean_fields()
    agency, _created = Agency.objects.get_or_create(name=name, defaults={"kind": kind})
    return agency


@transaction.atomic
def account_open(
    *, username: str, password: str, display_name: str, role: Role, agency: Agency, starts: date
) -> User:
    """Open an account with one role at one agency.

    Raises ValidationError for a name that no account may have, for a password that is too short or
    commonly used, and for a role that no agency of this kind has.
    """
    if agency.kind not in HELD_AT[role]:
        raise ValidationError(_unheld(role, agency))
    user = User(username=username, display_name=display_name)
    user.clean_fields(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, agency=agency, role=role, starts=starts)
    return user


def _unheld(role: Role, agency: Agency) -> str:
    kinds = ", ".join(str(Agency.Kind(kind).label) for kind in HELD_AT[role])
    return _("%(agency)s (%(kind)s) has no %(role)s; that role exists at: %(kinds)s.") % {
        "agency": agency.name,
        "kind": agency.get_kind_display(),
        "role": role.label,
        "kinds": kinds,
    }
