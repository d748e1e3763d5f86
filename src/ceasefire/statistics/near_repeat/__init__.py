"""Near repeat: do shootings follow one another closer in space and time than chance allows?

Give one row per **incident**, never per victim: two victims of one shooting are not a repeat.
Places are metres in a projected system, times are days. A time difference is used exactly as
given, so bands in whole calendar days need whole day numbers: with whole days the band
"0 to under 15 days" holds differences of 0 to 14 days; with fractions of a day it holds
everything under 360 hours.
"""

from ceasefire.statistics.near_repeat.alert import Windows, windows
from ceasefire.statistics.near_repeat.chain import Chains, chains
from ceasefire.statistics.near_repeat.each_event import Local, local
from ceasefire.statistics.near_repeat.table import Knox, knox

__all__ = ["Chains", "Knox", "Local", "Windows", "chains", "knox", "local", "windows"]
