"""What Rivermouth's police publish: one row per victim, and apart from it shots that hit nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .bits import Stream
from .effects import Effects
from .harm import Victim
from .land import Land
from .plane import Point, StreetGrid, degrees, feet
from .shootings import Shooting

Row = dict[str, object]
PLACE_FIELDS = ("X_COORD", "Y_COORD", "LATITUDE", "LONGITUDE")
_RACE_CODES = {"BLACK": "B", "WHITE": "W", "HISPANIC": "H", "ASIAN": "A", "NATIVE": "I"}
_SHORT = ((" Heights", " HTS"), (" Park", " PK"), (" Landing", " LNDG"), (" Terrace", " TER"))


@dataclass
class Place:
    """How an incident's place is published. `fault` is the planted fault, or ''."""

    fault: str
    fields: dict[str, object]
    address: str
    district: str
    neighbourhood: str
    variant: bool


@dataclass
class Published:
    """One victim's row (without its volatile id) and the shooting behind it."""

    shooting: Shooting
    victim: Victim
    place: Place
    row: Row
    faults: list[str] = field(default_factory=list)


class Desk:
    """Writes rows as the police records desk would, with its faults."""

    def __init__(self, seed: int, land: Land, grid: StreetGrid, effects: Effects):
        self._places = Stream(seed, "published places")
        self._rows = Stream(seed, "published rows")
        self._land, self._grid, self._missing = land, grid, effects.missing

    def victims(self, shootings: Iterable[Shooting]) -> list[Published]:
        rows = []
        for shooting in shootings:
            if shooting.victims:
                rows.extend(self._incident(shooting))
        return rows

    def _incident(self, shooting: Shooting) -> list[Published]:
        place = self._place(shooting.point)
        blank = self._rows.chance(self._missing["time_blank"])
        return [
            self._row(shooting, victim, place, "" if blank else clock_time(shooting.minute))
            for victim in shooting.victims
        ]

    def _row(self, shooting: Shooting, victim: Victim, place: Place, time: str) -> Published:
        faults = [fault for fault in self._victim_faults() if fault]
        if not time:
            faults.append("time_blank")
        row = {
            "INCIDENT_NO": shooting.number,
            "OCC_DATE": short_date(shooting.day),
            "OCC_TIME": time,
            "BLOCK_ADDRESS": place.address,
            "DISTRICT": place.district,
            "NEIGHBORHOOD": place.neighbourhood,
            **place.fields,
            "VICTIM_AGE": "" if "age_blank" in faults else victim.age,
            "VICTIM_SEX": "U" if "sex_unknown" in faults else victim.person.sex,
            "VICTIM_RACE": "U" if "race_unknown" in faults else _RACE_CODES[victim.person.race],
            "FATAL": "Y" if victim.fatal else "N",
            "OUTCOME": shooting.outcome,
        }
        return Published(shooting, victim, place, row, faults)

    def _victim_faults(self) -> list[str]:
        kinds = ("age_blank", "sex_unknown", "race_unknown")
        return [kind if self._rows.chance(self._missing[kind]) else "" for kind in kinds]

    def _place(self, point: Point) -> Place:
        area = self._land.locate(point)
        fault = self._place_fault()
        variant = self._places.chance(self._missing["neighbourhood_variant"])
        outside = fault == "outside_city"
        return Place(
            fault,
            self._coordinates(point, fault),
            self._grid.block_address(point),
            "OUT" if outside else area.district.upper(),
            "" if outside else self._spelling(area.name, variant),
            variant and not outside,
        )

    def _place_fault(self) -> str:
        u = self._places.unit()
        for kind in ("place_zero", "place_blank", "degrees_blank", "outside_city"):
            if u < self._missing[kind]:
                return kind
            u -= self._missing[kind]
        return ""

    def _coordinates(self, point: Point, fault: str) -> dict[str, object]:
        if fault == "place_zero":
            return dict(zip(PLACE_FIELDS, (0, 0, 0, 0), strict=True))
        if fault == "place_blank":
            return dict.fromkeys(PLACE_FIELDS, "")
        if fault == "outside_city":  # geocoded to a hospital over the county line
            point = (19_000.0, 4_200.0)
        longitude, latitude = degrees(point)
        pair = ("", "") if fault == "degrees_blank" else (f"{latitude:.6f}", f"{longitude:.6f}")
        return dict(zip(PLACE_FIELDS, (*feet(point), *pair), strict=True))

    def _spelling(self, name: str, variant: bool) -> str:
        """The neighbourhood in capitals; a variant is abbreviated, misspaced or a letter short."""
        upper = name.upper()
        if not variant:
            return upper
        for long, short in _SHORT:
            if name.endswith(long):
                return upper[: -len(long)] + short
        cut = self._places.between(2, len(upper) - 2)
        return upper[:cut] + (" " if self._places.chance(0.5) else "") + upper[cut + 1 :]


def short_date(day: date) -> str:
    """M/D/YYYY, unpadded."""
    return f"{day.month}/{day.day}/{day.year}"


def clock_time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


SHOTS_FIELDS = (
    "incident",
    "occurred",
    "block",
    "lat",
    "lon",
    "casings",
    "evidence",
    "neighborhood",
)
_EVIDENCE = ("Casings", "Casings; property damage", "Property damage", "Casings; sensor alert")


def shots_fired(
    seed: int, shootings: Iterable[Shooting], land: Land, grid: StreetGrid
) -> list[tuple]:
    """Rows of `SHOTS_FIELDS` for verified shots that hit nobody, one per incident."""
    stream = Stream(seed, "shots fired rows")
    rows = []
    for s in shootings:
        if s.victims:
            continue
        longitude, latitude = degrees(s.point, 5)
        pair = ("", "") if stream.chance(0.04) else (f"{latitude:.5f}", f"{longitude:.5f}")
        evidence = stream.pick(_EVIDENCE)
        casings = 1 + stream.below(6) + stream.below(14) if "Casings" in evidence else 0
        occurred = f"{s.day.isoformat()} {clock_time(s.minute)}"
        block, area = grid.block_address(s.point), land.locate(s.point).name
        rows.append((s.number, occurred, block, *pair, casings, evidence, area))
    return rows
