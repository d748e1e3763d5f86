"""The city's own near-repeat table, and the windows that this week's shootings opened."""

from datetime import date, datetime, timedelta

import numpy as np

from ceasefire.shooting_review.models import FittedBands
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Bands, OpenWindow
from ceasefire.shooting_review.selectors import Shooting
from ceasefire.shooting_review.weeks import Window, years_before
from ceasefire.statistics import near_repeat
from ceasefire.statistics.bands import SAME_PLACE_M
from ceasefire.statistics.near_repeat.alert import raised

# Half-open: same place, then up to 100, 200, 300, 400 m; 0-3, 4-7, 8-14, 15-28 whole days.
SPACE_EDGES = (0.0, SAME_PLACE_M, 100.0, 200.0, 300.0, 400.0)
TIME_EDGES = (0.0, 4.0, 8.0, 15.0, 29.0)
PERMUTATIONS, SEED = 999, 0
ALPHA, LEAST_PAIRS = 0.05, 5
YEARS = 3
FEWEST = 50
# A kept table serves the weeks after it for a month, as long as its window still holds as many.
KEPT_FOR = timedelta(days=28)
SAME_WITHIN = 0.02
_ARRAYS = ("observed", "expected", "variance", "p_value", "simulated_mean")
_EDGES = ("space_edges", "time_edges")
_SETTINGS = ("metric", "permutations", "seed", "events")


def fit_window(end: date) -> Window:
    """Three years up to a day, that day included."""
    return Window("near_repeat", years_before(end, YEARS) + timedelta(days=1), end)


def fit(history: History, window: Window) -> Bands:
    """The table of the window's incidents; none where too few have a place."""
    rows = history.within(window)
    placed = rows.placed
    if len(placed) < FEWEST:
        return Bands(window, len(placed), rows.unplaced, None, None, None)
    table = near_repeat.knox(
        *placed.xy.T,
        placed.day_numbers,
        space_edges=SPACE_EDGES,
        time_edges=TIME_EDGES,
        permutations=PERMUTATIONS,
        seed=SEED,
    )
    return _with_raised(window, len(placed), rows.unplaced, table, None)


def _with_raised(window, incidents, unplaced, table, fitted_at: datetime | None) -> Bands:
    cells = raised(table, alpha=ALPHA, least_pairs=LEAST_PAIRS)
    return Bands(window, incidents, unplaced, table, fitted_at, cells)


def kept(history: History, end: date) -> Bands | None:
    """The newest kept table that still serves: of data up to `end`, lately, of as many rows."""
    held = FittedBands.objects.filter(window_end__lte=end, window_end__gt=end - KEPT_FOR).first()
    if held is None:
        return None
    window = Window("near_repeat", held.window_start, held.window_end)
    rows = history.within(window)
    if abs(len(rows.placed) - held.incidents) > SAME_WITHIN * held.incidents:
        return None
    if held.settings != settings():
        return None
    table = near_repeat.Knox(
        **{name: np.array(held.bands[name]) for name in (*_ARRAYS, *_EDGES)},
        **{name: held.bands[name] for name in _SETTINGS},
    )
    return _with_raised(window, held.incidents, rows.unplaced, table, held.fitted_at)


def keep(bands: Bands) -> FittedBands:
    table = bands.fitted
    return FittedBands.objects.create(
        window_start=bands.window.start,
        window_end=bands.window.end,
        incidents=bands.incidents,
        settings=settings(),
        bands={
            **{name: getattr(table, name).tolist() for name in (*_ARRAYS, *_EDGES)},
            **{name: getattr(table, name) for name in _SETTINGS},
        },
    )


def settings() -> dict:
    return {
        "space_edges": list(SPACE_EDGES),
        "time_edges": list(TIME_EDGES),
        "permutations": PERMUTATIONS,
        "seed": SEED,
    }


def opened(bands: Bands, shooting: Shooting) -> tuple[OpenWindow, ...]:
    """The windows that a shooting opened, nearest and soonest first; none without a place."""
    if not (bands.opens and shooting.placed):
        return ()
    return tuple(_window(bands, shooting, *cell) for cell in np.argwhere(bands.raised))


def _window(bands: Bands, shooting: Shooting, band: int, lag: int) -> OpenWindow:
    table = bands.fitted
    first, after = table.time_edges[lag], table.time_edges[lag + 1]
    return OpenWindow(
        shooting=shooting,
        beyond_m=float(table.space_edges[band]),
        within_m=float(table.space_edges[band + 1]),
        since=shooting.occurred_on + timedelta(days=int(first)),
        until=shooting.occurred_on + timedelta(days=int(after) - 1),
        ratio=float(table.ratio[band, lag]),
    )
