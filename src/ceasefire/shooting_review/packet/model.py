"""The packet as numbers and facts: computed once, then shown as page, PDF and JSON.

Counts are incidents unless a field says victims. Distances are metres, dates are the city's own.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from ceasefire.registry.shootings.counting import Rule
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.selectors import LastFile, Source
from ceasefire.shooting_review.weeks import Week
from ceasefire.statistics.concentration import PlacesHolding
from ceasefire.statistics.near_repeat import Knox


@dataclass(frozen=True)
class Count:
    """Incidents of a window. Victims and killed are None where any incident does not say.

    `at_least` and `killed_at_least`: those of the incidents that do say.
    """

    incidents: int
    victims: int | None
    killed: int | None
    at_least: int
    killed_at_least: int
    # Incidents that say nothing about their victims.
    silent: int


@dataclass(frozen=True)
class Comparison:
    """This week beside an earlier window of whole weeks.

    `count`: incidents of the window. `expected`, `low`, `high`: incidents that a week like those
    would bring, with exact limits. `weeks`: how many weeks the window holds. `dispersion`: variance
    of those weeks over their mean, NaN for one week. `window` is None for several apart.
    """

    window: Window | None
    weeks: int
    count: int
    expected: float
    low: int
    high: int
    dispersion: float


@dataclass(frozen=True)
class Missing:
    """A window of which the register holds no history, or only a part."""

    window: Window


@dataclass(frozen=True)
class Link:
    """Another shooting near one of this week's; days are negative for one before it."""

    shooting: Shooting
    metres: float
    days: int
    same_place: bool


@dataclass(frozen=True)
class OpenWindow:
    """Where and until when shootings near this one have been more frequent than chance.

    The ring from `beyond_m` to under `within_m` around the place, from `since` to `until`, both
    days included. `ratio`: observed over expected pairs in the city's own fitted table.
    """

    shooting: Shooting
    beyond_m: float
    within_m: float
    since: date
    until: date
    ratio: float


@dataclass(frozen=True)
class VictimFact:
    fatal: bool | None
    age: int | None
    age_low: int | None
    age_high: int | None
    sex: str


@dataclass(frozen=True)
class Card:
    """`nearby`: the shootings within reach in the year before, the latest first."""

    shooting: Shooting
    victims: tuple[VictimFact, ...]
    nearby: tuple[Link, ...]
    links: tuple[Link, ...]
    windows: tuple[OpenWindow, ...]
    sources: tuple[Source, ...]
    corrected: tuple[str, ...]

    @property
    def days_since_last(self) -> int | None:
        """Days back to the last shooting within reach; 0 for one of the same day."""
        return -self.nearby[0].days if self.nearby else None


@dataclass(frozen=True)
class Bands:
    """The fitted near-repeat table, or why there is none."""

    window: Window
    incidents: int
    unplaced: int
    fitted: Knox | None
    fitted_at: datetime | None
    raised: np.ndarray | None

    @property
    def opens(self) -> bool:
        return self.raised is not None and bool(self.raised.any())


@dataclass(frozen=True)
class Place:
    address: str
    area: str
    incidents: int
    latest: date
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Holding:
    """The fewest places that hold a quarter and a half of the placed shootings.

    `fullest`: the places with more than one shooting, most first, then in the register's order.
    """

    quarter: PlacesHolding
    half: PlacesHolding
    fullest: tuple[Place, ...]


@dataclass(frozen=True)
class HotSpots:
    """Density of the placed shootings of a window: shootings a square kilometre."""

    window: Window
    incidents: int
    unplaced: int
    holding: Holding | None
    density: np.ndarray | None  # (y, x)
    cell_m: float
    x_grid: np.ndarray | None
    y_grid: np.ndarray | None
    shootings: tuple[Shooting, ...]


@dataclass(frozen=True)
class Moved:
    """An area's last four weeks beside the 52 weeks before; expected for four such weeks."""

    name: str
    now: int
    before: int
    expected: float
    p_value: float
    small: bool
    # Still below 5% when false discoveries are controlled over all areas of the table.
    sure: bool


@dataclass(frozen=True)
class Areas:
    kind: str
    now: Window
    before: Window
    rows: tuple[Moved, ...]
    unknown_now: int
    unknown_before: int


@dataclass(frozen=True)
class ToDate:
    window: Window
    count: Count
    change: float | None  # this year over that one, less 1
    p_value: float | None


@dataclass(frozen=True)
class Clock:
    """Weekdays, and hours (seven days of 24) where enough of the times are known, else None."""

    window: Window
    weekdays: tuple[int, ...]
    hours: tuple[tuple[int, ...], ...] | None
    timed: int
    incidents: int


@dataclass(frozen=True)
class Gaps:
    """What is missing in a window's incidents."""

    window: Window
    incidents: int
    without_place: int
    without_time: int
    without_victims: int


@dataclass(frozen=True)
class Notes:
    gaps: tuple[Gaps, ...]
    left_out: dict[str, tuple[Shooting, ...]]  # since the week began
    left_out_year: dict[str, tuple[Shooting, ...]]
    changed: tuple[Shooting, ...]
    late: tuple[Shooting, ...]
    newly_fed: int  # first known since then, because their feed was loaded for the first time
    disagreeing: tuple[Shooting, ...]
    undated: int
    last_files: tuple[LastFile, ...]
    last_review: date
    first_load: bool  # nothing was known before the last review


@dataclass(frozen=True)
class Packet:
    city: str
    time_zone: str
    projected_system: int
    week: Week
    review_day: date
    as_of: datetime | None
    as_known: date | None
    newest_file: datetime | None
    # The last day that a file can know whole; None where nothing came from a file.
    covered_until: date | None
    rule: Rule
    count: Count
    since: Count | None
    history_begins: date | None
    comparisons: tuple[Comparison, ...]
    together: Comparison | None
    no_history: tuple[Missing, ...]
    weekly: tuple[int, ...]
    cards: tuple[Card, ...]
    cards_since: tuple[Card, ...]
    bands: Bands
    hot_spots: tuple[HotSpots, ...]
    areas: tuple[Areas, ...]
    to_date: tuple[ToDate, ...]
    to_date_missing: tuple[Missing, ...]
    clock: Clock
    notes: Notes

    @property
    def whole(self) -> bool:
        """Nothing that is known of the files says that a part of the week is still to come."""
        return self.covered_until is None or self.covered_until >= self.week.end

    @property
    def uncovered(self) -> bool:
        """No file covers even the week's first day."""
        return self.covered_until is not None and self.covered_until < self.week.start

    @property
    def windows(self) -> list[OpenWindow]:
        return [window for card in self.cards for window in card.windows]
