"""Where the shootings of the last weeks concentrate: density in metres, and the fewest places."""

from collections import defaultdict

import numpy as np

from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Holding, HotSpots, Place
from ceasefire.statistics import concentration, hot_spots

BANDWIDTH_M, CELL_M = 300.0, 100.0
PLACE_M = 50.0
# Cells are made larger rather than more numerous where the shootings lie very far apart.
MOST_CELLS_ACROSS = 400
SHOWN = 8
SQUARE_METRES_PER_SQUARE_KILOMETRE = 1e6


def hot_spots_of(history: History, window: Window) -> HotSpots:
    rows = history.within(window)
    placed = rows.placed
    if not len(placed):
        return HotSpots(window, 0, rows.unplaced, None, None, CELL_M, None, None, ())
    cell, (x_grid, y_grid) = _grid(placed.xy)
    density = hot_spots.kde(*placed.xy.T, bandwidth=BANDWIDTH_M, x_grid=x_grid, y_grid=y_grid)
    return HotSpots(
        window=window,
        incidents=len(placed),
        unplaced=rows.unplaced,
        holding=_holding(placed.rows),
        density=density * len(placed) * SQUARE_METRES_PER_SQUARE_KILOMETRE,
        cell_m=cell,
        x_grid=x_grid,
        y_grid=y_grid,
        shootings=tuple(placed.rows),
    )


def _grid(xy: np.ndarray) -> tuple[float, list[np.ndarray]]:
    """Cell centres that cover the shootings and three bandwidths around them."""
    low, high = xy.min(axis=0) - 3 * BANDWIDTH_M, xy.max(axis=0) + 3 * BANDWIDTH_M
    cell = CELL_M * max(1, int(np.ceil((high - low).max() / CELL_M / MOST_CELLS_ACROSS)))
    return cell, [np.arange(a, b + cell, cell) for a, b in zip(low, high, strict=True)]


def _holding(rows: list[Shooting]) -> Holding:
    """Places are squares of 50 m, so that two house numbers of one corner are one place."""
    places = defaultdict(list)
    for row in rows:
        places[int(row.x_m // PLACE_M), int(row.y_m // PLACE_M)].append(row)
    counts = [len(there) for there in places.values()]
    fullest = sorted(places.values(), key=lambda there: (-len(there), there[0].id))
    return Holding(
        quarter=concentration.places_holding(counts, 0.25),
        half=concentration.places_holding(counts, 0.5),
        fullest=tuple(_place(there) for there in fullest[:SHOWN] if len(there) > 1),
    )


def _place(rows: list[Shooting]) -> Place:
    latest = rows[-1]
    return Place(
        address=next((row.address for row in reversed(rows) if row.address), ""),
        area=latest.neighbourhood or latest.district,
        incidents=len(rows),
        latest=latest.occurred_on,
        longitude=latest.longitude,
        latitude=latest.latitude,
    )
