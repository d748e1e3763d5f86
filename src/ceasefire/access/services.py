"""Verbs on agencies, their agreements, accounts and memberships."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit, identity
from ceasefire.access.models import Agency, Agreement, Membership, User
from ceasefire.access.policies import require_change
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
def agreement_record(*, agency: Agency, document: str, starts: date, ends: date) -> Agreement:
    """Record what an agency has signed; a renewal is a new agreement, the same again is none.

    Raises NotPermitted, and ValidationError (by field) for no document, an end before the start
    or one more than five years off.
    """
    actor = require_change(Agreement)
    if not document.strip():
        raise ValidationError({"document": _("Name the signed document.")})
    if not starts <= ends <= starts + timedelta(days=Agreement.LONGEST_DAYS):
        raise ValidationError({"ends": _("It ends after its first day, within five years.")})
    agreement, new = Agreement.objects.get_or_create(
        agency=agency, document=document, starts=starts, ends=ends, ended_at=None,
        defaults={"recorded_by": actor.name},
    )  # fmt: skip
    if new:
        audit.record("access.agreement_recorded", agreement, result="done")
    return agreement


@transaction.atomic
def agreement_end(*, agreement: Agreement, because: Agreement.Because, words: str) -> Agreement:
    """End an agreement, and all access under it, at once.

    Raises NotPermitted, and ValidationError without words or where it has ended already.
    """
    actor = require_change(Agreement)
    if not words.strip():
        raise ValidationError({"words": _("Say what happened.")})
    standing = Agreement.objects.select_for_update(of=["self"]).get(pk=agreement.pk)
    if standing.ended_at:
        raise ValidationError(_("This agreement has ended already."))
    # Recorded first: whoever ends the own agency's agreement is nobody from the next line on.
    audit.record("access.agreement_ended", standing, result="done", detail={"because": because})
    standing.ended_at, standing.ended_because = timezone.now(), because
    standing.ended_words, standing.ended_by = words, actor.name
    standing.save(update_fields=["ended_at", "ended_because", "ended_words", "ended_by"])
    return standing


@transaction.atomic
def account_open(
    *, username: str, password: str, display_name: str, role: Role, agency: Agency, starts: date
) -> User:
    """Open an account with one role at one agency. It opens nothing until somebody certifies it.

    Raises ValidationError for a name that no account may have, for a password that is too short or
    commonly used, for a role that no agency of this kind has, and for an agency without an
    agreement in force.
    """
    require_change(Membership)
    _may_have(role, agency)
    user = User(username=username, display_name=display_name)
    user.clean_fields(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)
    user.save()
    _membership_add(user=user, role=role, agency=agency, starts=starts)
    return user


@transaction.atomic
def membership_open(*, user: User, role: Role, agency: Agency, starts: date) -> Membership:
    """Give somebody who has an account another role; the one at hand must have ended.

    Raises as `account_open` does.
    """
    require_change(Membership)
    _may_have(role, agency)
    User.objects.select_for_update().get(pk=user.pk)
    if Membership.objects.filter(user=user, ended_at=None, ends=None).exists():
        raise ValidationError(_("A person has one role at a time. End the other role first."))
    return _membership_add(user=user, role=role, agency=agency, starts=starts)


@transaction.atomic
def membership_certify(*, membership: Membership, today: date) -> Membership:
    """Confirm for a year that this person has this role: never by whoever has or opened it.

    Raises NotPermitted, and ValidationError for one's own, for one that one has opened, and for
    one that has ended.
    """
    actor = require_change(Membership)
    held = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if actor.user_id is not None and actor.user_id in (held.user_id, held.opened_by_id):
        raise ValidationError(_("Somebody else certifies a role that you have or have opened."))
    if held.ended_at is not None:
        raise ValidationError(_("This role has ended."))
    held.certified_on, held.certified_until = today, today + _CERTIFIED
    held.awake_since = today
    held.save(update_fields=["certified_on", "certified_until", "awake_since"])
    audit.record("access.membership_certified", held, result="done")
    membership.refresh_from_db()
    return membership


@transaction.atomic
def membership_end(*, membership: Membership, because: Membership.Because) -> Membership:
    """End somebody's role at once. Ending what has ended changes nothing. Raises NotPermitted."""
    require_change(Membership)
    standing = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if standing.ended_at is None:
        # Recorded first: whoever ends the own role is nobody from the next line on.
        audit.record(
            "access.membership_ended", standing, result="done", detail={"because": because}
        )
        standing.ended_at, standing.ended_because = timezone.now(), because
        standing.save(update_fields=["ended_at", "ended_because"])
    return standing


@transaction.atomic
def account_wake(*, membership: Membership, today: date) -> None:
    """Open again an account that fell asleep because nobody used it. Raises NotPermitted."""
    require_change(Membership)
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(awake_since=today)
    audit.record("access.account_woken", membership, result="done")


_CERTIFIED = timedelta(days=Membership.CERTIFIED_DAYS)


def _membership_add(*, user: User, role: Role, agency: Agency, starts: date) -> Membership:
    today = timezone.localdate()
    first = _nobody_could_certify(role)
    membership = Membership.objects.create(
        user=user,
        agency=agency,
        agency_kind=agency.kind,
        role=role,
        starts=starts,
        awake_since=today,
        certified_on=today if first else None,
        certified_until=today + _CERTIFIED if first else None,
    )
    audit.record("access.membership_opened", membership, result="done", detail={"role": role})
    return membership


def _nobody_could_certify(role: Role) -> bool:
    """In a home without accounts, and of the first director: from then on there are two."""
    if identity.current().is_operator:
        return True
    directors = Membership.objects.filter(role=Role.DIRECTOR).exclude(certified_on=None)
    return role == Role.DIRECTOR and not directors.exists()


def _may_have(role: Role, agency: Agency) -> None:
    if agency.kind not in HELD_AT[role]:
        raise ValidationError({"role": _unheld(role, agency)})
    today = timezone.localdate()
    states = [agreement.state(today) for agreement in Agreement.objects.filter(agency=agency)]
    if Agreement.State.LIVE not in states:
        raise ValidationError({"agency": _no_agreement(agency)})


def _no_agreement(agency: Agency) -> str:
    return _("%(agency)s has no agreement in force. Record the agreement first.") % {
        "agency": agency.name
    }


def _unheld(role: Role, agency: Agency) -> str:
    kinds = ", ".join(str(Agency.Kind(kind).label) for kind in HELD_AT[role])
    return _("%(agency)s (%(kind)s) has no %(role)s; that role exists at: %(kinds)s.") % {
        "agency": agency.name,
        "kind": agency.get_kind_display(),
        "role": role.label,
        "kinds": kinds,
    }
