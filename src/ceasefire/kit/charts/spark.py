"""A line the height of a word."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.scales import Scale

WIDTH, HEIGHT, EDGE = 120, 28, 4


def sparkline(values: Sequence[float], *, title: str, palette: Palette = "screen") -> SafeString:
    """The course of a few values from zero up, its last one as a dot; the title says it in words.

    It stands beside its figures, so it has no table of its own.
    """
    canvas = Canvas(WIDTH, HEIGHT, palette)
    up = Scale(0, max(values, default=1) or 1, HEIGHT - EDGE, EDGE)
    along = Scale(0, max(len(values) - 1, 1), EDGE, WIDTH - EDGE)
    points = [(along(i), up(value)) for i, value in enumerate(values)]
    if points:
        canvas.add("path", "line", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
        canvas.add("circle", "point", cx=points[-1][0], cy=points[-1][1], r=3)
    return canvas.svg(title, title, css="spark")
