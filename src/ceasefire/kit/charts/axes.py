"""The frame that upright charts share: rules with figures at the left, a line at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from ceasefire.kit.charts.canvas import Canvas
from ceasefire.kit.charts.scales import Scale, figure, ticks, wide


@dataclass(frozen=True)
class Plot:
    """The rectangle inside the axes, with the scale of its height."""

    left: float
    right: float
    top: float
    foot: float
    up: Scale

    @property
    def room(self) -> float:
        return self.right - self.left


def upright(canvas: Canvas, highest: float, *, top: float, foot: float) -> Plot:
    """Draw the rules and the foot line for values from 0 to `highest`."""
    marks = ticks(max(highest, 1))
    left = max(wide(figure(mark)) for mark in marks) + 10
    plot = Plot(left, canvas.width - 2, top, foot, Scale(0, marks[-1], foot, top))
    for mark in marks:
        y = plot.up(mark)
        canvas.add("line", "axis" if mark == 0 else "rule", x1=left, x2=plot.right, y1=y, y2=y)
        canvas.text(figure(mark), left - 6, y + 4.5, "soft", text_anchor="end")
    return plot


def foot_labels(canvas: Canvas, places: Sequence[tuple[float, str]], plot: Plot) -> None:
    """Words under the foot line, inside the sheet and off one another; the latest goes first."""
    edge = float("inf")
    for x, words in reversed(places):
        half = wide(words) / 2
        centre = min(max(x, plot.left + half - 8), canvas.width - half)
        if centre + half > edge - 6:
            continue
        canvas.text(words, centre, plot.foot + 18, "soft", text_anchor="middle")
        edge = centre - half


def legend(canvas: Canvas, entries: Sequence[tuple[str, str, str]], y: float = 12) -> float:
    """A line of (shape, role, words) from the left, wrapping; returns the y under it."""
    x = 0.0
    for shape, role, words in entries:
        if x and x + 26 + wide(words) > canvas.width:
            x, y = 0.0, y + 20
        _sample(canvas, shape, role, x, y)
        canvas.text(words, x + 24, y + 4.5, "soft")
        x += 24 + wide(words) + 20
    return y + 16


def _sample(canvas: Canvas, shape: str, role: str, x: float, y: float) -> None:
    if shape == "box":
        canvas.add("rect", role, x=x + 0.5, y=y - 5.5, width=17, height=11)
    elif shape == "line":
        canvas.add("line", role, x1=x, x2=x + 18, y1=y, y2=y)
    elif shape == "up":
        canvas.add("path", role, d=triangle(x + 9, y - 5))
    else:
        canvas.add("circle", role, cx=x + 9, cy=y, r=5)


def triangle(x: float, y: float, *, down: bool = False) -> str:
    """A small triangle with its tip at y (or, when down, its tip 9 below y)."""
    if down:
        return f"M{x - 5:.1f} {y:.1f}h10l-5 9z"
    return f"M{x:.1f} {y:.1f}l5 9h-10z"
