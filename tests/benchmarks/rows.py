"""Incident rows for measuring: plausible in shape, invented, the same for the same number."""

import random
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "Case Number,Occurred Date,Occurred Time,Block Address,District,Neighborhood,"
    "Latitude,Longitude,Injury,Weapon\n"
)
LAST_DAY = date(2025, 12, 28)


def write_incidents(path: Path, n: int, *, years: int = 20) -> None:
    chance = random.Random(n)
    first = LAST_DAY - timedelta(days=years * 364 - 1)
    with open(path, "w") as file:
        file.write(HEADER)
        for i in range(n):
            day = first + timedelta(days=i * years * 364 // n)
            file.write(_row(chance, i, day))


def _row(chance: random.Random, i: int, day: date) -> str:
    block, street = chance.randrange(100) * 100, chance.randrange(200)
    # As in any city, most shootings happen at a few hundred corners.
    corner = random.Random(chance.randrange(400)) if chance.random() < 0.7 else chance
    latitude, longitude = 45.45 + corner.random() * 0.15, -122.75 + corner.random() * 0.25
    return (
        f"C{day.year % 100:02d}-{i:07d},{day.month}/{day.day}/{day.year},"
        f"{chance.randrange(24):02d}:{chance.randrange(60):02d},"
        f"{block} BLOCK OF {street}TH AVE,{chance.choice(('North', 'East', 'Central'))},"
        f"N{chance.randrange(95)},{latitude:.6f},{longitude:.6f},"
        f"{chance.choice('YN')},{chance.choice(('HANDGUN', 'RIFLE', 'UNKNOWN'))}\n"
    )
