"""Header texts as words, and words as concepts, whatever their spelling.

A lexicon maps words to concepts. A header word that is not in it is tried as a plural, as a run
of words written together, as a consonant abbreviation ("nbrhd"), and, at the end of a header of
exactly ten characters or so (the limit of a shapefile), as the beginning of a word.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

Candidates = frozenset[str]
_CAMEL = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)
_SHORT_PIECES = frozenset({"id", "no", "dt", "tm", "cd", "nm"})
CUT_LENGTHS = (10, 9)


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
        cut = len(header.strip()) in CUT_LENGTHS
        found: list[Candidates] = []
        for position, word in enumerate(words):
            found += self._concepts(word, cut and position == len(words) - 1)
        return tuple(found)

    def _concepts(self, word: str, may_be_cut: bool) -> list[Candidates]:
        known = self._known(word)
        if known is None:
            known = self._joined(word)
        if known is None and may_be_cut:
            known = self._cut(word)
        if known is None:
            known = self._abbreviated(word)
        return [frozenset({f"?{word}"})] if known is None else known

    def _known(self, word: str) -> list[Candidates] | None:
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in self._words:
                return [frozenset({concept}) for concept in self._words[form]]
        return None

    def _joined(self, word: str) -> list[Candidates] | None:
        """The word as a run of known words, in as few pieces as possible."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                piece, before = word[start:end], best[start]
                if before is not None and self._is_piece(piece):
                    if best[end] is None or len(before) + 1 < len(best[end]):
                        best[end] = [*before, piece]
        if best[-1] is None:
            return None
        return [concept for piece in best[-1] for concept in self._known(piece)]

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
