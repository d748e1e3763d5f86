"""Shapes for places: told apart without colour, and by colour when there is one."""

from collections.abc import Sequence

from ceasefire.kit.charts.canvas import PRINT, Canvas
from ceasefire.kit.maps.things import Kind, Point
from ceasefire.kit.maps.view import View

# Over this many, the points of a kind are one path, without a name or a link each.
MANY = 400

_INK = {"stroke": "#ffffff", "stroke-width": "1"}
MAP_PRINT: dict[str, dict[str, str]] = {
    **PRINT,
    "land": {"fill": "#fafafa", "stroke": "#999999", "stroke-width": "0.8"},
    "heat-1": {"fill": "#e6e6e6"},
    "heat-2": {"fill": "#cccccc"},
    "heat-3": {"fill": "#a6a6a6"},
    "heat-4": {"fill": "#7a7a7a"},
    "outline": {"fill": "none", "stroke": "#777777", "stroke-width": "0.8"},
    "kind-0": {"fill": "#000000", **_INK},
    "kind-1": {"fill": "#ffffff", "stroke": "#000000", "stroke-width": "1.4"},
    "kind-2": {"fill": "none", "stroke": "#000000", "stroke-width": "1.4"},
    "kind-3": {"fill": "#888888", **_INK},
    "kind-4": {"fill": "#cccccc", "stroke": "#000000", "stroke-width": "1"},
    "ring": {"fill": "none", "stroke": "#000000", "stroke-width": "1.4", "stroke-dasharray": "5 3"},
    "here": {"fill": "none", "stroke": "#000000", "stroke-width": "2"},
    "territory": {"fill": "#dddddd", "stroke": "#000000", "stroke-dasharray": "6 3"},
    "scale": {"stroke": "#000000", "stroke-width": "1.6", "fill": "none"},
    # Words on the map; only the screen can clear a little room around them.
    "over-map": {},
}


def mark(shape: str, x: float, y: float, r: float) -> str:
    """The `d` of one mark around a place; r: half its width."""
    if shape == "diamond":
        tall = round(r * 1.25, 2)
        return f"M{x:.1f} {y - tall:.1f}l{r} {tall}l{-r} {tall}l{-r} {-tall}z"
    if shape == "circle":
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    if shape == "square":
        return f"M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}z"
    if shape == "triangle":
        return f"M{x:.1f} {y - r:.1f}l{r} {2 * r}h{-2 * r}z"
    return f"M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}"


def size(count: int) -> float:
    """Half the width of a mark: smaller where many would hide one another."""
    return 5.0 if count <= 60 else 4.0 if count <= MANY else 2.5


def draw_points(
    canvas: Canvas, view: View, kinds: Sequence[Kind], shown: Sequence[tuple[Point, float, float]]
) -> None:
    """Draw the last kind first, so that the first (the gravest) lies on top."""
    half = size(len(shown))
    for slot in reversed(range(len(kinds))):
        kind = kinds[slot]
        own = [(p, *view.place(x, y)) for p, x, y in shown if p.kind == kind.key]
        if len(shown) > MANY:
            _together(canvas, slot, kind, own, half)
        else:
            _each(canvas, slot, kind, own, half)


def _together(canvas: Canvas, slot: int, kind: Kind, own, half: float) -> None:
    if own:
        d = "".join(mark(kind.mark, x, y, half) for _point, x, y in own)
        canvas.add("path", f"kind-{slot} many", title=kind.label, d=d)


def _each(canvas: Canvas, slot: int, kind: Kind, own, half: float) -> None:
    for point, x, y in own:
        says = f"{point.name}, {kind.label}" if point.name else kind.label
        canvas.open_link(point.href, says)
        canvas.add("path", f"kind-{slot}", title=says, d=mark(kind.mark, x, y, half))
        canvas.close_link(point.href)


MAP_PRINT["many"] = {}
