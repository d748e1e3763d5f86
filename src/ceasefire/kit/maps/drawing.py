"""Puts a map together: legend, land, density, places, ring, scale, north and source."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import figure, wide
from ceasefire.kit.maps import marks, outlines
from ceasefire.kit.maps.things import Density, Highlight, Kind, Point, Projection
from ceasefire.kit.maps.view import View, around, fitted, local_metres, middle, one, placed
from ceasefire.kit.tables import Number

# More names than these lie over one another.
NAMED_TERRITORIES = 6
HEAT = ("heat-1", "heat-2", "heat-3", "heat-4")


@dataclass(frozen=True)
class _Scene:
    """Everything a sheet of any width is drawn from, in metres."""

    areas: Sequence[tuple[str, BaseGeometry]]
    points: Sequence[Point]
    x: np.ndarray
    y: np.ndarray
    kinds: Sequence[Kind]
    density: Density | None
    highlight: Highlight | None
    centre: tuple[float, float] | None
    bounds: tuple[float, float, float, float]
    attribution: str
    territories: Sequence[tuple[str, BaseGeometry]]


def draw(
    *,
    boundaries: Iterable[tuple[str, dict]],
    points: Sequence[Point],
    kinds: Sequence[Kind],
    title: str,
    sentence: str,
    project: Projection | None = None,
    density: Density | None = None,
    highlight: Highlight | None = None,
    attribution: str = "",
    palette: Palette = "screen",
    territories: Iterable[tuple[str, dict]] = (),
) -> Chart:
    """A map of named boundaries (GeoJSON geometries in degrees) and places.

    project: degrees to metres; without it, metres around the middle of the map. With a highlight
    the map is its surroundings only. The sentence goes on to say how many points have no place
    or lie outside. territories: named areas drawn over the land. The table counts the points by
    kind. Raises ValueError for a point of a kind
    that is not among `kinds`, and where there is nothing to draw.
    """
    _refuse_unknown({point.kind for point in points} - {kind.key for kind in kinds})
    scene = _scene(
        list(boundaries), points, kinds, project, density, highlight, attribution,
        list(territories),
    )  # fmt: skip
    told = " ".join([sentence, *_left_out(scene)])
    return Chart(
        draw=lambda width: _sheet(scene, width, title, told, palette),
        title=title,
        sentence=told,
        columns=[_("Kind"), Number(_("Shown")), Number(_("Not shown"))],
        rows=_counts(scene),
    )


def _refuse_unknown(unknown: set[str]) -> None:
    if unknown:
        raise ValueError(f"The map has points of a kind it was not told of: {sorted(unknown)}.")


def _scene(
    boundaries, points, kinds, project, density, highlight, attribution, territories
) -> _Scene:
    project = project or local_metres(*_middle(boundaries or territories, points, highlight))
    over = [(name, outlines.in_metres(geometry, project)) for name, geometry in territories]
    areas = [(name, outlines.in_metres(geometry, project)) for name, geometry in boundaries]
    x, y = placed(points, project)
    centre = one(project, highlight.latitude, highlight.longitude) if highlight else None
    bounds = around(highlight, project) if highlight else _bounds(areas or over, x, y, density)
    return _Scene(areas, points, x, y, kinds, density, highlight, centre, bounds, attribution, over)


def _middle(boundaries, points, highlight) -> tuple[float, float]:
    if highlight:
        return highlight.latitude, highlight.longitude
    if boundaries:
        return middle(shapely.total_bounds([shape(geometry) for _name, geometry in boundaries]))
    known = [(p.latitude, p.longitude) for p in points if p.latitude is not None]
    if not known:
        raise ValueError("There is nothing to draw: no boundary and no point with a place.")
    return tuple(np.mean(known, axis=0))


def _bounds(areas, x: np.ndarray, y: np.ndarray, density) -> tuple[float, float, float, float]:
    if areas:
        return tuple(shapely.total_bounds([area for _name, area in areas]))
    if not len(x) and density is not None:
        rows, columns = density.values.shape
        east, north = (density.x_m + columns * density.cell_m, density.y_m + rows * density.cell_m)
        return density.x_m, density.y_m, east, north
    return np.nanmin(x), np.nanmin(y), np.nanmax(x), np.nanmax(y)


def _inside(scene: _Scene) -> np.ndarray:
    return fitted(scene.bounds, 1.0, 0.0).holds(scene.x, scene.y)


def _left_out(scene: _Scene) -> list[str]:
    """Sentences on the points that the map cannot show."""
    nowhere = int(np.isnan(scene.x).sum())
    outside = len(scene.points) - nowhere - int(_inside(scene).sum())
    words = []
    if nowhere:
        text = ngettext(
            "%(count)s has no known place and is not shown.",
            "%(count)s have no known place and are not shown.",
            nowhere,
        )
        words.append(text % {"count": figure(nowhere)})
    if outside and not scene.highlight:
        text = ngettext(
            "%(count)s lies outside this map.", "%(count)s lie outside this map.", outside
        )
        words.append(text % {"count": figure(outside)})
    return words


def _counts(scene: _Scene) -> list[list]:
    inside = _inside(scene)
    rows = []
    for kind in scene.kinds:
        own = np.array([point.kind == kind.key for point in scene.points], dtype=bool)
        rows.append([kind.label, int((own & inside).sum()), int((own & ~inside).sum())])
    return rows


def _sheet(scene: _Scene, width: int, title: str, told: str, palette: Palette) -> SafeString:
    canvas = Canvas(width, 0, palette, roles=marks.MAP_PRINT)
    top = _legend(canvas, scene)
    view = fitted(scene.bounds, width, top)
    canvas.height = top + view.height + (20 if scene.attribution else 2)
    _land(canvas, scene, view)
    _territories(canvas, scene, view)
    inside = view.holds(scene.x, scene.y)
    every = zip(scene.points, scene.x, scene.y, inside, strict=True)
    shown = [(point, x, y) for point, x, y, is_inside in every if is_inside]
    if scene.highlight:
        _ring(canvas, scene, view)
    marks.draw_points(canvas, view, scene.kinds, shown)
    _scale_bar(canvas, view)
    _north(canvas, view)
    if scene.attribution:
        canvas.text(scene.attribution, 0, canvas.height - 4, "soft", size=12)
    return canvas.svg(title, told, css="map " + ("wide" if width > 400 else "narrow"))


def _land(canvas: Canvas, scene: _Scene, view: View) -> None:
    drawings = [(name, outlines.path(outlines.on_sheet(a, view))) for name, a in scene.areas]
    for name, d in drawings:
        if d:
            canvas.add("path", "land", title=name, d=d)
    if scene.density:
        for role, area in zip(HEAT, outlines.bands(scene.density), strict=False):
            canvas.add("path", role, d=outlines.path(outlines.on_sheet(area, view)))
        canvas.add("path", "outline", d="".join(d for _name, d in drawings))


def _territories(canvas: Canvas, scene: _Scene, view: View) -> None:
    """Their names stand on the map where these are few; else a mark tells each, and the table."""
    drawn = [(name, outlines.on_sheet(area, view)) for name, area in scene.territories]
    seen = [(name, area) for name, area in drawn if not area.is_empty]
    for name, area in seen:
        canvas.add("path", "territory", title=name, d=outlines.path(area))
    for name, area in seen if len(seen) <= NAMED_TERRITORIES else ():
        at = area.representative_point()
        canvas.text(name, at.x, at.y + 4, "strong over-map", text_anchor="middle")


def _ring(canvas: Canvas, scene: _Scene, view: View) -> None:
    x, y = view.place(*scene.centre)
    radius = scene.highlight.radius_m * view.per_metre
    canvas.add("circle", "ring", cx=x, cy=y, r=radius)
    canvas.add("path", "here", d=f"M{x - 9:.1f} {y:.1f}h18M{x:.1f} {y - 9:.1f}v18")
    says = length_words(scene.highlight.radius_m)
    canvas.text(says, x, y - radius - 6, "strong over-map", text_anchor="middle")


def _legend(canvas: Canvas, scene: _Scene) -> float:
    """Kinds that occur, the ring's middle and the bands of density; returns the y under it."""
    entries = [
        (f"kind-{slot}", marks.mark(kind.mark, 0, 0, 5), kind.label)
        for slot, kind in enumerate(scene.kinds)
        if any(point.kind == kind.key for point in scene.points)
    ]
    if scene.highlight:
        entries.insert(0, ("here", "M-7 0h14M0 -7v14", scene.highlight.label))
    if scene.density:
        bands = zip(HEAT, scene.density.bands, strict=False)
        entries += [(role, "M-8 -6h16v12h-16z", words) for role, (_low, words) in bands]
    x, y = 0.0, 12.0
    for role, d, words in entries:
        room = 26 + wide(words)
        if x and x + room > canvas.width:
            x, y = 0.0, y + 21
        canvas.add("path", role, d=d, transform=f"translate({x + 9:.1f} {y:.1f})")
        canvas.text(words, x + 24, y + 4.5, "soft")
        x += room + 16
    return y + 18 if entries else 2.0


def length_words(metres: float) -> str:
    """500 -> 500 m; 2000 -> 2 km."""
    if metres >= 1000:
        return _("%(length)s km") % {"length": figure(metres / 1000)}
    return _("%(length)s m") % {"length": figure(round(metres))}


def round_length(longest: float) -> float:
    """The longest of 1, 2, 5, 10, ... metres that is not over `longest`."""
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)


def _scale_bar(canvas: Canvas, view: View) -> None:
    metres = round_length(0.24 * view.width / view.per_metre)
    length = metres * view.per_metre
    x, y = 10.0, view.top + view.height - 12
    canvas.add("path", "scale", d=f"M{x} {y - 5:.1f}v5h{length:.1f}v-5")
    canvas.text(length_words(metres), x + length + 6, y + 1, "text over-map")


def _north(canvas: Canvas, view: View) -> None:
    x, y = canvas.width - 16, view.top + 24
    canvas.add("path", "flag", d=f"M{x:.1f} {y - 18:.1f}l5 14l-5 -4l-5 4z")
    canvas.text(_("N"), x, y + 10, "strong over-map", text_anchor="middle")
