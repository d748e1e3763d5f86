"""A mesh of uneven six-sided cells, and the outlines of any set of them.

Each corner has a whole-number name, so neighbouring areas share their borders exactly: no sliver
and no overlap can arise from rounding.
"""

from collections.abc import Collection, Iterable

from .bits import Stream, total
from .plane import Point

Cell = tuple[int, int]
Corner = tuple[int, int]

# A regular hexagon 300 m across; corners then move by up to 48 m.
_HALF_WIDTH, _QUARTER_HEIGHT, _JITTER = 150.0, 87.0, 48.0
_CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))
_NEIGHBOURS = ((2, 0), (1, 3), (-1, 3), (-2, 0), (-1, -3), (1, -3))


def cells_within(metres: float) -> list[Cell]:
    """Every cell of the square that reaches `metres` from the origin each way."""
    rows, columns = int(metres / (3 * _QUARTER_HEIGHT)), int(metres / (2 * _HALF_WIDTH))
    return [
        (2 * column + row % 2, 3 * row)
        for row in range(-rows, rows + 1)
        for column in range(-columns, columns + 1)
    ]


def centre(cell: Cell) -> Point:
    return cell[0] * _HALF_WIDTH, cell[1] * _QUARTER_HEIGHT


def neighbours(cell: Cell) -> list[Cell]:
    return [(cell[0] + dx, cell[1] + dy) for dx, dy in _NEIGHBOURS]


def _sides(cell: Cell) -> list[tuple[Corner, Corner]]:
    """The sides, anticlockwise."""
    corners = [(cell[0] + dx, cell[1] + dy) for dx, dy in _CORNERS]
    return list(zip(corners, corners[1:] + corners[:1], strict=True))


def outlines(cells: Collection[Cell]) -> list[list[Corner]]:
    """Closed rings (last corner not repeated) round a set of cells, the longest first.

    Three cells meet at every corner, so a ring never touches itself or another ring.
    """
    sides = {side for cell in cells for side in _sides(cell)}
    following = {a: b for a, b in sorted(sides) if (b, a) not in sides}
    rings = []
    while following:
        start, corner = following.popitem()
        ring = [start]
        while corner != start:
            ring.append(corner)
            corner = following.pop(corner)
        rings.append(ring)
    return sorted(rings, key=len, reverse=True)


def connected(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Connected parts of a set of cells, the largest first."""
    rest, parts = set(cells), []
    for cell in sorted(rest):
        if cell in rest:
            parts.append(_flood(cell, rest))
    return sorted(parts, key=len, reverse=True)


def _flood(cell: Cell, rest: set[Cell]) -> list[Cell]:
    rest.discard(cell)
    part = [cell]
    for at in part:
        for beside in neighbours(at):
            if beside in rest:
                rest.discard(beside)
                part.append(beside)
    return part


def place_corners(rings: list[list[Corner]], stream: Stream) -> dict[Corner, Point]:
    """Where each corner of the rings lies: jittered, then smoothed along the borders twice."""
    beside: dict[Corner, set[Corner]] = {}
    for ring in rings:
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
    places = {
        corner: (
            corner[0] * _HALF_WIDTH + stream.spread(_JITTER),
            corner[1] * _QUARTER_HEIGHT + stream.spread(_JITTER),
        )
        for corner in sorted(beside)
    }
    for _ in range(2):
        places = {
            c: _halfway(at, [places[b] for b in sorted(beside[c])]) for c, at in places.items()
        }
    return places


def _halfway(at: Point, others: list[Point]) -> Point:
    k = 2.0 * len(others)
    return (
        at[0] / 2 + total(p[0] for p in others) / k,
        at[1] / 2 + total(p[1] for p in others) / k,
    )
