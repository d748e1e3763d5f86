"""Steps that add up: each bar begins where the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from django.utils.safestring import SafeString

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import Scale, figure, shortened, ticks, wide
from ceasefire.kit.tables import Number

NAME_WIDTH = 200


@dataclass(frozen=True)
class Part:
    """What one step adds (or takes away). note: why, said beside its name."""

    name: str
    adds: float
    note: str = ""


def waterfall(
    parts: Sequence[Part],
    *,
    title: str,
    sentence: str,
    of: str,
    adds: str,
    total: str,
    marks: Sequence[tuple[float, str]] = (),
    palette: Palette = "screen",
) -> Chart:
    """From nothing to the total, step by step. of: what the steps are; adds: words for a figure.

    total: the name of the last bar. marks: values to compare with, each with its words.
    """
    ends = [0.0, *accumulate(part.adds for part in parts)]
    return Chart(
        draw=lambda width: _draw(parts, ends, width, title, sentence, total, marks, palette),
        title=title,
        sentence=sentence,
        columns=[of, Number(adds)],
        rows=[
            *([_named(part), figure(part.adds, 1)] for part in parts),
            [total, figure(ends[-1], 1)],
        ],
    )


def _named(part: Part) -> str:
    return f"{part.name}: {part.note}" if part.note else part.name


def _draw(parts, ends, width, title, sentence, total, marks, palette) -> SafeString:
    is_wide = width > 400
    pitch, top = (30 if is_wide else 52), (8 + 17 * len(marks))
    rows = [*parts, Part(total, ends[-1])]
    canvas = Canvas(width, top + pitch * len(rows) + 26, palette)
    left = NAME_WIDTH if is_wide else 0
    across = _across(ends, marks, left + 4, width - 46)
    foot = top + pitch * len(rows)
    for nth, (value, words) in enumerate(marks):
        _mark(canvas, across(value), words, 13 + 17 * nth, top, foot)
    spans = [*pairwise(ends), (0.0, ends[-1])]
    for nth, (part, span) in enumerate(zip(rows, spans, strict=True)):
        _bar(canvas, part, span, top + nth * pitch, across, left, last=nth == len(parts))
    canvas.add("line", "axis", x1=across(0.0), x2=across(0.0), y1=top, y2=foot)
    for tick in ticks(across.high, 4, across.low):
        canvas.text(figure(tick), across(tick), foot + 18, "soft", text_anchor="middle")
    return canvas.svg(title, sentence, css="wide" if is_wide else "narrow")


def _across(ends, marks, start: float, end: float) -> Scale:
    values = [*ends, *(value for value, _words in marks)]
    steps = ticks(max(values), 4, min(values))
    return Scale(steps[0], steps[-1], start, end)


def _mark(canvas: Canvas, x: float, words: str, y: float, top: float, foot: float) -> None:
    half = wide(words) / 2
    canvas.add("line", "reference", x1=x, x2=x, y1=y + 4, y2=foot)
    canvas.text(words, min(max(x, half), canvas.width - half), y, "soft", text_anchor="middle")


def _bar(canvas, part: Part, span, y: float, across: Scale, left: float, *, last: bool) -> None:
    low, high = sorted(across(value) for value in span)
    is_wide = bool(left)
    at = y + (6 if is_wide else 24)
    role = "bar-now" if last else ("bar" if part.adds >= 0 else "before")
    told = figure(part.adds, 1) if part.adds < 0 or last else f"+{figure(part.adds, 1)}"
    if is_wide:
        canvas.text(shortened(_named(part), left - 8), 0, at + 13)
    else:
        canvas.text(shortened(_named(part), canvas.width), 0, y + 15)
    canvas.add(
        "rect", role, title=f"{_named(part)}: {told}", x=low, y=at, width=max(high - low, 1.0),
        height=18,
    )  # fmt: skip
    canvas.text(told, high + 5, at + 13.5, "strong" if last else "text", size=12)
