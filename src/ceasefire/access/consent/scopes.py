"""What a consent may cover, as the person who signs reads it. Later parts declare their own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnknownScope(LookupError):
    """A consent was asked about something that nobody has declared."""


@dataclass(frozen=True)
class Scope:
    """law_enforcement: whether a person may also let police, probation or a prosecutor know it."""

    code: str
    words: Promise
    law_enforcement: bool = False


_scopes: dict[str, Scope] = {}


def scope(code: str, words: Promise, *, law_enforcement: bool = False) -> None:
    """Declare a kind of information ("attendance") and the words that people sign."""
    _scopes[code] = Scope(code, words, law_enforcement)


def named(code: str) -> Scope:
    """Raises UnknownScope."""
    try:
        return _scopes[code]
    except KeyError:
        raise UnknownScope(
            f"Nobody has declared the scope '{code}': consent.scope('{code}', _('its words'))."
        ) from None


def choices() -> list[tuple[str, Promise]]:
    return [(one.code, one.words) for one in _scopes.values()]


def words_of(codes: list[str]) -> str:
    """The words of several; a code that an earlier version knew is shown as it was written."""
    return "; ".join(str(_scopes[code].words) if code in _scopes else code for code in codes)


scope("engaged", _("Whether the person takes part: yes or no"), law_enforcement=True)
scope("attendance", _("Whether appointments were kept"), law_enforcement=True)
scope("contact", _("How to reach the person"))
scope("plan", _("The plan and its goals"))
