"""What the jurisdictions round the city publish: Eastbank's workbook, the county's JSON lines."""

from dataclasses import dataclass
from datetime import date

from . import clock
from .bits import Stream, Table
from .land import Land
from .plane import Point, StreetGrid, degrees
from .shootings import Shooting

_EASTBANK: Point = (18_500.0, 2_500.0)
_RADIUS = 3_800.0
_SHORE = -6_000.0  # south of this is the sea
_CUTS = Table([80, 14, 6])
EASTBANK_FIELDS = ("Case", "Date", "Time", "Location", "Killed", "Injured", "Lat", "Long")


@dataclass(frozen=True)
class Shared:
    """A Rivermouth shooting that the county lists too, under its own number."""

    county_case: str
    number: str


def eastbank_rows(
    seed: int, land: Land, grid: StreetGrid, span: tuple[date, date], scale: int
) -> list[tuple]:
    """Rows of `EASTBANK_FIELDS`, one per event; dates are dates, times are like `2140 hrs`."""
    stream = Stream(seed, "eastbank")
    rows = []
    for day in clock.days(*span):
        for _ in range(stream.poisson(0.16 * scale)):
            rows.append(_eastbank_row(stream, len(rows), day, land, grid))
    return rows


def _eastbank_row(stream: Stream, i: int, day: date, land: Land, grid: StreetGrid) -> tuple:
    hit = _CUTS.index(stream) + 1
    killed = sum(stream.chance(0.18) for _ in range(hit))
    minute = clock.draw_minute(stream, day)
    point = _outside(stream, land, _EASTBANK, _RADIUS, grid)
    longitude, latitude = degrees(point, 5)
    place = (None, None) if stream.chance(0.03) else (latitude, longitude)
    hours = f"{minute // 60:02}{minute % 60:02} hrs"
    address = grid.block_address(point).title()
    return (f"EB-{day.year}-{i + 1:04}", day, hours, address, killed, hit - killed, *place)


def _outside(s: Stream, land: Land, centre: Point, radius: float, grid: StreetGrid) -> Point:
    while True:
        point = grid.nearest_kerb((centre[0] + s.spread(radius), centre[1] + s.spread(radius)))
        if point[1] > _SHORE and not land.limits.contains(point):
            return point


def county_lines(
    seed: int,
    land: Land,
    grid: StreetGrid,
    shootings: list[Shooting],
    span: tuple[date, date],
    scale: int,
) -> tuple[list[dict], list[Shared]]:
    """The county's incidents (one JSON object each) and those that Rivermouth published too."""
    stream = Stream(seed, "county")
    own = [
        (day, _outside(stream, land, (0.0, 0.0), 24_000.0, grid), "")
        for day in clock.days(*span)
        for _ in range(stream.poisson(0.21 * scale))
    ]
    # Deputies also helped at some city shootings, and the county counts those as its own.
    helped = [(s.day, s.point, s.number) for s in shootings if s.victims and stream.chance(0.025)]
    lines, shared = [], []
    for i, (day, point, number) in enumerate(sorted(own + helped)):
        case = f"{day.year}-GS-{i + 1:05}"
        lines.append(_county_line(stream, case, day, point))
        if number:
            shared.append(Shared(case, number))
    return lines, shared


def _county_line(stream: Stream, case: str, day: date, point: Point) -> dict:
    longitude, latitude = degrees(point, 4)
    known = not stream.chance(0.06)
    return {
        "case_id": case,
        "incident_date": day.isoformat(),
        "kind": stream.pick(("injury", "injury", "property", "shots confirmed")),
        "location": {"lat": latitude, "lon": longitude} if known else None,
    }
