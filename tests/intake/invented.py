"""An invented city's shootings, from which files in any publisher's layout are written."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

STREETS = ("Alder St", "Birch Ave", "Cedar Blvd", "Dogwood Rd", "Elm Dr", "Fir Ln", "Gum Ct")
HOODS = ("Northgate", "Mill Hollow", "Kings Hill", "Riverbend", "Oldtown", "Parkside", "Quarry")
PREMISES = ("STREET", "PARKING LOT", "DWELLING", "BAR/NIGHT CLUB", "PARK")
WOUNDS = ("Leg", "Head", "Chest", "Multiple", "Arm", "Back")
RACES = ("BLACK", "WHITE", "HISPANIC", "ASIAN", "UNKNOWN")


@dataclass
class Victim:
    age: int
    sex: str
    race: str
    wound: str
    fatal: bool


@dataclass
class Incident:
    number: int
    at: datetime
    reported: datetime
    lat: float
    lon: float
    placed: bool
    address: str
    hood: str
    district: int
    premises: str
    inside: bool
    victims: list[Victim] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(victim.fatal for victim in self.victims)

    @property
    def wounded(self) -> int:
        return len(self.victims) - self.killed


def shootings(
    seed: int = 1, n: int = 150, *, lat: float = 39.1, lon: float = -84.5, start: int = 2019
) -> list[Incident]:
    """Incidents in order of time, about one in twenty without a place, one to four victims."""
    draw = random.Random(seed)
    at = datetime(start, 1, 3, 22, 10)
    found = []
    for number in range(n):
        at += timedelta(minutes=draw.randrange(60, 8_000))
        found.append(_incident(draw, number, at, lat, lon))
    return found


def _incident(draw: random.Random, number: int, at: datetime, lat: float, lon: float) -> Incident:
    return Incident(
        number=10_000 + number * 7,
        at=at,
        reported=at + timedelta(minutes=draw.randrange(2, 2_000)),
        lat=round(lat + draw.uniform(-0.08, 0.08), 6),
        lon=round(lon + draw.uniform(-0.08, 0.08), 6),
        placed=draw.random() > 0.05,
        address=f"{draw.randrange(1, 90) * 100} BLOCK {draw.choice(STREETS)}",
        hood=draw.choice(HOODS),
        district=draw.randrange(1, 6),
        premises=draw.choice(PREMISES),
        inside=draw.random() < 0.2,
        victims=[_victim(draw) for _ in range(draw.choice((1, 1, 1, 1, 2, 2, 3, 4)))],
    )


def _victim(draw: random.Random) -> Victim:
    return Victim(
        age=min(92, max(3, int(draw.gauss(29, 12)))),
        sex=draw.choice("MMMMMF"),
        race=draw.choice(RACES),
        wound=draw.choice(WOUNDS),
        fatal=draw.random() < 0.2,
    )
