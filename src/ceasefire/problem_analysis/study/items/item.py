"""How an item of the analysis is written: what it is (`About`), and what it found (`Found`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Figure, Item, Table
from ceasefire.problem_analysis.study.words import Sentence, Words


@dataclass(frozen=True)
class About:
    """number: T1 to T24, or F18 to F21 for a figure. chapter: a key of `CHAPTERS`. unit: what is
    counted; denominator: of what shares are; method: how, with its settings and source."""

    number: str
    chapter: str
    title: Words
    definition: Words
    unit: Words
    denominator: Words
    method: Words


@dataclass(frozen=True)
class Found:
    sentences: Sequence[Sentence] = ()
    tables: Sequence[Table] = ()
    figures: Sequence[Figure] = ()
    notes: Sequence[Sentence] = ()


@dataclass(frozen=True)
class Lacking:
    """The register cannot tell it, and why; what the city would have to bring."""

    why: Sentence


Build = Callable[[Material], Found | Lacking]


def made(about: About, build: Build, material: Material) -> Item:
    found = build(material)
    told = vars(about)
    if isinstance(found, Lacking):
        return Item(**told, lacking=found.why)
    return Item(**told, **vars(found))


def share(part: float, whole: float) -> float | None:
    """None of nothing."""
    return part / whole if whole else None
