"""Figures from outside: residents, other cities' rates, costs to the public. All invented."""

from datetime import date

from .bits import Stream

RESIDENTS = 650_000
RESIDENT_FIELDS = ("dimension", "category", "people")
PEER_FIELDS = ("city", "year", "rate")
COST_FIELDS = ("kind", "cost")
COSTS = (("fatal", 1_200_000), ("injury", 600_000), ("no_injury", 6_000))
PEERS = ("Port Ansel", "Tarrow City", "Weldhaven")


def resident_rows() -> list[tuple]:
    women = round(RESIDENTS * 0.51)
    return [("sex", "M", RESIDENTS - women), ("sex", "F", women)]


def peer_rows(seed: int, start: date, end: date) -> list[tuple]:
    """Homicides for each 100,000 residents in every whole year, two at least, to a tenth."""
    stream, rows = Stream(seed, "other cities"), []
    for city in PEERS:
        tenths = stream.between(80, 160)
        for year in range(min(start.year, end.year - 2), end.year):
            rows.append((city, year, tenths / 10))
            tenths = max(30, tenths + stream.between(-12, 16))
    return rows
