"""The city's own near-repeat table, and the windows that this week's shootings opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import numpy as np

from ceasefire.access import identity
from ceasefire.access.policies import policy_of
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window, years_before
from ceasefire.shooting_review.models import FittedBands
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Bands, OpenWindow
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
_ARRAYS = ("observed", "expected", "variance", "p_value", "simulated_mean")
_EDGES = ("space_edges", "time_edges")
_SETTINGS = ("metric", "permutations", "seed", "events")


def bands_for(history: History, end: date) -> Bands:
    """The table of the three years up to a day, that day included: the kept one, else made now.

    A kept table serves only the very incidents that it was fitted on, so it never knows more, or
    less, than the packet may. What is made now is kept where the reader may keep it.
    """
    window = fit_window(end)
    rows = history.within(window)
    if len(rows.placed) < FEWEST:
        return Bands(window, len(rows.placed), rows.unplaced, None, None, None)
    held = _kept(rows, window)
    if held is None:
        table = fit(rows.placed)
        may_keep = policy_of(FittedBands).may_change(identity.current())
        held = keep(table, rows, window) if may_keep else None
    else:
        table = _restored(held)
    cells = raised(table, alpha=ALPHA, least_pairs=LEAST_PAIRS)
    fitted_at = held.fitted_at if held else None
    return Bands(window, len(rows.placed), rows.unplaced, table, fitted_at, cells)


def fit_window(end: date) -> Window:
    return Window("near_repeat", years_before(end, YEARS) + timedelta(days=1), end)


def fit(placed: History) -> near_repeat.Knox:
    return near_repeat.knox(
        *placed.xy.T,
        placed.day_numbers,
        space_edges=SPACE_EDGES,
        time_edges=TIME_EDGES,
        permutations=PERMUTATIONS,
        seed=SEED,
    )


def keep(table: near_repeat.Knox, rows: History, window: Window) -> FittedBands:
    """Keep a table in place of any other of the same window."""
    FittedBands.objects.filter(window_end=window.end).delete()
    return FittedBands.objects.create(
        window_start=window.start,
        window_end=window.end,
        incidents=len(rows.placed),
        settings=_settings(rows),
        bands={
            **{name: getattr(table, name).tolist() for name in (*_ARRAYS, *_EDGES)},
            **{name: getattr(table, name) for name in _SETTINGS},
        },
    )


def _kept(rows: History, window: Window) -> FittedBands | None:
    return FittedBands.objects.filter(window_end=window.end, settings=_settings(rows)).first()


def _restored(held: FittedBands) -> near_repeat.Knox:
    return near_repeat.Knox(
        **{name: np.array(held.bands[name]) for name in (*_ARRAYS, *_EDGES)},
        **{name: held.bands[name] for name in _SETTINGS},
    )


def _settings(rows: History) -> dict:
    """How the table is made and, as a fingerprint, of which places and days."""
    made_of = rows.placed.xy.tobytes() + rows.placed.day_numbers.tobytes()
    return {
        "space_edges": list(SPACE_EDGES),
        "time_edges": list(TIME_EDGES),
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "incidents": sha256(made_of).hexdigest(),
    }


@dataclass(frozen=True)
class Reach:
    """A ring and a run of neighbouring bands of days that are all surely above chance.

    Whole days after a shooting, both included; `ratio` is that of the run's pairs together.
    """

    beyond_m: float
    within_m: float
    first_day: int
    last_day: int
    ratio: float


def reaches(bands: Bands) -> list[Reach]:
    """What a shooting with a place opens, nearest and soonest first."""
    if not bands.opens:
        return []
    return [_reach(bands.fitted, band, run) for band, run in _runs(bands.raised)]


def _runs(cells: np.ndarray) -> Iterator[tuple[int, list[int]]]:
    """Each ring with its runs of neighbouring raised cells."""
    for band, row in enumerate(cells):
        lags = np.flatnonzero(row)
        for run in np.split(lags, np.flatnonzero(np.diff(lags) > 1) + 1):
            if run.size:
                yield band, run


def _reach(table: near_repeat.Knox, band: int, run: np.ndarray) -> Reach:
    return Reach(
        beyond_m=float(table.space_edges[band]),
        within_m=float(table.space_edges[band + 1]),
        first_day=int(table.time_edges[run[0]]),
        last_day=int(table.time_edges[run[-1] + 1]) - 1,
        ratio=float(table.observed[band, run].sum() / table.expected[band, run].sum()),
    )


def opened(bands: Bands, shooting: Shooting) -> tuple[OpenWindow, ...]:
    """The windows that a shooting opened; none without a place."""
    if not shooting.placed:
        return ()
    return tuple(_window(shooting, reach) for reach in reaches(bands))


def _window(shooting: Shooting, reach: Reach) -> OpenWindow:
    return OpenWindow(
        shooting=shooting,
        beyond_m=reach.beyond_m,
        within_m=reach.within_m,
        since=shooting.occurred_on + timedelta(days=reach.first_day),
        until=shooting.occurred_on + timedelta(days=reach.last_day),
        ratio=reach.ratio,
    )
