"""Named things as places and two kinds of tie between them as lines: at odds, or allied.

The two kinds differ by colour and by stroke, so that they are told apart without colour.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import NARROW, Chart
from ceasefire.kit.charts.scales import shortened, wide

# A line is so wide, from nothing to the most that is counted; a place so large.
STROKE, RADIUS = (1.4, 5.0), (4.0, 11.0)
HEAD, EDGE, SIZE = 34, 26, 11
NAMES = 120


@dataclass(frozen=True)
class Node:
    """x, y from 0 to 1; count: by which it is large."""

    label: str
    x: float
    y: float
    count: int = 0


@dataclass(frozen=True)
class Tie:
    """Of two nodes by their place in the list. kind: `rival` or `ally`; count: by which thick."""

    one: int
    other: int
    kind: str
    count: int = 0


def sociogram(
    nodes: Sequence[Node], ties: Sequence[Tie], *, kinds: Mapping[str, str], of: str, counted: str,
    title: str, sentence: str, palette: Palette = "screen",
) -> Chart:  # fmt: skip
    """kinds: the words for `rival` and `ally`; of: what a tie is ("Pair"); counted: its count."""
    rows = [
        [f"{nodes[one.one].label} / {nodes[one.other].label}", kinds[one.kind], one.count]
        for one in ties
    ]
    return Chart(
        draw=lambda width: _draw(nodes, ties, kinds, width, title, sentence, palette),
        title=title, sentence=sentence, columns=[of, _("Tie"), counted], rows=rows,
    )  # fmt: skip


def _draw(nodes, ties, kinds, width, title, sentence, palette) -> SafeString:
    is_narrow = width <= NARROW
    canvas = Canvas(width, HEAD + width * (1.2 if is_narrow else 0.95), palette)
    room = NAMES / 2 if is_narrow else NAMES
    at = [_at(one, width, canvas.height, room) for one in nodes]
    _legend(canvas, [kind for kind in kinds if any(t.kind == kind for t in ties)], kinds)
    most = max((one.count for one in ties), default=0) or 1
    for tie in sorted(ties, key=lambda one: one.count):
        (x1, y1), (x2, y2) = at[tie.one], at[tie.other]
        says = f"{nodes[tie.one].label} / {nodes[tie.other].label}: {kinds[tie.kind]}, {tie.count}"
        canvas.add("line", tie.kind, title=says, x1=x1, y1=y1, x2=x2, y2=y2,
                   stroke_width=_between(STROKE, tie.count / most))  # fmt: skip
    most = max((one.count for one in nodes), default=0) or 1
    for node, (x, y) in zip(nodes, at, strict=True):
        radius = _between(RADIUS, math.sqrt(node.count / most))
        canvas.add("circle", "mark", title=f"{node.label}: {node.count}", cx=x, cy=y, r=radius)
    for node, (x, y) in zip(nodes, at, strict=True):
        radius = _between(RADIUS, math.sqrt(node.count / most))
        _name(canvas, shortened(node.label, room, SIZE), x, y - radius - 4)
    return canvas.svg(title, sentence, css="narrow" if is_narrow else "wide")


def _name(canvas: Canvas, words: str, x: float, y: float) -> None:
    half = wide(words, SIZE) / 2
    x = min(max(x, half + 2), canvas.width - half - 2)
    canvas.text(words, x, y, "text over", size=SIZE, text_anchor="middle")


def _at(node: Node, width: float, height: float, room: float) -> tuple[float, float]:
    side, top = room / 2, HEAD + EDGE
    x = side + node.x * (width - 2 * side)
    return round(x, 2), round(top + node.y * (height - top - EDGE), 2)


def _between(ends: tuple[float, float], share: float) -> float:
    return round(ends[0] + (ends[1] - ends[0]) * share, 2)


def _legend(canvas: Canvas, shown: Sequence[str], kinds: Mapping[str, str]) -> None:
    x = 2.0
    for kind in shown:
        canvas.add("line", kind, x1=x, y1=12, x2=x + 34, y2=12, stroke_width=2.5)
        canvas.text(kinds[kind], x + 40, 16, "soft")
        x += 40 + wide(kinds[kind]) + 24
