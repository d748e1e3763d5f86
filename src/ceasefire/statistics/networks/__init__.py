"""Networks: who was in one incident with whom, how near violence is, which groups are at odds.

A tie says that two people were named in one incident, no more: not friendship, not membership,
not guilt. The numbers per person are there to be tabled over many people. They are no measure of
anyone's danger, and no list is to be made by sorting them.
"""

from ceasefire.statistics.networks.group import Dyads, dyads
from ceasefire.statistics.networks.involved import CoInvolvement, co_involvement
from ceasefire.statistics.networks.near import Exposure, exposure
from ceasefire.statistics.networks.shape import Components, components, k_core

__all__ = [
    "CoInvolvement",
    "Components",
    "Dyads",
    "Exposure",
    "co_involvement",
    "components",
    "dyads",
    "exposure",
    "k_core",
]
