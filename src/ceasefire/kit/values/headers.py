"""Header texts as words, and words as concepts, whatever their spelling.

A lexicon maps words to concepts. A header word that is not in it is tried as a plural, as a run
of words written together, as a consonant abbreviation ("nbrhd"), and, at the end of a header of
exactly ten characters (the limit of a shapefile), as the beginning of a word.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

Candidates = frozenset[str]
_CAMEL = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)
_SHORT_PIECES = frozenset({"id", "no", "dt", "tm", "cd", "nm", "of", "is"})
_STUB = 2
NOISE = "noise"
_NOISE = frozenset({NOISE})
CUT_LENGTH = 10


def split_words(header: str) -> list[str]:
    """Lower-case words without accents or digits: "VicAge_Group1" gives vic, age, group."""
    plain = unicodedata.normalize("NFKD", header.replace("#", " number "))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    spaced = re.sub(r"[^A-Za-z]+", " ", _CAMEL.sub(" ", plain))
    return spaced.lower().split()


class Lexicon:
    """Words and the concepts that they name. One word may name several ("datetime")."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {word: tuple(concepts.split()) for word, concepts in words.items()}
        self._skeletons: dict[str, set[str]] = {}
        for word in self._words:
            if len(word) > 4:
                self._skeletons.setdefault(_skeleton(word), set()).add(word)
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, header: str) -> tuple[Candidates, ...]:
        """One set of candidate concepts for each word; an unknown word stands for itself."""
        words = split_words(header)
        cut = len(header.strip()) == CUT_LENGTH
        found: list[Candidates] = []
        for position, word in enumerate(words):
            found += self._concepts(word, cut and position == len(words) - 1)
        return tuple(found)

    def _concepts(self, word: str, may_be_cut: bool) -> list[Candidates]:
        known = self._known(word) or self._joined(word)
        if may_be_cut and (known is None or (len(word) <= _STUB and known == [_NOISE])):
            known = self._cut(word) or known
        return known or self._abbreviated(word) or [frozenset({f"?{word}"})]

    def _known(self, word: str) -> list[Candidates] | None:
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in self._words:
                return [frozenset({concept}) for concept in self._words[form]]
        return self._squeezed(word) if len(word) > 4 else None

    def _squeezed(self, word: str) -> list[Candidates] | None:
        """The concept of the words that have exactly these consonants, if it is one."""
        words = self._skeletons.get(word, ())
        concepts = {concept for known in words for concept in self._words[known][:1]}
        return [frozenset(concepts)] if len(concepts) == 1 else None

    def _joined(self, word: str) -> list[Candidates] | None:
        """The word as a run of known words, in as few pieces as possible."""
        splits: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            ways = [
                [*splits[start], word[start:end]]
                for start in range(end)
                if splits[start] is not None and self._is_piece(word[start:end])
            ]
            splits.append(min(ways, key=len, default=None))
        pieces = splits[-1]
        return pieces and [concept for piece in pieces for concept in self._known(piece)]

    def _is_piece(self, piece: str) -> bool:
        return (len(piece) > 2 or piece in _SHORT_PIECES) and self._known(piece) is not None

    def _cut(self, word: str) -> list[Candidates] | None:
        """Concepts of the words that start so; also after known words written together."""
        for start in range(len(word)):
            before = self._joined(word[:start]) if start else []
            rest = word[start:]
            if before is None or (start and len(rest) > len(word) - 2):
                continue
            starts = {
                c for known, cs in self._words.items() if known.startswith(rest) for c in cs[:1]
            }
            if starts:
                return [*before, frozenset(starts)]
        return None

    def _abbreviated(self, word: str) -> list[Candidates] | None:
        """The concept of words whose consonants are these letters."""
        if len(word) < 3 or any(vowel in word[1:] for vowel in "aeiou"):
            return None
        words = self._skeletons.get(_skeleton(word)) or {
            known
            for skeleton, group in self._skeletons.items()
            if len(word) >= 4 and skeleton.startswith(_skeleton(word))
            for known in group
        }
        concepts = {concept for known in words for concept in self._words[known][:1]}
        return [frozenset(concepts)] if concepts else None


def _skeleton(word: str) -> str:
    return word[0] + re.sub(r"[aeiou]", "", word[1:])
