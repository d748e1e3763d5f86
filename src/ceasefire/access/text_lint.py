"""What may not be written down about a person: politics, religion, immigration, associations.

Sees one text and nothing else, keeps nothing, and takes time in proportion to the text. The words
are data (`text_lint_words.json`). It finds words, not meanings: a person decides what a finding
is worth, with its remedy in view.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ceasefire.kit.values.headers import split_words

NOTE = "place of worship"
_NEVER = "never"
_REMEDIES = {
    "politics": _(
        "Leave out opinions, parties and protests. If the crime itself was there, say only where "
        "and when; otherwise the privacy officer decides."
    ),
    "religion": _("Leave out what somebody believes or which services somebody attends."),
    "immigration": _(
        "Leave out status, citizenship, birthplace and immigration agencies: they are never "
        "collected here."
    ),
    "association": _(
        "Leave out unions and associations, unless the association is itself suspected of a crime."
    ),
    NOTE: _("A place is a fact and may stay. Do not say who prays there."),
}
_REASONS = {
    "politics": "politics",
    "religion": "religion",
    "immigration": "immigration, citizenship or birthplace",
    "association": "membership of a union or another association",
    "juvenile history": "a juvenile's history and prognosis, which are privileged",
    "criminal history": "the state's or the FBI's criminal-history files",
}
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|[.!?;\n]")
_STOPS = frozenset(".!?;\n")
# A full stop after one of these ends no sentence.
_SHORT = frozenset(
    [
        "st",
        "ste",
        "sta",
        "sto",
        "mt",
        "mr",
        "mrs",
        "ms",
        "dr",
        "rev",
        "ave",
        "blvd",
        "rd",
        "no",
        "jr",
        "sr",
        "det",
        "ofc",
        "sgt",
        "lt",
    ]
)
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
# No name of a place begins so.
_SMALL = frozenset(
    ["the", "a", "an", "his", "her", "their", "my", "el", "la", "los", "las", "un", "una", "su"]
)
# Words at which a gap ends: "attended a funeral at the church" is no attending of church.
_BEYOND = frozenset(["at", "near", "outside", "behind", "beside", "from", "by", "frente", "cerca"])
_GAP = 2
_LONGEST_PREFIX = 16
# So many different values of a column are looked at; a longer one is a sentence, not a fact.
_VALUES, _LONGEST_VALUE = 200, 60
# Shorter phrases are met as words, never inside a run of letters.
_JOINED = 8


@dataclass(frozen=True)
class Finding:
    """kind: politics, religion, immigration, association, or the note 'place of worship'.

    start, end: where in the text; words: as written there; remedy: what to do instead.
    """

    kind: str
    start: int
    end: int
    words: str
    remedy: str

    @property
    def holds(self) -> bool:
        """Whether the text waits for a person; a note does not hold it."""
        return self.kind != NOTE


def findings(text: str) -> list[Finding]:
    """What in a text ought not to be kept, in its order; overlaps once for each kind."""
    words = _words(text)
    shouted = text.isupper()
    hits = [hit for at in range(len(words)) for hit in _hits(words, at, shouted)]
    return [_finding(text, words, hit) for hit in _outermost(hits)]


def column_refused(name: str) -> str | None:
    """Why a column of this name is never taken in; None where it may be."""
    words = split_words(name)
    for kind, phrases in _columns().items():
        if any(_says(words, phrase) for phrase in phrases):
            return _REASONS[kind]
    return None


def judgement_refused(name: str) -> str | None:
    """Why a column of an earlier list is never taken in, where it tells what was thought of
    somebody: a tier, a score, a rank, a group, a label."""
    words = split_words(name)
    if any(_says(words, phrase.split()) for phrase in _data()["judgement"]):
        return "what an earlier programme thought of somebody"
    return None


def values_refused(cells: Mapping[str, int]) -> str | None:
    """Why a column with these values (each with how often) is never taken in, whatever its name.

    Where a third of the cells are, and at least two different values, of one kind: a city that
    is called Lebanon, or a boy Christian, says nothing. None where the column may be taken in.
    """
    common = sorted(cells.items(), key=lambda cell: -cell[1])[:_VALUES]
    least = sum(times for _value, times in common) / 3
    for kind, known in _values().items():
        found = [times for value, times in common if _tells(value, kind, known)]
        if len(found) > 1 and sum(found) >= least:
            return f"values that tell of {_REASONS[kind]}"
    return None


def _tells(value: str, kind: str, known: frozenset[str]) -> bool:
    if len(value) > _LONGEST_VALUE:
        return False
    folded = " ".join(word.folded for word in _words(value))
    return folded in known or any(one.kind == kind for one in findings(value))


@cache
def _values() -> dict[str, frozenset[str]]:
    return {kind: frozenset(values) for kind, values in _data()["values"].items()}


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    written: str
    folded: str

    @property
    def stops(self) -> bool:
        return self.folded in _STOPS


@dataclass(frozen=True)
class _Hit:
    """A term of one kind, from the first to the last (inclusive) of its words."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class _Term:
    kind: str
    parts: tuple[tuple[str, ...], ...]


def _words(text: str) -> list[_Word]:
    """Words and the ends of sentences; a stop after an initial or a short form is no end."""
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        written = found[0]
        if written == "." and words and (words[-1].folded in _SHORT or len(words[-1].folded) == 1):
            continue
        words.append(_Word(found.start(), found.end(), written, _fold(written)))
    return words


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = (char for char in plain if not unicodedata.combining(char) and char not in "'’ʼ")
    return "".join(kept)


def _hits(words: list[_Word], at: int, shouted: bool) -> Iterator[_Hit]:
    for term in _beginning(words[at].folded):
        last = _end(term.parts, words, at, shouted)
        if last is not None:
            yield _Hit(term.kind, at, last)


def _end(parts, words: list[_Word], at: int, shouted: bool) -> int | None:
    """The last word of a term that begins here, or None; a gap is tried at its shortest first."""
    if parts[0] == ("~",):
        for skipped in range(_GAP + 1):
            between = words[at : at + skipped]
            if any(word.stops or word.folded in _BEYOND for word in between):
                return None
            if (last := _end(parts[1:], words, at + skipped, shouted)) is not None:
                return last
        return None
    if at >= len(words) or not any(_meets(part, words[at], shouted) for part in parts[0]):
        return None
    return at if len(parts) == 1 else _end(parts[1:], words, at + 1, shouted)


def _meets(part: str, word: _Word, shouted: bool) -> bool:
    if part == "<place>":
        return word.written[0].isupper() and word.folded not in _MONTHS | _SMALL
    if part.startswith("="):
        return not shouted and word.written == part[1:]
    if part.endswith("*"):
        return word.folded.startswith(part[:-1])
    return word.folded == part


def _outermost(hits: list[_Hit]) -> Iterator[_Hit]:
    """Hits that no fixed phrase hides, and that lie in no longer or earlier hit of their kind."""
    fixed = _reaches(hit for hit in hits if hit.kind == _NEVER)
    named = _reaches(hit for hit in hits if hit.kind == NOTE)
    covered: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if hit.first in fixed or hit.last in fixed:
            continue
        if hit.kind != NOTE and hit.last <= named.get(hit.first, -1):
            continue
        if hit.last > covered.get(hit.kind, -1):
            covered[hit.kind] = hit.last
            yield hit


def _reaches(hits: Iterable[_Hit]) -> dict[int, int]:
    """Each word inside one of the phrases -> the last word of the one that reaches furthest."""
    reach: dict[int, int] = {}
    for hit in hits:
        for at in range(hit.first, hit.last + 1):
            reach[at] = max(reach.get(at, -1), hit.last)
    return reach


def _finding(text: str, words: list[_Word], hit: _Hit) -> Finding:
    start, end = words[hit.first].start, words[hit.last].end
    return Finding(hit.kind, start, end, text[start:end], _REMEDIES[hit.kind])


def _beginning(word: str) -> Iterator[_Term]:
    """Terms whose first part may be this word."""
    index = _index()
    yield from index.get(word, ())
    for length in range(1, min(len(word), _LONGEST_PREFIX) + 1):
        yield from index.get(word[:length] + "*", ())


@cache
def _index() -> dict[str, tuple[_Term, ...]]:
    """The terms, by each way in which their first word may be written."""
    index: dict[str, list[_Term]] = {}
    for kind, terms in _data().items():
        if kind in ("about", "columns", "values", "judgement"):
            continue
        for line in terms:
            term = _Term(kind, tuple(tuple(part.split("|")) for part in line.split()))
            for first in term.parts[0]:
                index.setdefault(first.removeprefix("=").casefold(), []).append(term)
    return {first: tuple(terms) for first, terms in index.items()}


@cache
def _columns() -> dict[str, list[list[str]]]:
    columns = _data()["columns"]
    return {kind: [phrase.split() for phrase in phrases] for kind, phrases in columns.items()}


@cache
def _data() -> dict:
    return json.loads(Path(__file__).with_name("text_lint_words.json").read_text("utf-8"))


def _says(words: list[str], phrase: list[str]) -> bool:
    """The phrase as words in a row, or written together in a run of letters."""
    if phrase[0].startswith("="):
        return [phrase[0][1:], *phrase[1:]] == words
    size = len(phrase)
    if any(words[at : at + size] == phrase for at in range(len(words) - size + 1)):
        return True
    joined = "".join(phrase)
    return len(joined) >= _JOINED and joined in "".join(words)
