"""Charts as plain SVG: numbers in, a picture with its sentence and its table out.

Every function returns a `Chart`. `palette="screen"` leaves the colours to the page's style sheet,
so that dark mode works; `palette="print"` writes black-and-white-safe colours into the picture.
"""

from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.grid import hour_grid
from ceasefire.kit.charts.heat import HeatRow, heat_grid
from ceasefire.kit.charts.named import Named, named_bars
from ceasefire.kit.charts.ranges import Range, range_plot
from ceasefire.kit.charts.rings import Line, Spot, rings
from ceasefire.kit.charts.sociogram import Node, Tie, sociogram
from ceasefire.kit.charts.spark import sparkline
from ceasefire.kit.charts.strip import Step, time_strip
from ceasefire.kit.charts.waterfall import Part, waterfall
from ceasefire.kit.charts.weeks import Bar, bars_with_band

__all__ = [
    "Bar",
    "Chart",
    "HeatRow",
    "Line",
    "Named",
    "Node",
    "Part",
    "Range",
    "Spot",
    "Step",
    "Tie",
    "bars_with_band",
    "heat_grid",
    "hour_grid",
    "named_bars",
    "range_plot",
    "rings",
    "sociogram",
    "sparkline",
    "time_strip",
    "waterfall",
]
