"""What a study says, kept in every language of the product, with its figures looked up when shown.

A sentence holds no figure of its own: it names cells of the item's tables. What is suppressed in a
table can then not be read out of a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _

Words = str | Promise | dict


@dataclass(frozen=True)
class Cell:
    """Where a figure of a sentence stands: table, row and column by their keys."""

    table: str
    row: str
    column: str


@dataclass(frozen=True)
class Sentence:
    """words: with a %(name)s for each of `cells` and `plain`. plain: what is no figure of a table
    (a date, a setting). A sentence with a cell that is not shown is not shown either."""

    words: Words
    cells: Mapping[str, Cell] = field(default_factory=dict)
    plain: Mapping[str, object] = field(default_factory=dict)


def _said(words: Words, values: dict) -> str:
    return str(words) % values


_later = lazy(_said, str)


def told(words: Words, **values) -> Promise:
    """Words with what they name, said in whatever language they are asked for in."""
    return _later(words, values)


def kept(words: Words) -> str | dict:
    """As an edition keeps it: plain text as it is, what is translated in every language."""
    if not isinstance(words, Promise):
        return words
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(words)
    return said


def shown(words: Words, group: Callable[[int], str] | None = None) -> str:
    """In the reader's language. group: the name of a group, for whoever may read it."""
    if not isinstance(words, dict):
        return str(words)
    if "groups" in words:
        return " / ".join(shown(one, group) for one in words["groups"])
    if "group" in words:
        return group(words["group"]) if group else _("Group %(n)s") % {"n": words["nth"]}
    language = (translation.get_language() or "en").partition("-")[0]
    return words.get(language) or words["en"]
