"""Named things as places and two kinds of tie between them as lines: at odds, or allied.

The two kinds differ by colour and by stroke, so that they are told apart without colour.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
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
BEAD = 6

Place = tuple[float, float]
Box = tuple[float, float, float, float]


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
    _legend(canvas, kinds)
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
    _names(canvas, nodes, ties, at, room)
    return canvas.svg(title, sentence, css="narrow" if is_narrow else "wide")


def _names(canvas: Canvas, nodes, ties, at: Sequence[Place], room: float) -> None:
    """Each beside its place, where it covers least of places, lines and names before it."""
    taken = [(x - RADIUS[1], y - RADIUS[1], x + RADIUS[1], y + RADIUS[1]) for x, y in at]
    for tie in ties:
        taken += _along(at[tie.one], at[tie.other])
    for node, (x, y) in sorted(zip(nodes, at, strict=True), key=lambda one: one[1][::-1]):
        words = shortened(node.label, room, SIZE)
        half, off = wide(words, SIZE) / 2 + 2, RADIUS[1] + 2
        spots = ((x, y - off), (x, y + off + SIZE - 3), (x + off + half, y + 4),
                 (x - off - half, y + 4), (x + half, y - off), (x - half, y - off),
                 (x + half, y + off + SIZE - 3), (x - half, y + off + SIZE - 3))  # fmt: skip
        boxes = [(sx - half, sy - SIZE + 1, sx + half, sy + 3) for sx, sy in spots]
        nth = min(range(len(boxes)), key=lambda n: (_covered(boxes[n], taken, canvas.width), n))
        taken.append(boxes[nth])
        canvas.text(words, *spots[nth], "text over", size=SIZE, text_anchor="middle")


def _along(one: Place, other: Place) -> Iterator[Box]:
    """A line as small boxes."""
    (x1, y1), (x2, y2) = one, other
    steps = max(int(math.hypot(x2 - x1, y2 - y1) / BEAD), 1)
    for nth in range(steps + 1):
        x, y = x1 + (x2 - x1) * nth / steps, y1 + (y2 - y1) * nth / steps
        yield x - 2, y - 2, x + 2, y + 2


def _covered(box: Box, taken: Sequence[Box], width: float) -> float:
    """How much of others a name would cover; off the sheet is worst."""
    left, top, right, bottom = box
    over = 1e6 * (max(-left, 0) + max(right - width, 0))
    for x1, y1, x2, y2 in taken:
        over += max(min(right, x2) - max(left, x1), 0) * max(min(bottom, y2) - max(top, y1), 0)
    return round(over, 3)


def _at(node: Node, width: float, height: float, room: float) -> Place:
    side, top = room / 2, HEAD + EDGE
    x = side + node.x * (width - 2 * side)
    return round(x, 2), round(top + node.y * (height - top - EDGE), 2)


def _between(ends: tuple[float, float], share: float) -> float:
    return round(ends[0] + (ends[1] - ends[0]) * share, 2)


def _legend(canvas: Canvas, kinds: Mapping[str, str]) -> None:
    x = 2.0
    for kind, words in kinds.items():
        canvas.add("line", kind, x1=x, y1=12, x2=x + 34, y2=12, stroke_width=2.5)
        canvas.text(words, x + 40, 16, "soft")
        x += 40 + wide(words) + 24
