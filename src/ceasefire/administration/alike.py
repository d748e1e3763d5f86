"""Names that may mean the same: what a search before creating finds."""

import unicodedata
from difflib import SequenceMatcher

LIKENESS = 0.85


def folded(text: str) -> str:
    """Small letters without accents, for comparing and for sorting."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


def alike(one: str, other: str) -> bool:
    """Whether two names are the same but for order, accents, capitals and a slip or two."""
    a, b = _ordered(one), _ordered(other)
    if not a or not b:
        return False
    matcher = SequenceMatcher(None, a, b)
    return matcher.quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS


def _ordered(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in folded(name)).split()
    return " ".join(sorted(words))
