"""The letters of a breach, in English or Spanish. Each names its addressee's record alone."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ceasefire.access.breach import selectors
from ceasefire.access.breach.models import Breach, Duty
from ceasefire.access.breach.words import class_words
from ceasefire.kit import documents

TEMPLATE = Path(__file__).parent / "letter.typ"
LANGUAGES = {"en": "for_letters", "es": "for_letters_es"}


@dataclass(frozen=True)
class Letter:
    """to: who is told. key: the person's own record, for a letter to one person."""

    breach: Breach
    to: Duty
    language: str
    key: str = ""


def letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF. Raises ValidationError that says what is missing."""
    _require_ready(letter)
    with translation.override(letter.language):
        return documents.pdf(TEMPLATE, letter_data(letter))


def _require_ready(letter: Letter) -> None:
    if not (_happened(letter) and letter.breach.contact):
        raise ValidationError(
            _("First write what happened, in the language of the letter, and whom to call.")
        )
    if letter.key and letter.key not in selectors.scope(letter.breach).keys:
        raise ValidationError(_("This person is not among those whom the breach reached."))


def _happened(letter: Letter) -> str:
    return getattr(letter.breach, LANGUAGES[letter.language])


def letter_data(letter: Letter) -> dict:
    """Everything that the letter says: dates, classes of data, and the words written for it."""
    return {
        "language": letter.language,
        "title": str(_TITLES[letter.to]()),
        "reference": f"{letter.breach} {letter.key}".strip(),
        "reference_word": _("Reference"),
        "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        "addressee": _("Name and address, filled in by the agency that holds the record:")
        if letter.to == Duty.PEOPLE
        else "",
        "paragraphs": [_happened(letter), *_facts(letter)],
        "classes_word": _("Kinds of information reached"),
        "classes": _classes(letter),
        "closing": [*_closing(letter), letter.breach.contact],
        "page": _("page"),
    }


_TITLES = {
    Duty.PEOPLE: lambda: _("Notice that information about you was reached"),
    Duty.ATTORNEY_GENERAL: lambda: _("Notice of a breach to the attorney general"),
    Duty.VENDOR: lambda: _("Notice of a breach by the system operator to the city"),
}


def _facts(letter: Letter) -> list[str]:
    breach = letter.breach
    facts = [
        _("It happened between %(since)s and %(until)s. It was found on %(found)s.")
        % {
            "since": _day(breach.since),
            "until": _day(breach.until),
            "found": date_format(breach.found_on, "DATE_FORMAT"),
        }
    ]
    if letter.to != Duty.PEOPLE:
        many = len(selectors.scope(breach).subjects)
        facts.append(_("Records of %(many)s persons were reached.") % {"many": f"{many:,}"})
    return facts


def _classes(letter: Letter) -> list[str]:
    reached = selectors.kinds(letter.breach, letter.key or None)
    return sorted({str(class_words(kind.data_class)) for kind in reached})


def _closing(letter: Letter):
    if letter.to != Duty.PEOPLE:
        yield _("The persons reached are told by letters of their own.")
        return
    yield _(
        "You need not do anything. If somebody uses what they learned about you, or you fear for "
        "your safety, call the number below, or 911 in an emergency."
    )
    yield _("You may ask what is held about you, and have what is wrong corrected.")


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
