"""Self-excitation: how many shootings follow from shootings, and how soon?

    rate now = background + the sum over earlier events of branching x decay x exp(-decay x age)

In time alone (`fit`), in time and space (`space_time`), and over a network of people (`network`).
The branching ratio is the mean number of further events that one event brings about. It stands
or falls with the background: what the background leaves unexplained, a bad neighbourhood or a
summer, looks like contagion, so every fit in space comes with other bandwidths beside it. These
are figures about a city. A person's own rate is never returned: it finds few of those who will be
shot and marks many who will not.
"""

from ceasefire.statistics.self_excitation.over_network import NetworkFit, network
from ceasefire.statistics.self_excitation.space_time import SpaceTimeFit, space_time
from ceasefire.statistics.self_excitation.temporal import Fit, fit

__all__ = ["Fit", "NetworkFit", "SpaceTimeFit", "fit", "network", "space_time"]
