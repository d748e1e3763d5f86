"""Assigning the columns of an unknown table to a catalogue of fields.

Two kinds of evidence are weighed: the words of the header, and the values below it. A header
that says the right thing over values that cannot be it counts for nothing; values that can only
be one thing carry a column whose header says nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .values.headers import NOISE, Candidates, Lexicon
from .values.profile import Profile

Fit = Callable[[Profile], float]
LOWEST = 0.3
BLANK_FIT = 0.5
# A cut word that may be more things than this says something only beside a certain word.
VAGUE = 7


def never(_: Profile) -> float:
    """The fit of values that alone never decide."""
    return 0.0


@dataclass(frozen=True)
class Field:
    """One field of the catalogue.

    `headers`: patterns of concepts, best first ("occur date"). `forbid`: concepts that rule a
    header out. `fits`: how well values suit, 0 (impossible) to 1. `alone`: how surely values
    alone, without a telling header, mean this field.
    """

    name: str
    headers: tuple[str, ...]
    fits: Fit
    alone: Fit = never
    forbid: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Choice:
    """A column taken for a field: the score, 0 to 1, and whether values alone decided."""

    column: str
    score: float
    by_values: bool = False


def assign(
    profiles: Mapping[str, Profile], fields: Iterable[Field], lexicon: Lexicon
) -> dict[str, Choice]:
    """The best column for each field, each column used once, most certain pairs first."""
    scored = [
        (score, -position, field_.name, column, by_values)
        for position, field_ in enumerate(fields)
        for column, profile in profiles.items()
        for score, by_values in [score_of(field_, profile, lexicon)]
        if score >= LOWEST
    ]
    chosen: dict[str, Choice] = {}
    used: set[str] = set()
    for score, _, name, column, by_values in sorted(scored, key=lambda s: (-s[0], -s[1])):
        if name not in chosen and column not in used:
            chosen[name] = Choice(column, score, by_values)
            used.add(column)
    return chosen


def score_of(field_: Field, profile: Profile, lexicon: Lexicon) -> tuple[float, bool]:
    """Score of a column for a field, 0 to 1, and whether it rests on the values alone."""
    words = lexicon.read(profile.name)
    if any(len(word) == 1 and word <= field_.forbid for word in words):
        return 0.0, False
    header = max(
        (_match(pattern, place, words) for place, pattern in enumerate(field_.headers)),
        default=0.0,
    )
    if header > 0:
        fit = BLANK_FIT if profile.blank else field_.fits(profile)
        return (header * (0.5 + 0.5 * fit) if fit > 0 else 0.0), False
    if profile.blank or not says_nothing(words):
        return 0.0, False
    return 0.6 * field_.alone(profile), True


def says_nothing(words: tuple[Candidates, ...]) -> bool:
    """True for a header without a known word ("col_a", "Column 7")."""
    return all(word == {NOISE} or all(c.startswith("?") for c in word) for word in words)


def _match(pattern: str, place: int, words: tuple[Candidates, ...]) -> float:
    """How well a header matches a pattern: less for other words and for uncertain ones."""
    rest, unsure, vague = list(words), 0, 0
    for concept in pattern.split():
        word = min((w for w in rest if concept in w), key=len, default=None)
        if word is None:
            return 0.0
        rest.remove(word)
        unsure += len(word) > 1
        vague += len(word) > VAGUE
    if vague == len(pattern.split()):
        return 0.0
    rest = [word for word in rest if NOISE not in word]
    return max(0.05, 1.0 - 0.03 * place - 0.07 * min(len(rest), 6) - 0.05 * unsure)
