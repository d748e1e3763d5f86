"""What every chart hands back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from ceasefire.kit.charts.canvas import Palette

WIDE, NARROW = 500, 288


@dataclass(frozen=True)
class Chart:
    """A picture in two widths, the sentence that says what it shows, and its figures.

    svg: for 430 pixels and more, and for print; narrow: for a phone, with fewer labels.
    columns, rows: the same figures as a table; a cell may be a `kit.tables.Link`.
    """

    title: str
    sentence: str
    columns: Sequence
    rows: Sequence[Sequence]
    svg: SafeString
    narrow: SafeString | None = None

    @property
    def markup(self) -> SafeString:
        """Both widths; the style sheet shows the one that fits."""
        return mark_safe(f"{self.svg}{self.narrow or ''}")


def drawn(
    draw: Callable[[int], SafeString],
    *,
    title: str,
    sentence: str,
    columns: Sequence,
    rows: Sequence[Sequence],
    palette: Palette,
) -> Chart:
    """A chart from a function that draws it at a width: a phone and a card need the narrow one."""
    return Chart(title, sentence, columns, rows, draw(WIDE), draw(NARROW))
