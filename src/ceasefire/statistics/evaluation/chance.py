"""What every design shares: normal limits, and the chance of finding an effect."""

from scipy.special import ndtr, ndtri

USUALLY = 0.8  # the share of true effects that a design "would usually" find


def multiplier(level):
    """Standard errors on either side of an estimate at this coverage."""
    if not 0 < level < 1:
        raise ValueError(f"level: give a number between 0 and 1, such as 0.95; got {level!r}.")
    return float(ndtri((1 + level) / 2))


def two_sided(z):
    """Two-sided p-value of a standard normal."""
    return float(2 * ndtr(-abs(z)))


def found(effect, error, level):
    """The chance that a two-sided test at 1 - level finds a true effect, and on its own side."""
    return float(ndtr(abs(effect) / error - multiplier(level)))


def detectable_ratio(error, level, power=USUALLY):
    """The rate ratio below 1 that would be found with chance `power`, on a log standard error."""
    from math import exp

    return exp(-(multiplier(level) + float(ndtri(power))) * error)


def positive(value, name):
    """A finite number above 0, or ValueError."""
    if not 0 < value < float("inf"):
        raise ValueError(f"{name}: give a number above 0; got {value!r}.")
    return float(value)
