"""The letters that answer a request, in English or Spanish.

The letter that neither confirms nor denies is made of a language and of nothing else: no name, no
number and no day stands in it, so that it is the same file for whoever asks. To whom it goes
stands on a sheet of its own, which is made of the request alone.
"""

from functools import lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ceasefire.kit import documents
from ceasefire.rights.models import Answer, Contest

TEMPLATE = Path(__file__).parent / "letter.typ"


@lru_cache(maxsize=4)
def cannot_confirm(language: str) -> bytes:
    """Neither confirms nor denies. Takes nothing of any record, request or day."""
    with translation.override(language):
        return _pdf(
            language,
            _("Answer to your request about your own records"),
            paragraphs=[
                _(
                    "You asked whether we hold anything about you. We can neither confirm nor deny "
                    "it. You receive this same letter whether nothing is held, or something is "
                    "held that the law does not let us tell now."
                ),
                _("We tell nothing where telling could:"),
            ],
            points=[
                _("endanger somebody, or reveal who spoke to the police"),
                _("harm a criminal case that is open"),
                _("reveal a record that a court has sealed or ordered destroyed"),
            ],
            closing=[
                _(
                    "Why we answered so in your case is written down and sealed, and an auditor "
                    "outside our agency can look at it. To ask for that, write to the office "
                    "where you made your request, within 60 days. You may also ask a court."
                ),
                _("You may ask again at any time. It costs nothing and is held against nobody."),
            ],
        )


def answered(answer: Answer) -> bytes:
    """The letter of one answer. One way leads to both kinds of it."""
    language = answer.request.language
    letters = {Answer.Outcome.GIVEN: _given, Answer.Outcome.CANNOT: _cannot}
    return letters[Answer.Outcome(answer.outcome)](language, answer.told)


def _cannot(language: str, told: list) -> bytes:
    return cannot_confirm(language)


def _given(language: str, told: list) -> bytes:
    with translation.override(language):
        return _pdf(
            language,
            _("What is held about you"),
            paragraphs=[
                _(
                    "You asked what we hold about you. This is what we can tell. Other holders "
                    "answer by letters of their own."
                )
            ],
            sections=told,
            closing=[
                _(
                    "If something here is wrong, you may have it corrected or contest it. Somebody "
                    "from outside the agency that wrote it decides within 30 days and gives you "
                    "the reasons. What nobody has decided by then is shown to nobody."
                )
            ],
        )


def decided(contest: Contest) -> bytes:
    """The reasons of a decision, and of an appeal where there was one."""
    language = contest.language
    with translation.override(language):
        sections = [
            [_("What you contested"), [contest.says]],
            [_("The decision"), [_outcome(contest.outcome), contest.reasons]],
        ]
        if contest.appeal_outcome:
            told = [_outcome(contest.appeal_outcome), contest.appeal_reasons]
            sections.append([_("The outsider's decision, which counts"), told])
        return _pdf(
            language,
            _("The decision on what you contested"),
            sections=sections,
            closing=[_closing(contest)],
        )


def _outcome(outcome: str) -> str:
    if outcome == Contest.Outcome.TAKEN_OUT:
        return _(
            "The entry is taken out. Nobody is shown it any more, and every agency that received "
            "it is told to put its copies right."
        )
    return _("The entry stands.")


def _closing(contest: Contest) -> str:
    if contest.appeal_outcome:
        return _("You may ask a court to look at it.")
    return _(
        "You may take this to an auditor, who is outside all of law enforcement. Write to the "
        "office where you made your request, within 60 days, what you say to it."
    )


def cover(*, language: str, reference: str, name: str, contact: str, day) -> bytes:
    """To whom letters go, on a sheet of its own: made of the request, and of no answer."""
    with translation.override(language):
        return _pdf(
            language,
            _("Your request about your own records"),
            top=f"{date_format(day, 'DATE_FORMAT')} · {reference}",
            paragraphs=[name, *contact.splitlines()],
        )


def _pdf(language: str, title: str, *, top="", paragraphs=(), points=(), sections=(), closing=()):
    return documents.pdf(
        TEMPLATE,
        {
            "language": language, "title": title, "top": top, "paragraphs": list(paragraphs),
            "points": list(points), "sections": list(sections), "closing": list(closing),
            "page": _("page"),
        },
    )  # fmt: skip
