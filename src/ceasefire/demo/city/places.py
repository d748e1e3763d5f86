"""Where shootings happen: a few hundred hot corners and addresses, their surroundings, the rest."""

from dataclasses import dataclass, field

from . import mesh
from .bits import Stream, Table
from .effects import Effects
from .land import Area, Land
from .plane import Point, StreetGrid, squared_distance

# Of the shootings away from hot places, this share falls near one (a normal with this spread).
_NEAR_SHARE, _NEAR_SPREAD_M = 0.6, 620.0
_CLUSTERS = 9


@dataclass(frozen=True)
class Places:
    """`hot` holds the hot places, hottest first, and `programme` the programme's districts."""

    land: Land
    grid: StreetGrid
    hot: list[Point]
    weights: list[int]
    hot_share: float
    programme: list[str]
    _table: Table = field(repr=False)

    def draw(self, stream: Stream) -> tuple[Point, int | None]:
        """A place for an untriggered shooting, and which hot place it is, if one."""
        if stream.chance(self.hot_share):
            i = self._table.index(stream)
            return self.hot[i], i
        while True:
            point = self.grid.nearest_kerb(self._elsewhere(stream))
            if self.land.locate(point):
                return point, None

    def _elsewhere(self, stream: Stream) -> Point:
        if stream.chance(_NEAR_SHARE):
            at = self.hot[self._table.index(stream)]
            return at[0] + stream.normal(_NEAR_SPREAD_M), at[1] + stream.normal(_NEAR_SPREAD_M)
        return _anywhere(self.land, stream)

    def within(self, centre: Point, metres: float, stream: Stream) -> Point:
        """A street place in the city no further than `metres` from a centre."""
        for _ in range(200):
            point = (centre[0] + stream.spread(metres), centre[1] + stream.spread(metres))
            kerb = self.grid.nearest_kerb(point)
            if squared_distance(kerb, centre) <= metres * metres and self.land.locate(kerb):
                return kerb
        return centre


def lay_places(seed: int, land: Land, grid: StreetGrid, effects: Effects) -> Places:
    stream = Stream(seed, "hot places")
    middles = _cluster_middles(land, stream)
    hot: dict[Point, None] = {}
    while len(hot) < effects.hot_places:
        # Earlier clusters are hotter: the k-th draws in proportion to 1 / (k + 2).
        at = middles[Table([120 // (k + 2) for k in range(_CLUSTERS)]).index(stream)]
        point = (at[0] + stream.normal(900), at[1] + stream.normal(900))
        snap = grid.nearest_corner if stream.chance(0.5) else grid.nearest_kerb
        if land.locate(snap(point)):
            hot[snap(point)] = None
    weights = [100_000 // (rank + 20) for rank in range(len(hot))]
    programme = _hottest_districts(land, list(hot), weights, effects.programme_districts)
    return Places(land, grid, list(hot), weights, effects.hot_share, programme, Table(weights))


def _anywhere(land: Land, stream: Stream) -> Point:
    area = land.neighbourhoods[stream.below(len(land.neighbourhoods))]
    e, n = mesh.centre(stream.pick(area.cells))
    return e + stream.spread(150), n + stream.spread(150)


def _cluster_middles(land: Land, stream: Stream) -> list[Point]:
    areas: list[Area] = stream.sample(land.neighbourhoods, _CLUSTERS)
    return [mesh.centre(stream.pick(area.cells)) for area in areas]


def _hottest_districts(land: Land, hot: list[Point], weights: list[int], count: int) -> list[str]:
    heat = {area.name: 0 for area in land.districts}
    for point, weight in zip(hot, weights, strict=True):
        heat[land.locate(point).district] += weight
    return sorted(heat, key=lambda name: -heat[name])[:count]
