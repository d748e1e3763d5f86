"""A small invented city, in metres from its middle."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MIDDLE_X, MIDDLE_Y, EPSG = 520_000.0, 5_040_000.0, 32610
ZONE = ZoneInfo("America/Los_Angeles")


@cache
def to_degrees():
    from pyproj import Transformer

    return Transformer.from_crs(EPSG, 4326, always_xy=True)


def facts(day: date, at=None, **more) -> dict:
    """The columns of one shooting; at = (metres east, metres north) of the city's middle."""
    row = {
        "occurred_on": day,
        "occurred_from": datetime.combine(day, datetime.min.time(), ZONE),
        "occurred_to": datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE),
        "occurred_precision": "day",
        "victims": 1,
        "killed": 0,
    }
    if at is not None:
        x, y = MIDDLE_X + at[0], MIDDLE_Y + at[1]
        longitude, latitude = to_degrees().transform(x, y)
        row |= {"x_m": x, "y_m": y, "longitude": longitude, "latitude": latitude, "in_city": True}
    return row | more
