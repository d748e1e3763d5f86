"""One-time links by which the holder of an account ties the agency's sign-on to it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit, identity
from ceasefire.access.models import User
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.sign_in.models import SignOnInvitation

LASTS = timedelta(days=3)
IN_SESSION = "sign_on_invitation"
audit.verb("access.sign_on_invited", _("made a link that ties an agency's sign-on to an account"))


@transaction.atomic
def invite(*, user: User, provider: str) -> str:
    """Make the link's secret part, told once; an earlier link for the same ends.

    System administrators and the operator may.
    """
    actor = identity.current()
    if not (actor.is_operator or actor.role == Role.ADMINISTRATOR):
        raise NotPermitted(f"{actor.name} may not invite; a system administrator may.")
    token = secrets.token_urlsafe(32)
    User.objects.select_for_update().get(pk=user.pk)
    unused = SignOnInvitation.objects.filter(user=user, provider=provider, used_at=None)
    unused.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now())
    SignOnInvitation.objects.create(
        user=user,
        provider=provider,
        token_hash=_hash(token),
        made_by=actor.name,
        ends_at=timezone.now() + LASTS,
    )
    audit.record("access.sign_on_invited", user, result="done", detail={"provider": provider})
    return token


def open_invitation(token: str) -> SignOnInvitation | None:
    """The invitation of a link that is neither used nor too old."""
    unused = SignOnInvitation.objects.filter(used_at=None, ends_at__gt=timezone.now())
    return unused.select_related("user").filter(token_hash=_hash(token)).first()


def take(request, *, provider: str) -> SignOnInvitation | None:
    """Use up the invitation that this browser opened, if it is for this provider."""
    token = request.session.pop(IN_SESSION, "")
    invitation = open_invitation(token) if token else None
    if invitation is None or invitation.provider != provider:
        return None
    unused = SignOnInvitation.objects.filter(pk=invitation.pk, used_at=None)
    return invitation if unused.update(used_at=timezone.now()) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
