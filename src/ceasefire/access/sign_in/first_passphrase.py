"""The passphrase with which somebody signs in for the first time, and changes at once.

It is told to whoever opens the account, in the answer to that form and nowhere else: only its hash
is kept.
"""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import audit
from ceasefire.access.models import Membership, User
from ceasefire.access.policies import require_change
from ceasefire.access.services import account_open
from ceasefire.access.sign_in.models import PasswordStanding

# Nothing that is mistaken for another when read out; no vowel, so that no word comes about.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
GROUPS, LETTERS = 4, 5
audit.verb("access.passphrase_given", gettext_lazy("made a first passphrase for an account"))


@transaction.atomic
def account_begin(**words) -> tuple[User, str]:
    """Open an account and make its first passphrase; takes and raises what `account_open` does."""
    passphrase = _made()
    user = account_open(password=passphrase, **words)
    _given(user)
    return user, passphrase


@transaction.atomic
def passphrase_renew(*, user: User) -> str:
    """Make the first passphrase anew: it was mislaid. The earlier one opens nothing any more.

    Raises NotPermitted, and ValidationError once the person has signed in.
    """
    require_change(Membership)
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.last_login is not None:
        raise ValidationError(_("This person has signed in already and has a password of their own."))
    passphrase = _made()
    held.set_password(passphrase)
    held.save(update_fields=["password"])
    _given(held)
    return passphrase


def _made() -> str:
    """About 95 bits, in groups that can be read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) for _one in range(GROUPS))
    return "-".join(groups)


def _given(user: User) -> None:
    PasswordStanding.objects.update_or_create(user=user, defaults={"must_change": True})
    audit.record("access.passphrase_given", user, result="done")
