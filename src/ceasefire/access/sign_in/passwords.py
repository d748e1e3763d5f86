"""What a password must be: long, not on a list, and not what a guesser tries first.

No rule about capitals, figures or signs, and no changing by the calendar (NIST SP 800-63B). The
lists are those of Django and of zxcvbn, which lie in their packages, and the file that a city
keeps beside them; nothing is asked of the network.
"""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from ceasefire.access.models import Agency, User
from ceasefire.access.sign_in.events import emit
from ceasefire.access.sign_in.models import PasswordStanding

# Ten thousand million guesses, about what one machine tries against a stolen table in an hour.
ENOUGH_GUESSES = 10.0
LONGEST_JUDGED = 72
OWN_ENOUGH = 8
PROGRAMME_WORDS = ("ceasefire", "alto", "fuego", "violence", "violencia", "shooting", "police")
PROGRAMME_WORDS += ("policia", "outreach", "review", "coordination", "password", "contraseña")


class NotKnown:
    """Refuses what is on the city's own list of breached passwords."""

    def validate(self, password: str, user: User | None = None) -> None:
        path = Path(settings.PASSWORD_BLOCKLIST)
        if path.exists() and _listed(hashlib.sha1(password.encode()).hexdigest().upper(), path):
            raise ValidationError(
                _("This password is in a list of stolen passwords. Choose another."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("It must not be in a list of stolen passwords.")


class NotEasilyGuessed:
    """Refuses repeats, rows of keys, common words, one's own names and the programme's words."""

    def validate(self, password: str, user: User | None = None) -> None:
        words = _words_about(user)
        judged = zxcvbn(password[:LONGEST_JUDGED], user_inputs=words)
        if float(judged["guesses_log10"]) < ENOUGH_GUESSES or _rest(password, words) < OWN_ENOUGH:
            raise ValidationError(
                _(
                    "This password is among the first that somebody would guess. Four or five "
                    "words that have nothing to do with each other, or with you and the "
                    "programme, make a good one."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _(
            "Four or five unconnected words make a good one. It must not be made of your name, "
            "your agency or the programme."
        )


def recheck(user: User, password: str) -> None:
    """At sign-in, the one moment when the password is known: look at it again if that is due."""
    if not PasswordStanding.objects.filter(user=user, recheck_due=True).exists():
        return
    refused = not _stands(password, user)
    PasswordStanding.objects.filter(user=user).update(recheck_due=False, must_change=refused)
    if refused:
        emit("password_refused", username=user.username, user_id=user.pk)


def mark_all_due() -> int:
    """Have every password looked at again at its next sign-in; returns how many accounts."""
    PasswordStanding.objects.bulk_create(
        [PasswordStanding(user_id=key) for key in User.objects.values_list("pk", flat=True)],
        ignore_conflicts=True,
    )
    return PasswordStanding.objects.update(recheck_due=True)


def must_change(user: User) -> bool:
    return PasswordStanding.objects.filter(user=user, must_change=True).exists()


def changed(sender, request, user, **_kwargs) -> None:
    PasswordStanding.objects.filter(user=user).update(must_change=False, recheck_due=False)


def _stands(password: str, user: User) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


def _words_about(user: User | None) -> list[str]:
    told = [user.username, user.display_name, user.first_name, user.last_name] if user else []
    # While somebody signs in nobody is bound yet, and the names of agencies are no secret.
    told += Agency._base_manager.values_list("name", flat=True)
    return [
        *PROGRAMME_WORDS,
        *{word for text in told for word in re.findall(r"\w{3,}", text.lower())},
    ]


def _rest(password: str, words: list[str]) -> int:
    """How many letters and figures are left without the words that anybody here knows."""
    left = password.lower()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return len(re.findall(r"\w", left))


def _listed(digest: str, path: Path) -> bool:
    """Whether a file of sorted lines, each beginning with a SHA-1 sum, holds this one."""
    wanted = digest.encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = _line_after(file, middle)
            if line and line[:40].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_after(file, low)[:40].upper() == wanted


def _line_after(file, place: int) -> bytes:
    """The first whole line that begins at this place or after it."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()
