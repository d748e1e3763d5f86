"""Where the city lies: metres on its own plane, state-plane feet, degrees, and street blocks.

Rivermouth is invented, so it lies in the open Gulf, some 60 km from the nearest shore and in no
state, yet inside the area of use of EPSG:3453 (NAD83 / Louisiana Offshore, US survey feet): every
real projection library handles its coordinates. Positions inside the generator are metres east and
north of `ORIGIN_FEET` on that plane.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .bits import Stream
from .words import street_names

EPSG = 3453
ORIGIN_FEET = (2_748_000, 1_312_000)
METRES_PER_FOOT = 1200 / 3937

# Degrees as a cubic in (e, n), tens of kilometres from the origin: fitted once to PROJ 9 over the
# square within 30 km, largest error 0.2 mm. A polynomial needs no trigonometry, whose last bit
# differs between C libraries. Terms: 1, n, e, n2, en, e2, n3, en2, e2n, e3.
_LONGITUDE = (
    -93.0007962272,
    -0.0013564994993,
    0.102659327327,
    -1.1034553447e-06,
    8.3495057022e-05,
    1.10347089823e-06,
    -8.97565920704e-10,
    6.78963332885e-08,
    2.69273236317e-09,
    -2.2632345948e-08,
)
_LATITUDE = (
    29.0989724332,
    0.0901633298158,
    0.00119138236076,
    -3.22281190807e-06,
    8.8414167613e-07,
    -3.66727408844e-05,
    -3.80399317223e-08,
    -7.88587333407e-10,
    -2.72254323413e-08,
    -3.59693816518e-10,
)

# Streets make a grid turned by the angle whose tangent is 9/40, an exact rotation.
_COS, _SIN = 40 / 41, 9 / 41
STREET_GAP, AVENUE_GAP = 112.0, 96.0
_STREETS = 220

Point = tuple[float, float]


def _cubic(terms: Sequence[float], e: float, n: float) -> float:
    c = terms
    second = c[3] * n * n + c[4] * e * n + c[5] * e * e
    third = c[6] * n * n * n + c[7] * e * n * n + c[8] * e * e * n + c[9] * e * e * e
    return c[0] + c[1] * n + c[2] * e + second + third


def degrees(point: Point, digits: int = 6) -> Point:
    """Longitude and latitude (WGS 84), rounded."""
    e, n = point[0] / 10_000, point[1] / 10_000
    return round(_cubic(_LONGITUDE, e, n), digits), round(_cubic(_LATITUDE, e, n), digits)


def feet(point: Point) -> tuple[int, int]:
    """State-plane x and y in whole US survey feet."""
    return (
        ORIGIN_FEET[0] + round(point[0] / METRES_PER_FOOT),
        ORIGIN_FEET[1] + round(point[1] / METRES_PER_FOOT),
    )


def on_whole_feet(point: Point) -> Point:
    """The same place moved to whole feet, so that what is published is exactly where it is."""
    x, y = feet(point)
    return (x - ORIGIN_FEET[0]) * METRES_PER_FOOT, (y - ORIGIN_FEET[1]) * METRES_PER_FOOT


def squared_distance(a: Point, b: Point) -> float:
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])


@dataclass(frozen=True)
class StreetGrid:
    """Invented streets: `avenues` run along the grid's u axis, `streets` along its v axis."""

    avenues: list[str]
    streets: list[str]

    @classmethod
    def lay_out(cls, seed: int) -> "StreetGrid":
        names = street_names(Stream(seed, "street names"), 2 * _STREETS)
        return cls(names[:_STREETS], names[_STREETS:])

    def _uv(self, point: Point) -> Point:
        return point[0] * _COS + point[1] * _SIN, point[1] * _COS - point[0] * _SIN

    def _back(self, u: float, v: float) -> Point:
        return on_whole_feet((u * _COS - v * _SIN, u * _SIN + v * _COS))

    def nearest_kerb(self, point: Point) -> Point:
        """The closest place on a street, to which police geocoders move an incident."""
        u, v = self._uv(point)
        street, avenue = round(u / STREET_GAP) * STREET_GAP, round(v / AVENUE_GAP) * AVENUE_GAP
        return self._back(street, v) if abs(u - street) < abs(v - avenue) else self._back(u, avenue)

    def nearest_corner(self, point: Point) -> Point:
        u, v = self._uv(point)
        return self._back(round(u / STREET_GAP) * STREET_GAP, round(v / AVENUE_GAP) * AVENUE_GAP)

    def block_address(self, point: Point) -> str:
        """As police publish it: `2300 BLOCK OF N TAMAREL ST`."""
        u, v = self._uv(point)
        column, row = round(u / STREET_GAP), round(v / AVENUE_GAP)
        if abs(u - column * STREET_GAP) <= abs(v - row * AVENUE_GAP):
            name, along, sides, kind = self.streets[column % _STREETS], v / AVENUE_GAP, "NS", "ST"
        else:
            name, along, sides, kind = self.avenues[row % _STREETS], u / STREET_GAP, "EW", "AVE"
        hundred = int(abs(along)) * 100
        return f"{hundred} BLOCK OF {sides[along < 0]} {name.upper()} {kind}"
