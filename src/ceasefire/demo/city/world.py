"""Everything that is true of one invented city, built topic by topic from its seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .effects import Effects, draw_effects
from .groups import Conflict, Group, found_groups, set_at_odds
from .harm import Harm
from .land import Land, survey
from .people import Population
from .places import Places, lay_places
from .plane import StreetGrid
from .records import Files, open_files
from .shootings import Feuds, History, Shooting

STEPS = ("map", "places", "groups", "shootings", "victims", "records")


@dataclass(frozen=True)
class World:
    """A city's truth, before anyone publishes any of it."""

    seed: int
    scale: int
    start: date
    end: date
    effects: Effects
    land: Land
    grid: StreetGrid
    places: Places
    groups: list[Group]
    conflicts: list[Conflict]
    population: Population
    shootings: list[Shooting]
    files: Files

    @property
    def span(self) -> tuple[date, date]:
        return self.start, self.end

    @property
    def verified(self) -> list[Shooting]:
        return [s for s in self.shootings if s.cause != "unfounded"]


def build(seed: int, scale: int, start: date, end: date, announce: Callable[[str], None]) -> World:
    """Build the city, naming each of `STEPS` to `announce` as it begins."""
    steps = iter(STEPS)

    def next_step() -> None:
        announce(next(steps))

    next_step()
    land, grid, effects = survey(seed), StreetGrid.lay_out(seed), draw_effects(seed, scale, end)
    next_step()
    places = lay_places(seed, land, grid, effects)
    next_step()
    groups = found_groups(seed, scale, places)
    conflicts = set_at_odds(seed, groups, start)
    population = Population(seed, groups, start + (end - start) // 2)
    next_step()
    shootings = History(seed, places, effects, Feuds(groups, conflicts)).run(start, end, scale)
    next_step()
    Harm(seed, effects, population, end).befall(shootings)
    next_step()
    files = open_files(seed, population, shootings, grid, end)
    return World(
        seed, scale, start, end, effects, land, grid, places,
        groups, conflicts, population, shootings, files,
    )  # fmt: skip
