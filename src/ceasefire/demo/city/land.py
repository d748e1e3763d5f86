"""The city's shape: a coast, a river, districts made of neighbourhoods, and the city limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from . import mesh
from .bits import Stream, total
from .mesh import Cell
from .plane import Point, on_whole_feet, squared_distance
from .words import district_names, neighbourhood_names

DISTRICTS, NEIGHBOURHOODS = 6, 42
# Invented Rivermouth covers about 350 km2: blobs (share of radius, metres) merge into its outline.
_REACH, _CORE = 15_000.0, 7_600.0


@dataclass(frozen=True)
class Area:
    """A named area. `rings` are closed, in metres; the first is the outer one, anticlockwise."""

    name: str
    rings: list[list[Point]]
    cells: list[Cell] = field(repr=False)
    district: str = ""

    def contains(self, point: Point) -> bool:
        """Even-odd rule over all the rings."""
        return sum(_crossings(ring, point) for ring in self.rings) % 2 == 1


@dataclass(frozen=True)
class Land:
    """The whole city; `locate` answers with the neighbourhood (which names its district)."""

    limits: Area
    districts: list[Area]
    neighbourhoods: list[Area]
    _boxes: list[tuple[Point, Point, Area]] = field(repr=False)
    _known: dict[Point, Area | None] = field(default_factory=dict, repr=False)

    def locate(self, point: Point) -> Area | None:
        """The neighbourhood at a point, or None in the river, in the sea or outside."""
        if point not in self._known:
            self._known[point] = self._search(point)
        return self._known[point]

    def _search(self, point: Point) -> Area | None:
        e, n = point
        for (west, south), (east, north), area in self._boxes:
            if west <= e <= east and south <= n <= north and area.contains(point):
                return area
        return None


def _crossings(ring: list[Point], point: Point) -> int:
    e, n = point
    count, (e1, n1) = 0, ring[-1]
    for e2, n2 in ring:
        if (n1 > n) != (n2 > n) and e < (e2 - e1) * (n - n1) / (n2 - n1) + e1:
            count += 1
        e1, n1 = e2, n2
    return count


def survey(seed: int) -> Land:
    """Draw the city's map for a seed."""
    shape = Stream(seed, "shape")
    inside = _outline(shape)
    water = _river(shape)
    site = mesh.connected(cell for cell in mesh.cells_within(_REACH) if inside(mesh.centre(cell)))[
        0
    ]
    dry = [cell for cell in site if not water(mesh.centre(cell))]
    # Slivers cut off by the river stay empty ground inside the limits.
    parts = [part for part in mesh.connected(dry) if len(part) > 120]
    return _divide(seed, site, parts)


def _outline(stream: Stream) -> Callable[[Point], bool]:
    blobs = [((0.0, 0.0), _CORE)]
    for east, north in ((1, 0), (-1, 0), (0.6, 0.8), (-0.6, 0.8), (0.8, -0.6), (-0.8, -0.6)):
        away = 7_000.0 + stream.spread(1_500)
        blobs.append(((east * away, north * away), 2_700.0 + stream.spread(700)))
    coast = [-7_600.0 + stream.spread(900) for _ in range(11)]

    def inside(point: Point) -> bool:
        slot = (point[0] + _REACH) / 3_000
        i = min(int(slot), 9)
        shore = coast[i] + (coast[i + 1] - coast[i]) * (slot - i)
        pull = total(r * r / (squared_distance(point, at) + 1) for at, r in blobs)
        return point[1] > shore and pull > 1

    return inside


def _river(stream: Stream) -> Callable[[Point], bool]:
    """A main stream to the sea and a narrower one that joins it from the west."""
    east, course = stream.spread(1_500), []
    for north in range(16_000, -17_000, -2_000):
        course.append((east, float(north)))
        east += stream.spread(1_300)
    middle = course[7]
    branch = [(-16_000.0 + 2_000 * i, middle[1] + stream.spread(900)) for i in range(8)]
    branch.append(middle)
    main, side = _rounded(course), _rounded(branch)

    def water(point: Point) -> bool:
        width = 230.0 + max(0.0, 4_000 - point[1]) * 0.02
        return _near(main, point, width) or (point[0] < middle[0] and _near(side, point, 175.0))

    return water


def _rounded(line: list[Point]) -> list[Point]:
    """Cut every corner of a line, twice."""
    for _ in range(2):
        cut = [line[0]]
        for (e1, n1), (e2, n2) in pairwise(line):
            cut.append((0.75 * e1 + 0.25 * e2, 0.75 * n1 + 0.25 * n2))
            cut.append((0.25 * e1 + 0.75 * e2, 0.25 * n1 + 0.75 * n2))
        line = [*cut, line[-1]]
    return line


def _near(line: list[Point], point: Point, metres: float) -> bool:
    limit = metres * metres
    # A piece of a rounded line is under 1 km long, so one that starts 2 km away cannot be near.
    return any(
        squared_distance(point, _foot(a, b, point)) < limit
        for a, b in pairwise(line)
        if abs(point[0] - a[0]) < 2_000 and abs(point[1] - a[1]) < 2_000
    )


def _foot(a: Point, b: Point, point: Point) -> Point:
    """The point of the segment a-b nearest to a point."""
    de, dn = b[0] - a[0], b[1] - a[1]
    t = ((point[0] - a[0]) * de + (point[1] - a[1]) * dn) / (de * de + dn * dn)
    t = min(1.0, max(0.0, t))
    return a[0] + t * de, a[1] + t * dn


def _divide(seed: int, site: list[Cell], parts: list[list[Cell]]) -> Land:
    growth, naming = Stream(seed, "areas"), Stream(seed, "area names")
    dry = sum(map(len, parts))
    groups = [
        group
        for part in parts
        for group in _partition(part, _portion(DISTRICTS, part, dry), growth)
    ]
    titles = district_names(naming, len(groups))
    smaller = [
        (title, cells)
        for title, group in zip(titles, groups, strict=True)
        for cells in _partition(group, _portion(NEIGHBOURHOODS, group, dry), growth)
    ]
    rings = [mesh.outlines(cells) for _, cells in smaller]
    around = mesh.outlines(site)[:1]
    corners = mesh.place_corners([ring for each in [*rings, around] for ring in each], growth)
    places = {corner: on_whole_feet(at) for corner, at in corners.items()}

    def area(name: str, cells: list[Cell], rings: list, district: str = "") -> Area:
        return Area(name, [[places[c] for c in ring] for ring in rings], cells, district)

    names = neighbourhood_names(naming, len(smaller))
    hoods = [
        area(name, cells, ring, title)
        for name, (title, cells), ring in zip(names, smaller, rings, strict=True)
    ]
    districts = [
        area(t, cells, mesh.outlines(cells)) for t, cells in zip(titles, groups, strict=True)
    ]
    return Land(area("Rivermouth", site, around), districts, hoods, [_box(h) for h in hoods])


def _box(area: Area) -> tuple[Point, Point, Area]:
    es, ns = zip(*area.rings[0], strict=True)
    return (min(es), min(ns)), (max(es), max(ns)), area


def _portion(count: int, part: list[Cell], whole: int) -> int:
    return max(1, round(count * len(part) / whole))


def _partition(cells: list[Cell], k: int, stream: Stream) -> list[list[Cell]]:
    """k connected areas of about equal size with ragged borders (which follow the cells)."""
    seeds = _spread_seeds(cells, k, stream)
    owner: dict[Cell, int] = {}
    queue = [(0, i, cell) for i, cell in enumerate(seeds)]
    free = set(cells)
    while queue:
        cost, i, cell = heappop(queue)
        if cell in owner:
            continue
        owner[cell] = i
        for beside in mesh.neighbours(cell):
            if beside in free and beside not in owner:
                heappush(queue, (cost + stream.between(60, 140), i, beside))
    return [[cell for cell in cells if owner[cell] == i] for i in range(len(seeds))]


def _spread_seeds(cells: list[Cell], k: int, stream: Stream) -> list[Cell]:
    """Cells near the middles of k compact clusters (a few rounds of k-means)."""
    points = [mesh.centre(cell) for cell in cells]
    middles = [mesh.centre(cell) for cell in stream.sample(cells, k)]
    for _ in range(8):
        clusters: list[list[Point]] = [[] for _ in middles]
        for point in points:
            clusters[_closest(middles, point)].append(point)
        middles = [_mean(c) if c else m for c, m in zip(clusters, middles, strict=True)]
    return list(dict.fromkeys(cells[_closest(points, middle)] for middle in middles))


def _closest(points: list[Point], to: Point) -> int:
    return min(range(len(points)), key=lambda i: squared_distance(points[i], to))


def _mean(points: list[Point]) -> Point:
    return total(p[0] for p in points) / len(points), total(p[1] for p in points) / len(points)
