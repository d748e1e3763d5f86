"""What lies around something by one and two steps: it in the middle, its ties as lines.

Who is tied to what lies in the middle stands on the inner ring, who is tied to those on the outer
one, near to whom they are tied; nobody's place depends on anything that is not drawn.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import NARROW, Chart
from ceasefire.kit.charts.scales import shortened

# Room around each name of a ring, and for the names outside, in the picture's units.
PITCH, NAMES, GAP = 15, 150, 95
SMALLEST = 85
RADIUS = 6
# About as wide as a letter is drawn; and the least that a sheet measures, so that a few spots are
# not drawn large.
LETTER, MARGIN, MEASURE = 6.5, 12, 640


@dataclass(frozen=True)
class Spot:
    """One thing of the picture. key: by which ties name it; ring: 0 (the middle), 1 or 2.

    mark: how it is drawn (`disc`, `box`, `diamond` or `triangle`), one for each kind of thing.
    """

    key: tuple
    label: str
    ring: int
    mark: str
    href: str | None = None


@dataclass(frozen=True)
class Line:
    """A tie of two spots. words: what the tie is; dashed: that it is not certain."""

    one: tuple
    other: tuple
    words: str
    dashed: bool = False


Place = tuple[float, float, float]


def rings(
    spots: Sequence[Spot], lines: Sequence[Line], *, title: str, sentence: str,
    columns: Sequence, rows: Sequence[Sequence], palette: Palette = "screen",
) -> Chart:  # fmt: skip
    """The first spot is the middle. Raises ValueError for a line whose end is no spot."""
    known = {one.key for one in spots}
    if any({line.one, line.other} - known for line in lines):
        raise ValueError("A tie of something that is not in the picture.")
    return Chart(
        draw=lambda width: _draw(spots, lines, width, title, sentence, palette),
        title=title, sentence=sentence, columns=columns, rows=rows,
    )  # fmt: skip


def places(spots: Sequence[Spot], lines: Sequence[Line]) -> dict[tuple, Place]:
    """Key -> (x, y, angle) around 0, 0."""
    inner, outer = ([one.key for one in spots if one.ring == ring] for ring in (1, 2))
    ordered = _ordered(inner, outer, lines)
    inner = [key for key, _children in ordered]
    near = max(SMALLEST, len(inner) * PITCH / math.tau)
    far = max(near + GAP, len(outer) * PITCH / math.tau)
    found = {one.key: (0.0, 0.0, 0.0) for one in spots if one.ring == 0}
    angle = -math.pi / 2
    # Each of the inner ring has as much of the circle as those who hang on it need.
    whole = sum(max(1, len(children)) for _key, children in ordered) or 1
    for key, children in ordered:
        width = math.tau * max(1, len(children)) / whole
        found[key] = _at(near, angle + width / 2)
        for nth, child in enumerate(children):
            found[child] = _at(far, angle + width * (nth + 0.5) / len(children))
        angle += width
    return found


def _at(radius: float, angle: float) -> Place:
    return radius * math.cos(angle), radius * math.sin(angle), angle


def _ordered(inner: list, outer: list, lines: Sequence[Line]) -> list[tuple[tuple, list]]:
    """Each of the inner ring with those of the outer one that hang on it; each hangs on one."""
    hangs: dict[tuple, list] = {key: [] for key in inner}
    tied: dict[tuple, list] = {key: [] for key in outer}
    for line in lines:
        for one, other in ((line.one, line.other), (line.other, line.one)):
            if one in tied and other in hangs:
                tied[one].append(other)
    for key, parents in tied.items():
        if parents:
            hangs[min(parents, key=lambda parent: len(hangs[parent]))].append(key)
    return list(hangs.items())


def _draw(spots, lines, width: int, title: str, sentence: str, palette: Palette) -> SafeString:
    found = places(spots, lines)
    narrow = width <= NARROW
    names = NAMES / 2 if narrow else NAMES
    left, top, right, bottom = _sheet(spots, found, names, MEASURE / 2 if narrow else MEASURE)
    canvas = Canvas(right - left, bottom - top, palette)
    at = {key: (x - left, y - top, angle) for key, (x, y, angle) in found.items()}
    for line in lines:
        _line(canvas, line, at)
    for spot in spots:
        if spot.key in at:
            _spot(canvas, spot, *at[spot.key], names)
    return canvas.svg(title, sentence, css="rings narrow" if narrow else "rings wide")


def _sheet(
    spots: Sequence[Spot], found: Mapping[tuple, Place], room: float, least: float
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is drawn, its names included."""
    xs, ys = [-least / 2, least / 2], [0.0, 0.0]
    for spot in spots:
        if spot.key in found:
            x, y, angle = found[spot.key]
            length = LETTER * len(shortened(spot.label, room))
            if spot.ring == 0:
                xs += [-length / 2, length / 2]
                ys += [-2 * RADIUS, 36]
            else:
                xs.append(x + (length + 2 * RADIUS) * math.cos(angle))
                ys.append(y + (length + 2 * RADIUS) * math.sin(angle))
    return min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN


def _line(canvas: Canvas, line: Line, at: Mapping[tuple, Place]) -> None:
    if line.one not in at or line.other not in at:
        return
    (x1, y1, _a), (x2, y2, _b) = at[line.one], at[line.other]
    role = "reference" if line.dashed else "tie"
    canvas.add("line", role, title=line.words, x1=x1, y1=y1, x2=x2, y2=y2)


def _spot(canvas: Canvas, spot: Spot, x: float, y: float, angle: float, room: float) -> None:
    canvas.open_link(spot.href, spot.label)
    radius = RADIUS * (1.6 if spot.ring == 0 else 1.0)
    _mark(canvas, spot.mark, x, y, radius, spot.label)
    words = shortened(spot.label, room)
    if spot.ring == 0:
        canvas.text(words, x, y + 30, "strong over", text_anchor="middle")
    else:
        _name(canvas, words, x, y, angle, radius + 4)
    canvas.close_link(spot.href)


def _name(canvas: Canvas, words: str, x: float, y: float, angle: float, off: float) -> None:
    """Along the spoke, and never upside down."""
    left = math.cos(angle) < -1e-9
    degrees = math.degrees(angle) + (180 if left else 0)
    canvas.text(
        words, x + off * math.cos(angle), y + off * math.sin(angle), "text over", size=12,
        text_anchor="end" if left else "start", dominant_baseline="central",
        transform=f"rotate({degrees:.1f} {x + off * math.cos(angle):.1f} "
        f"{y + off * math.sin(angle):.1f})",
    )  # fmt: skip


def _mark(canvas: Canvas, mark: str, x: float, y: float, radius: float, label: str) -> None:
    if mark == "disc":
        canvas.add("circle", "mark", title=label, cx=x, cy=y, r=radius)
    else:
        points = " ".join(
            f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in _corners(mark)
        )
        canvas.add("polygon", f"mark {mark}", title=label, points=points)


def _corners(mark: str) -> Iterator[tuple[float, float]]:
    corners = {
        "box": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    }
    return iter(corners[mark])
