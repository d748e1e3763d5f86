"""From values to places on a sheet, and figures in the reader's own way of writing them."""

import math
from dataclasses import dataclass

from django.utils import formats

NICE = (1, 2, 2.5, 5, 10)


def figure(value: float | None, places: int | None = None) -> str:
    """1234.5 -> 1,234.5; nothing for None."""
    if value is None:
        return ""
    if places is None:
        places = 0 if float(value).is_integer() else 1
    # Django's own formatting cuts decimals off; a figure is rounded.
    return formats.number_format(round(value, places), decimal_pos=places, force_grouping=True)


@dataclass(frozen=True)
class Scale:
    """A straight line from values low..high to places start..end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def ticks(highest: float, wanted: int = 4, lowest: float = 0.0) -> list[float]:
    """Round values from at or below `lowest` to at or above `highest`, about `wanted` steps.

    Whole numbers only where the range is 4 or more: nobody counts half a shooting.
    """
    span = max(highest - lowest, 1e-9)
    raw = span / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = next(nice * power for nice in NICE if nice * power >= raw * 0.999)
    if span >= 4:
        step = max(1.0, math.ceil(step))
    first = math.floor(lowest / step + 1e-9)
    last = math.ceil(highest / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def wide(words: object, size: float = 13) -> float:
    """About how wide words are when printed at `size`; capitals take a quarter more."""
    text = str(words)
    return (len(text) + sum(map(str.isupper, text)) / 4) * size * 0.5


def shortened(words: object, room: float, size: float = 13) -> str:
    """Words cut to fit `room`, ending in an ellipsis where something was cut."""
    text = str(words)
    fit = max(int(room / (size * 0.5)), 2)
    return text if len(text) <= fit else text[: fit - 1].rstrip() + "…"


def every(count: int, room: float, label_width: float) -> int:
    """Label each n-th of `count` places so that labels of `label_width` do not touch."""
    return max(1, math.ceil(count * (label_width + 8) / max(room, 1)))
