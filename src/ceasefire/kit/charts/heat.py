"""A grid of named rows and columns, darker where the figure is larger."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.grid import level
from ceasefire.kit.charts.scales import shortened, wide
from ceasefire.kit.tables import Number

PITCH, HEAD = 30, 42.0


@dataclass(frozen=True)
class HeatRow:
    """figures: one for each column, in words; None where nothing is known. shades: what makes a
    cell dark, from 0; None leaves it bare."""

    name: str
    figures: Sequence[str | None]
    shades: Sequence[float | None]


def heat_grid(
    rows: Sequence[HeatRow], *, columns: Sequence[str], of: str, title: str, sentence: str,
    palette: Palette = "screen",
) -> Chart:  # fmt: skip
    """of: what the rows are. Raises ValueError where a row has another number of figures."""
    if any(len(row.figures) != len(columns) != len(row.shades) for row in rows):
        raise ValueError("Every row of a grid has a figure and a shade for each column.")
    return Chart(
        draw=lambda width: _draw(rows, columns, width, title, sentence, palette),
        title=title,
        sentence=sentence,
        columns=[of, *(Number(name) for name in columns)],
        rows=[[row.name, *(figure or "" for figure in row.figures)] for row in rows],
    )


def _draw(rows, columns, width, title, sentence, palette) -> SafeString:
    is_wide = width > 400
    canvas = Canvas(width, HEAD + PITCH * len(rows) + 1, palette)
    left = min(max(wide(row.name) for row in rows) + 12, width * (0.35 if is_wide else 0.3))
    pitch = (width - left - 1) / max(len(columns), 1)
    highest = max((s for row in rows for s in row.shades if s is not None), default=0) or 1
    for nth, name in enumerate(columns):
        for line, part in enumerate(_two_lines(name, pitch - 4)):
            canvas.text(shortened(part, pitch - 4), left + (nth + 0.5) * pitch, 14 + 16 * line,
                        "soft", text_anchor="middle")  # fmt: skip
    for nth, row in enumerate(rows):
        _draw_row(canvas, row, columns, left, HEAD + nth * PITCH, pitch, highest)
    return canvas.svg(title, sentence, css="wide" if is_wide else "narrow")


def _two_lines(name: str, room: float) -> list[str]:
    """A heading that is too wide, cut at the blank nearest to its middle."""
    blanks = [at for at, letter in enumerate(name) if letter == " "]
    if wide(name) <= room or not blanks:
        return ["", name]
    at = min(blanks, key=lambda one: abs(one - len(name) / 2))
    return [name[:at], name[at + 1 :]]


def _draw_row(canvas, row: HeatRow, columns, left, y, pitch, highest) -> None:
    canvas.text(shortened(row.name, left - 10), left - 8, y + 20, "soft", text_anchor="end")
    for nth, (figure, shade) in enumerate(zip(row.figures, row.shades, strict=True)):
        x, step = left + nth * pitch, 0 if shade is None else level(shade, highest)
        says = f"{row.name}, {columns[nth]}: {figure or '–'}"
        canvas.add("rect", f"cell level-{step}", title=says, x=x, y=y, width=pitch, height=PITCH)
        if figure:
            canvas.text(figure, x + pitch / 2, y + 20, f"on-{step}", text_anchor="middle")
