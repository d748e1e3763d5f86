"""What every chart hands back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

# On paper as wide as a page at 96 dots to the inch, so that its words are as large as the text.
WIDE, NARROW, PRINTED = 500, 288, 680


@dataclass(frozen=True)
class Chart:
    """A picture in three widths, the sentence that says what it shows, and its figures.

    svg: for 430 pixels and more; narrow: for a phone or a card, with fewer labels; printed: for
    paper.
    Each is drawn when it is asked for.
    columns, rows: the same figures as a table; a cell may be a `kit.tables.Link`.
    """

    title: str
    sentence: str
    columns: Sequence
    rows: Sequence[Sequence]
    draw: Callable[[int], SafeString]

    @cached_property
    def svg(self) -> SafeString:
        return self.draw(WIDE)

    @cached_property
    def narrow(self) -> SafeString:
        return self.draw(NARROW)

    @cached_property
    def printed(self) -> SafeString:
        return self.draw(PRINTED)

    @property
    def markup(self) -> SafeString:
        """Both widths; the style sheet shows the one that fits."""
        return mark_safe(f"{self.svg}{self.narrow}")
