"""Groups with a turf of hot places each, and the pairs that are in conflict."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .bits import Stream
from .places import Places
from .plane import Point, squared_distance
from .words import group_names

GROUPS = 40


@dataclass(frozen=True)
class Group:
    """`served` says whether its turf lies in a programme district."""

    code: str
    name: str
    alias: str
    turf: Point
    district: str
    neighbourhood: str
    served: bool
    haunts: list[Point] = field(repr=False)


@dataclass(frozen=True)
class Conflict:
    """A true conflict between two groups, by group code, with the day it began."""

    code: str
    sides: tuple[str, str]
    since: date


def found_groups(seed: int, scale: int, places: Places) -> list[Group]:
    stream = Stream(seed, "groups")
    names = group_names(stream, 2 * GROUPS * scale)
    turfs = stream.sample(places.hot, GROUPS * scale)
    return [_group(i, names, at, places) for i, at in enumerate(turfs)]


def _group(i: int, names: list[str], at: Point, places: Places) -> Group:
    area = places.land.locate(at)
    same = [p for p in places.hot if places.land.locate(p).district == area.district]
    haunts = sorted(same, key=lambda p: squared_distance(p, at))[:5]
    served = area.district in places.programme
    alias = "".join(word[0] for word in names[i].split())
    return Group(f"G{i + 1:03}", names[i], alias, at, area.district, area.name, served, haunts)


def set_at_odds(seed: int, groups: list[Group], start: date) -> list[Conflict]:
    """Conflicts between near groups.

    All are older than `start`, and a pair is never split between programme and other districts: a
    conflict that began midway, or a reply on the far side, would look like the programme's effect.
    """
    stream = Stream(seed, "conflicts")
    pairs: dict[tuple[str, str], None] = {}
    for group in groups:
        near = sorted(
            (g for g in groups if g is not group and g.served == group.served),
            key=lambda g: squared_distance(g.turf, group.turf),
        )[:4]
        for rival in stream.sample(near, stream.between(1, 2)):
            pairs[min(group.code, rival.code), max(group.code, rival.code)] = None
    return [
        Conflict(f"K{i + 1:03}", pair, start - timedelta(days=stream.between(30, 1_500)))
        for i, pair in enumerate(pairs)
    ]
