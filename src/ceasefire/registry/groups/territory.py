"""A territory as it is drawn: corners on the map, in degrees, as GeoJSON."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

FEWEST, MOST = 3, 200


def from_corners(text: str) -> dict:
    """'45.51, -122.67' on each line, in the order in which they are drawn -> a polygon."""
    corners = []
    for at, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        try:
            latitude, longitude = map(float, line.replace(",", " ").split())
        except ValueError:
            raise ValidationError(
                {"area": _("Line %(at)d: write latitude and longitude, as 45.51, -122.67.")
                         % {"at": at}}
            ) from None  # fmt: skip
        corners.append([longitude, latitude])
    if len(corners) < FEWEST:
        raise ValidationError({"area": _("An area has three corners at least.")})
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def checked(area) -> dict:
    """The polygon, if it is one that can lie on a map. Raises ValidationError."""
    refused = ValidationError(
        {"area": _("Draw one area whose border does not cross itself, inside the map.")}
    )
    try:
        drawn = shape(area)
        corners = list(drawn.exterior.coords)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, ShapelyError):
        raise refused from None
    west, south, east, north = drawn.bounds or (999,) * 4
    on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not drawn.is_valid or drawn.area == 0 or not on_earth or len(corners) > MOST:
        raise refused
    return json.loads(json.dumps(mapping(drawn)))
