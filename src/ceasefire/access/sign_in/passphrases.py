"""The passphrase that somebody is given, and changes at the next sign-in.

It is told to whoever asked for it, in the answer to that form and nowhere else: only its hash is
kept.
"""

import secrets

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import audit
from ceasefire.access.models import Membership, User
from ceasefire.access.policies import require_change
from ceasefire.access.services import account_open
from ceasefire.access.sign_in.adapter import STRONG
from ceasefire.access.sign_in.models import PasswordStanding

# Nothing that is mistaken for another when read out; no vowel, so that no word comes about.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
GROUPS, LETTERS = 4, 5
audit.verb("access.passphrase_given", gettext_lazy("made a passphrase for an account"))


@transaction.atomic
def account_begin(**words) -> tuple[User, str]:
    """Open an account and make its passphrase; takes and raises what `account_open` does."""
    passphrase = _made()
    user = account_open(password=passphrase, **words)
    _given(user)
    return user, passphrase


@transaction.atomic
def passphrase_give(*, user: User) -> str:
    """Make a new passphrase: the other was mislaid or forgotten, and opens nothing any more.

    Raises NotPermitted, and ValidationError where the passphrase alone would open a role.
    """
    require_change(Membership)
    held = User.objects.select_for_update().get(pk=user.pk)
    if not is_guarded(held):
        raise ValidationError(
            _(
                "This person has a certified role and no second step here: whoever makes a "
                "passphrase could walk in. End the role first, then give it again."
            )
        )
    passphrase = _made()
    held.set_password(passphrase)
    held.save(update_fields=["password"])
    _given(held)
    return passphrase


def is_guarded(user: User) -> bool:
    """Whether more than a passphrase stands before the role: a second step, or a certificate."""
    standing = Membership.objects.filter(user=user, ended_at=None)
    certified = standing.exclude(certified_until=None).exists()
    return not certified or is_mfa_enabled(user, STRONG)


def _made() -> str:
    """About 95 bits, in groups that can be read out."""
    return "-".join(_group() for _one in range(GROUPS))


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))


def _given(user: User) -> None:
    PasswordStanding.objects.update_or_create(user=user, defaults={"must_change": True})
    audit.record("access.passphrase_given", user, result="done")
