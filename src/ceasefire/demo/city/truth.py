"""The planted truth, written beside the files so that a load or an estimate can be judged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from .justice import LISTED_SHARE
from .neighbours import Shared
from .people import Person
from .plane import degrees, feet
from .police import Published, clock_time
from .publications import Delta, Edition
from .shootings import Shooting
from .world import World

INCIDENT_COLUMNS = [
    "number", "date", "time", "x_feet", "y_feet", "district", "neighbourhood", "cause", "parent",
    "hot_place", "victims", "fatal", "group_involved", "target_group", "source_group", "outcome",
]  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """A written city: its folder, and `facts`, which is what its truth.json holds."""

    folder: Path
    facts: dict

    @property
    def path(self) -> Path:
        return self.folder / "truth.json"


def planted(world: World) -> dict:
    """Strengths and structure: what an estimator should find, nulls included."""
    e = world.effects
    return {
        "seed": world.seed,
        "scale": world.scale,
        "start": world.start.isoformat(),
        "end": world.end.isoformat(),
        "near_repeat": {
            "is_null": e.near_repeat == 0,
            "triggered_per_shooting": e.near_repeat,
            "within_m": e.reach_m,
            "within_days": e.reach_days,
            "pairs": _pairs(world, "near_repeat"),
        },
        "retaliation": {
            "is_null": e.retaliation == 0,
            "chance_of_reply": e.retaliation,
            "within_days": e.reply_days,
            "pairs": _pairs(world, "retaliation"),
            "chains": _chains(world.verified),
        },
        "programme": {
            "is_null": e.programme_ratio == 1,
            "start": e.programme_start.isoformat(),
            "rate_ratio": e.programme_ratio,
            "districts": world.places.programme,
        },
        "hot_places": {
            "share_of_untriggered": e.hot_share,
            "columns": ["x_feet", "y_feet", "longitude", "latitude", "weight", "shootings"],
            "rows": _hot_rows(world),
        },
        "groups": _groups(world),
        "group_involvement": {"share": e.group_share, "between_groups": e.conflict_share},
        "calendar": {
            "weekend_lift": e.weekend_lift,
            "summer_lift": e.summer_lift,
            "weekdays": _counted(s.day.weekday() for s in world.verified),
            "hours": _counted(s.minute // 60 for s in world.verified),
            "months": _counted(s.day.month for s in world.verified),
        },
        "injury_share": e.injury_share,
        "fatal_share": e.fatal_share,
    }


def _pairs(world: World, cause: str) -> list[list[str]]:
    """[parent, shooting it led to], by incident number."""
    return [[s.parent.number, s.number] for s in world.verified if s.cause == cause]


def _chains(shootings: list[Shooting]) -> list[list[str]]:
    """Runs of replies, each the answer to the one before; a shooting has at most one reply."""
    chain_of: dict[str, list[str]] = {}
    for s in shootings:
        if s.cause == "retaliation":
            chain = chain_of.setdefault(s.parent.number, [s.parent.number])
            chain.append(s.number)
            chain_of[s.number] = chain
    return list({id(chain): chain for chain in chain_of.values()}.values())


def _hot_rows(world: World) -> list[list]:
    found = Counter(s.hot_place for s in world.verified if s.hot_place is not None)
    return [
        [*feet(p), *degrees(p), weight, found[i]]
        for i, (p, weight) in enumerate(zip(world.places.hot, world.places.weights, strict=True))
    ]


def _groups(world: World) -> dict:
    return {
        "members": {c: [p.code for p in m] for c, m in world.population.members.items()},
        "turf": {g.code: [*feet(g.turf), g.district] for g in world.groups},
        "conflicts": [
            {"id": c.code, "groups": list(c.sides), "since": c.since.isoformat()}
            for c in world.conflicts
        ],
    }


def _counted(values: Iterable[int]) -> dict[str, int]:
    return {str(value): count for value, count in sorted(Counter(values).items())}


def totals(shootings: list[Shooting]) -> dict:
    """Verified shootings, all told and by year and ISO week (Monday to Sunday)."""
    years, weeks = {}, {}
    for s in shootings:
        iso = s.day.isocalendar()
        years.setdefault(str(s.day.year), []).append(s)
        weeks.setdefault(f"{iso.year}-W{iso.week:02}", []).append(s)
    return {
        "all": _tally(shootings),
        "years": {key: _tally(group) for key, group in years.items()},
        "weeks": {key: _tally(group) for key, group in weeks.items()},
    }


def _tally(shootings: list[Shooting]) -> dict[str, int]:
    victims = [v for s in shootings for v in s.victims]
    injury = sum(bool(s.victims) for s in shootings)
    return {
        "verified": len(shootings),
        "incidents": injury,
        "victims": len(victims),
        "fatal_victims": sum(v.fatal for v in victims),
        "nobody_hit": len(shootings) - injury,
    }


def incident_table(world: World) -> dict:
    """Every shooting, unfounded reports among them (told by their cause)."""
    return {"columns": INCIDENT_COLUMNS, "rows": [_incident(world, s) for s in world.shootings]}


def _incident(world: World, s: Shooting) -> list:
    area = world.land.locate(s.point)
    return [
        s.number, s.day.isoformat(), clock_time(s.minute), *feet(s.point),
        area.district, area.name, s.cause, s.parent.number if s.parent else None,
        s.hot_place, len(s.victims), sum(v.fatal for v in s.victims), s.target is not None,
        s.target.code if s.target else None, s.source.code if s.source else None, s.outcome,
    ]  # fmt: skip


def publication_facts(editions: list[Edition], deltas: list[Delta], names: list[str]) -> dict:
    pairs = zip(names, editions, strict=True)
    return {
        "editions": [
            {"file": name, "as_of": e.as_of.isoformat(), "rows": len(e.rows)} for name, e in pairs
        ],
        "deltas": [_delta_facts(d) for d in deltas],
    }


def _delta_facts(delta: Delta) -> dict:
    changed = [
        {
            "number": after["INCIDENT_NO"],
            "fields": [name for name in after if after[name] != before[name]],
            "before": before,
            "after": after,
        }
        for before, after in delta.changed
    ]
    return {"added": delta.added, "changed": changed, "vanished": delta.vanished}


def missing_facts(world: World, published: list[Published]) -> dict:
    """Planted rates, how many rows of the last publication each fault is in, and twins.

    `identical_rows` counts victims whose row equals another's but for its id: real people, to be
    kept.
    """
    rows = [p for p in published if p.shooting.cause != "unfounded"]
    counts = Counter(fault for p in rows for fault in [*p.faults, p.place.fault] if fault)
    counts["neighbourhood_variant"] = sum(p.place.variant for p in rows)
    rates = world.effects.missing
    same = Counter(tuple(p.row.values()) for p in rows)
    return {
        "rates": rates,
        "victim_rows": {kind: counts[kind] for kind in rates},
        "identical_rows": sum(count - 1 for count in same.values()),
    }


def people_facts(world: World, published: list[Published]) -> dict:
    """True people, which record is whose, and who was hit in each published row's incident."""
    real = [p for p in published if p.shooting.cause != "unfounded"]
    return {
        "persons": {
            "columns": [
                "person",
                "given",
                "middle",
                "family",
                "born",
                "sex",
                "race",
                "group",
                "died",
            ],
            "rows": [_person(p) for p in world.population.everyone],
        },
        "records": {
            "columns": ["agency", "agency_person_id", "person", "errors"],
            "rows": [[r.agency, r.number, r.person.code, r.errors] for r in world.files.records],
        },
        "victims": {
            "columns": ["number", "person", "age", "fatal"],
            "rows": [
                [p.shooting.number, p.victim.person.code, p.victim.age, p.victim.fatal]
                for p in real
            ],
        },
    }


def _person(p: Person) -> list:
    group = p.group.code if p.group else None
    return [p.code, p.given, p.middle, p.family, _iso(p.born), p.sex, p.race, group, _iso(p.died)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def conflict_list_facts(missed: list[str], mistaken: list[str]) -> dict:
    return {"listed_share": LISTED_SHARE, "missed": missed, "mistaken": mistaken}


def shared_facts(shared: list[Shared]) -> list[dict]:
    return [asdict(s) for s in shared]
