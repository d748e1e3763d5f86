"""Words that are kept about people are looked through before they are kept (C30)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ceasefire.access.text_lint import findings


def require_fit(**texts: str) -> None:
    """Raises ValidationError, by field, for politics, religion, immigration or associations.

    What is found is held: it is not stored until it is left out, and the remedy says how.
    """
    faults = {field: told for field, text in texts.items() if (told := _told(text))}
    if faults:
        raise ValidationError(faults)


def _told(text: str) -> list[str]:
    return [
        _("“%(words)s” is not kept here. %(remedy)s") % {"words": one.words, "remedy": one.remedy}
        for one in findings(text)
        if one.holds
    ]


def require_words(**texts: str) -> None:
    """Raises ValidationError, by field, for what is empty."""
    faults = {field: _("Say it in words.") for field, text in texts.items() if not text.strip()}
    if faults:
        raise ValidationError(faults)
