"""What every chart hands back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

WIDE, NARROW = 500, 288


@dataclass(frozen=True)
class Chart:
    """A picture in two widths, the sentence that says what it shows, and its figures.

    svg: for 430 pixels and more, and for print; narrow: for a phone or a card, with fewer labels.
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

    @property
    def markup(self) -> SafeString:
        """Both widths; the style sheet shows the one that fits."""
        return mark_safe(f"{self.svg}{self.narrow}")
