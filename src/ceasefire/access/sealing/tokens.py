"""Search on sealed names: keyed hashes of their words, of how they sound, and of near spellings.

Store `tokens_of(name, room)` beside the record and look for any of `tokens_of(asked, room)`.
Two words meet when they are the same, sound alike in English or Spanish, or differ by one letter
added, left out, changed or swapped with its neighbour.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterator
from uuid import UUID

import jellyfish

from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring

# A shorter word with a letter left out would meet half of all names.
SHORTEST_EDITED = 4
# Nobody's name is longer, and a pasted page must not become a million tokens.
MOST_WORDS, MOST_LETTERS = 12, 40
_LETTERS = re.compile(r"[^\W\d_]+")
# Spellings that sound alike in Spanish, in this order.
_SPANISH = (
    *(("ll", "y"), ("qu", "k"), ("ce", "se"), ("ci", "si"), ("ge", "je"), ("gi", "ji")),
    *(("x", "j"), ("z", "s"), ("v", "b"), ("ch", "C"), ("h", ""), ("C", "ch")),
)


def fold(text: str) -> str:
    """Lower case without accents, hyphens or apostrophes: "O’Ñate-Núñez" gives "onate nunez"."""
    plain = unicodedata.normalize("NFKD", re.sub("['’ʼ`´]", "", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_LETTERS.findall(plain.casefold()))


def sort_key(name: str) -> tuple[str, str]:
    """Order of names as people expect it: accents aside, and ñ after n."""
    enye = unicodedata.normalize("NFC", name).casefold().replace("ñ", "n\uffff")
    plain = unicodedata.normalize("NFKD", enye)
    return "".join(c for c in plain if not unicodedata.combining(c)), name


def tokens_of(text: str, room: Room) -> frozenset[UUID]:
    """Keyed hashes under which a name of this room is stored and found. Raises KeyMissing."""
    key = keyring.search_key(room)
    words = fold(text).split()[:MOST_WORDS]
    forms = {form for word in words for form in _forms(word[:MOST_LETTERS])}
    return frozenset(UUID(bytes=hmac.digest(key, form.encode(), "sha256")[:16]) for form in forms)


def keyed(text: str, room: Room) -> UUID:
    """A keyed hash that says whether two texts of this room are the same. Raises KeyMissing."""
    return UUID(bytes=hmac.digest(keyring.search_key(room), text.encode(), "sha256")[:16])


def _forms(word: str) -> Iterator[str]:
    yield f"form:{word}"
    for heard in (word, as_spanish(word)):
        if sound := jellyfish.metaphone(heard):
            yield f"sound:{sound}"
    if len(word) >= SHORTEST_EDITED:
        yield f"near:{word}"
        yield from (f"near:{word[:i]}{word[i + 1 :]}" for i in range(len(word)))


def as_spanish(word: str) -> str:
    for spelling, sound in _SPANISH:
        word = word.replace(spelling, sound)
    return word
