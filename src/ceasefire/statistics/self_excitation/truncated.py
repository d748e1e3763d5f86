"""An exponential distribution cut off at a limit: the shape of both waits and squared distances."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Truncated:
    """Density rate x exp(-rate x v) / (1 - exp(-rate x limit)) for v from 0 to `limit`."""

    rate: float
    limit: float

    @property
    def _whole(self):
        return -np.expm1(-self.rate * self.limit)

    @property
    def peak(self):
        return self.rate / self._whole

    def share_by(self, values):
        """The share below each value, 1 from the limit on."""
        return -np.expm1(-self.rate * np.minimum(values, self.limit)) / self._whole


def from_mean(mean, limit):
    """Maximum likelihood from the mean of what was seen; all but even where that fits best."""
    from scipy.optimize import brentq

    def over(scaled):
        return 1 / scaled - 1 / np.expm1(scaled) - mean / limit

    # Below a third of a thousandth the curve is flat to the eye; above 500 nothing is cut off.
    scaled = 500.0 if over(500.0) > 0 else 3e-4 if over(3e-4) < 0 else brentq(over, 3e-4, 500.0)
    if scaled == 500.0:
        return Truncated(1 / max(mean, limit * 1e-9), limit)
    return Truncated(scaled / limit, limit)
