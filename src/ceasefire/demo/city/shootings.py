"""The shootings themselves: untriggered ones, near repeats and retaliations, day by day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from . import clock
from .bits import Stream, Table
from .effects import Effects
from .groups import Conflict, Group
from .places import Places
from .plane import Point, squared_distance


@dataclass
class Shooting:
    """One shooting. `cause` is `untriggered`, `near_repeat` or `retaliation`.

    For the last two `parent` is the shooting that led to it. A fourth cause, `unfounded`, is a
    report that was published and then withdrawn: not a shooting, and in no total. `target` and
    `source` are the groups whose side was shot at and whose side shot, where a group was involved
    (`source` where a conflict was behind it).
    """

    day: date
    minute: int
    point: Point
    cause: str
    hot_place: int | None = None
    parent: "Shooting | None" = None
    target: Group | None = None
    source: Group | None = None
    number: str = ""
    outcome: str = ""
    victims: list = field(default_factory=list, repr=False)

    @property
    def moment(self) -> tuple[date, int, Point]:
        return self.day, self.minute, self.point


class History:
    """Draws every shooting from `start` to `end`; `run()` returns them in order of time."""

    def __init__(self, seed: int, places: Places, effects: Effects, feuds: "Feuds"):
        self.places, self.effects, self.feuds = places, effects, feuds
        self._main = Stream(seed, "untriggered shootings")
        self._repeats = Stream(seed, "near repeats")
        self._replies = Stream(seed, "retaliation")
        self._sides = Stream(seed, "group involvement")
        self._reports = Stream(seed, "unfounded reports")
        # Both kinds of lag fade with time; a reply may come the same week or a month later.
        self._repeat_lag = Table([40 - 2 * k for k in range(effects.reach_days)])
        self._reply_lag = Table([60 - k for k in range(effects.reply_days)])

    def run(self, start: date, end: date, scale: int) -> list[Shooting]:
        shootings = []
        for day in clock.days(start, end):
            mean = clock.expected(day, end.year, self.effects, scale)
            for _ in range(self._main.poisson(mean * self.effects.untriggered_share)):
                shootings.extend(self._untriggered(day))
        for shooting in shootings:  # grows while it is walked: what is triggered triggers again
            shootings.extend(c for c in self._led_to(shooting) if c.day <= end)
        shootings.extend(self._unfounded(end, scale))
        return _numbered(sorted(shootings, key=lambda s: s.moment))

    def _unfounded(self, end: date, scale: int) -> list[Shooting]:
        s = self._reports
        days = [end - timedelta(days=s.between(25, 110)) for _ in range(5 * scale)]
        return [
            Shooting(day, clock.draw_minute(s, day), self.places.draw(s)[0], "unfounded")
            for day in days
        ]

    def _untriggered(self, day: date) -> list[Shooting]:
        point, hot_place = self.places.draw(self._main)
        shooting = Shooting(
            day, clock.draw_minute(self._main, day), point, "untriggered", hot_place
        )
        averted = not self._main.chance(self._share_left(day, point))
        if averted:
            return []
        self._involve(shooting)
        return [shooting]

    def _share_left(self, day: date, point: Point) -> float:
        served = self.places.land.locate(point).district in self.places.programme
        in_force = served and day >= self.effects.programme_start
        return self.effects.programme_ratio if in_force else 1.0

    def _involve(self, shooting: Shooting) -> None:
        if self._sides.chance(self.effects.group_share):
            served = self.places.land.locate(shooting.point).district in self.places.programme
            shooting.target = self.feuds.nearest(shooting.point, served)
            rivals = self.feuds.rivals(shooting.target)
            if rivals and self._sides.chance(self.effects.conflict_share):
                shooting.source = self._sides.pick(rivals)

    def _led_to(self, shooting: Shooting) -> list[Shooting]:
        count = self._repeats.poisson(self.effects.near_repeat)
        led = [self._repeat(shooting) for _ in range(count)]
        if shooting.source and self._replies.chance(self.effects.retaliation):
            led.append(self._reply(shooting))
        return led

    def _repeat(self, shooting: Shooting) -> Shooting:
        s = self._repeats
        day = shooting.day + timedelta(days=1 + self._repeat_lag.index(s))
        # One metre inside the reach, so that rounding what is published cannot carry it outside.
        point = self.places.within(shooting.point, self.effects.reach_m - 1.0, s)
        repeat = Shooting(day, clock.draw_minute(s, day), point, "near_repeat", parent=shooting)
        self._involve(repeat)
        return repeat

    def _reply(self, shooting: Shooting) -> Shooting:
        s = self._replies
        day = shooting.day + timedelta(days=1 + self._reply_lag.index(s))
        point = s.pick(shooting.source.haunts)
        return Shooting(
            day,
            clock.draw_minute(s, day),
            point,
            "retaliation",
            self.places.hot.index(point),
            shooting,
            target=shooting.source,
            source=shooting.target,
        )


def _numbered(shootings: list[Shooting]) -> list[Shooting]:
    """Give incident numbers that rise through each year with gaps, as calls for service do."""
    seen: dict[int, int] = {}
    for shooting in shootings:
        year, minute = shooting.day.year, shooting.minute
        elapsed = (shooting.day - date(year, 1, 1)).days * 1440 + minute
        seen[year] = max(seen.get(year, 0) + 1, elapsed // 2)
        shooting.number = f"RM{year % 100:02}-{seen[year]:06}"
    return shootings


class Feuds:
    """Which group's turf a place is on, and who that group's rivals are."""

    def __init__(self, groups: list[Group], conflicts: list[Conflict]):
        self._served = {
            served: [g for g in groups if g.served == served] or groups for served in (True, False)
        }
        by_code = {g.code: g for g in groups}
        self._rivals: dict[str, list[Group]] = {g.code: [] for g in groups}
        for a, b in (conflict.sides for conflict in conflicts):
            self._rivals[a].append(by_code[b])
            self._rivals[b].append(by_code[a])

    def nearest(self, point: Point, served: bool) -> Group:
        return min(self._served[served], key=lambda g: squared_distance(g.turf, point))

    def rivals(self, group: Group) -> list[Group]:
        return self._rivals[group.code]
