"""Maps as plain SVG: boundaries, places and their kinds in; a picture, its sentence and table out.

North is up. Colours come from the page's style sheet or, with `palette="print"`, stand in the
picture, safe in black and white; a kind of place has its shape as well as its colour.
"""

from ceasefire.kit.maps.drawing import draw
from ceasefire.kit.maps.geojson import boundaries_geojson, points_geojson
from ceasefire.kit.maps.things import Density, Highlight, Kind, Point

__all__ = ["Density", "Highlight", "Kind", "Point", "boundaries_geojson", "draw", "points_geojson"]
