"""Whether the sources of a tie suffice: two that count, of two origins.

Pure: facts in, a verdict out. The database counts the same (`wall.tie_counts`), and a test with
random sources holds the two together. An arrest, a place, kin, clothing and social media never
count, however many there are: Diaz Ortiz v. Garland, 23 F.4th 1; 11 CCR 752.4.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from ceasefire.access.retention.classes import months_after

NEEDED = 2
YOUNGEST = 13
ADULT = 18
# Older than this it says nothing of today, and intelligence is kept no longer.
OLDEST_MONTHS = 60
# The codes of `Citation.Criterion` that count, and what of a `Source` keeps it from counting.
QUALIFYING = frozenset({"own_word", "court", "took_part", "named", "attacked", "papers"})
NEVER_FORMS = frozenset({"tip", "online"})
TRUSTED = frozenset({"reliable", "usually"})
DOUBTED = frozenset({"doubtful"})


@dataclass(frozen=True)
class Cited:
    """One source as it is cited for a tie. origin: the same for all that go back to one telling."""

    criterion: str
    form: str
    reliability: str
    content: str
    on: date
    origin: Hashable


@dataclass(frozen=True)
class Verdict:
    """origins: how many independent ones count. basis_on: the newest day that counts.

    refused: of each source that does not count, its place in what was given and the reason's code.
    """

    origins: int
    basis_on: date | None
    refused: tuple[tuple[int, str], ...]

    @property
    def suffices(self) -> bool:
        return self.origins >= NEEDED


def judge(cited: Iterable[Cited], *, today: date, born: date | None) -> Verdict:
    """born: the latest birth that any record tells; None where none does."""
    cited = list(cited)
    reasons = [why_not(one, today=today, born=born) for one in cited]
    counting = [one for one, reason in zip(cited, reasons, strict=True) if reason is None]
    return Verdict(
        origins=len({one.origin for one in counting}),
        basis_on=max((one.on for one in counting), default=None),
        refused=tuple((at, reason) for at, reason in enumerate(reasons) if reason),
    )


def why_not(one: Cited, *, today: date, born: date | None) -> str | None:
    """The code of what keeps a source from counting; None where nothing does."""
    if one.criterion not in QUALIFYING:
        return "criterion"
    if one.form in NEVER_FORMS:
        return "form"
    if one.reliability not in TRUSTED:
        return "reliability"
    if one.content in DOUBTED:
        return "content"
    if one.on <= months_after(today, -OLDEST_MONTHS):
        return "old"
    if born is not None and one.on < months_after(born, 12 * YOUNGEST):
        return "child"
    return None


def too_young(born: date | None, today: date) -> bool:
    """Under 13: nobody of that age is tied to anything."""
    return born is not None and today < months_after(born, 12 * YOUNGEST)


def is_juvenile(born: date | None, today: date) -> bool:
    """Under 18, or of no known birth."""
    return born is None or today < months_after(born, 12 * ADULT)
