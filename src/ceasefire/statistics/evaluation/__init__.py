"""Did it work? Designs that an unfriendly reviewer accepts, each with what it could have found.

Every result carries the smallest effect that the design would usually have revealed; show that
before the estimate, because a shooting series of an ordinary city often reveals little. Give
counts of incidents (or of victims, and say so); nothing here knows a person.
"""

from ceasefire.statistics.evaluation.before_after import (
    WDD,
    count_windows,
    overdispersion,
    wdd,
    wdd_detectable,
    wdd_power,
)
from ceasefire.statistics.evaluation.groups import GroupEffects, group_effects
from ceasefire.statistics.evaluation.on_off import OnOff, on_and_off
from ceasefire.statistics.evaluation.series import (
    InterruptedSeries,
    PlaceboDates,
    interrupted_series,
    interruption_detectable,
    placebo_dates,
)
from ceasefire.statistics.evaluation.synthetic import SyntheticControl, synthetic_control
from ceasefire.statistics.evaluation.synthetic_difference import (
    SyntheticDifference,
    synthetic_difference,
)

__all__ = [
    "WDD",
    "GroupEffects",
    "InterruptedSeries",
    "OnOff",
    "PlaceboDates",
    "SyntheticControl",
    "SyntheticDifference",
    "count_windows",
    "group_effects",
    "interrupted_series",
    "interruption_detectable",
    "on_and_off",
    "overdispersion",
    "placebo_dates",
    "synthetic_control",
    "synthetic_difference",
    "wdd",
    "wdd_detectable",
    "wdd_power",
]
