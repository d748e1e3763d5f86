"""Hour of day by weekday: a grid of counts, each with its figure."""

import math
from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import figure, wide
from ceasefire.kit.tables import Number

LEVELS = 4


def hour_grid(
    counts: Sequence[Sequence[float]],
    *,
    weekdays: Sequence[str],
    title: str,
    sentence: str,
    palette: Palette = "screen",
) -> Chart:
    """counts[day][hour], seven days of 24 hours from midnight; weekdays: their seven names.

    A phone shows blocks of three hours. Raises ValueError for another shape.
    """
    if len(counts) != 7 or len(weekdays) != 7 or any(len(day) != 24 for day in counts):
        raise ValueError("An hour grid has seven days of 24 hours, and seven names.")
    return Chart(
        draw=lambda width: _draw(counts, weekdays, width, title, sentence, palette),
        title=title,
        sentence=sentence,
        columns=[_("Hour"), *(Number(day) for day in weekdays)],
        rows=[[_clock(hour), *(day[hour] for day in counts)] for hour in range(24)],
    )


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"


def blocks(day: Sequence[float], hours: int) -> list[float]:
    """Sums of `hours` hours each, from midnight."""
    return [sum(day[start : start + hours]) for start in range(0, 24, hours)]


def _block_hours(counts: Sequence[Sequence[float]]) -> int:
    """One hour a cell, or three where an hour's figure would not fit into its cell."""
    return 1 if max(max(day) for day in counts) < 100 else 3


def level(value: float, highest: float) -> int:
    """0 for nothing, then four equal steps up to the highest."""
    return 0 if value <= 0 else min(LEVELS, math.ceil(LEVELS * value / highest))


def _draw(counts, weekdays, width, title, sentence, palette) -> SafeString:
    is_wide = width > 400
    hours = _block_hours(counts) if is_wide else 3
    grid = [blocks(day, hours) for day in counts]
    names = weekdays if is_wide else [name[:3] for name in weekdays]
    left = max(wide(name) for name in names) + 12
    pitch = (width - left - 1) / (24 // hours)
    canvas = Canvas(width, 24 + 7 * 27 + 1, palette)
    highest = max(max(day) for day in grid) or 1
    for position in range(0, 24 // hours, 3 // hours if is_wide else 1):
        hour = position * hours
        anchor = {"text_anchor": "middle"}
        canvas.text(f"{hour:02d}", left + (position + 0.5) * pitch, 15, "soft", **anchor)
    for row, (name, day) in enumerate(zip(names, grid, strict=True)):
        y = 24.0 + row * 27
        canvas.text(name, left - 8, y + 18, "soft", text_anchor="end")
        _draw_day(canvas, weekdays[row], day, hours, left, y, pitch, highest)
    return canvas.svg(title, sentence, css="wide" if is_wide else "narrow")


def _draw_day(canvas, name, day, hours, left, y, pitch, highest) -> None:
    for block, value in enumerate(day):
        x, step = left + block * pitch, level(value, highest)
        start, end = _clock(block * hours), _clock((block + 1) * hours)
        says = f"{name} {start}–{end}: {figure(value)}"
        canvas.add("rect", f"cell level-{step}", title=says, x=x, y=y, width=pitch, height=27)
        if value:
            middle = x + pitch / 2
            canvas.text(figure(value), middle, y + 18, f"on-{step}", text_anchor="middle")
