"""Intervals: from low to high with the estimate as a point, against a reference line."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import Scale, figure, shortened, ticks, wide
from ceasefire.kit.tables import Number


@dataclass(frozen=True)
class Range:
    name: str
    low: float
    point: float
    high: float


def range_plot(
    rows: Sequence[Range],
    *,
    title: str,
    sentence: str,
    of: str,
    estimate: str,
    reference: float | None = None,
    reference_label: str = "",
    places: int = 2,
    palette: Palette = "screen",
) -> Chart:
    """One interval a name. of: what the names are; estimate: the words for the point.

    reference: a value to compare with (1 for a ratio), drawn as a dashed line with its words.
    """
    return Chart(
        draw=lambda width: _draw(
            rows, width, title, sentence, reference, reference_label, places, palette
        ),
        title=title,
        sentence=sentence,
        columns=[of, Number(estimate), Number(_("Low")), Number(_("High"))],
        rows=[_cells(row, places) for row in rows],
    )


def _cells(row: Range, places: int) -> list:
    return [row.name, *(figure(value, places) for value in (row.point, row.low, row.high))]


def _draw(rows, width, title, sentence, reference, label, places, palette) -> SafeString:
    is_wide = width > 400
    pitch = 30 if is_wide else 60
    top = 24 if label else 6
    canvas = Canvas(width, top + pitch * len(rows) + 28, palette)
    left = min(max((wide(r.name) for r in rows), default=0) + 14, 210) if is_wide else 0
    right = width - (max((wide(_told(r, places)) for r in rows), default=0) + 12)
    across = _across(rows, reference, left + 6, right if is_wide else width - 8)
    foot = top + pitch * len(rows)
    _foot(canvas, across, foot, left)
    if reference is not None:
        x, half = across(reference), wide(label) / 2
        for start, end in [(top, foot)] if is_wide else _beside_whiskers(rows, top, pitch):
            canvas.add("line", "reference", x1=x, x2=x, y1=start, y2=end)
        canvas.text(label, min(max(x, half), width - half), 14, "soft", text_anchor="middle")
    for position, row in enumerate(rows):
        _draw_row(canvas, row, top + position * pitch, across, left, is_wide, places)
    return canvas.svg(title, sentence, css="wide" if is_wide else "narrow")


def _beside_whiskers(rows, top: float, pitch: float) -> list[tuple[float, float]]:
    """On a phone the names stand over their intervals, so the reference leaves them free."""
    return [(top + i * pitch + 38, top + i * pitch + 58) for i in range(len(rows))]


def _across(rows, reference, start, end) -> Scale:
    values = [v for row in rows for v in (row.low, row.high)]
    values += [] if reference is None else [reference]
    marks = ticks(max(values, default=1), 4, min(values, default=0))
    return Scale(marks[0], marks[-1], start, end)


def _foot(canvas: Canvas, across: Scale, foot: float, left: float) -> None:
    canvas.add("line", "axis", x1=left, x2=across.end, y1=foot, y2=foot)
    for mark in ticks(across.high, 4, across.low):
        x = across(mark)
        canvas.add("line", "axis", x1=x, x2=x, y1=foot, y2=foot + 4)
        canvas.text(figure(mark), x, foot + 19, "soft", text_anchor="middle")


def _told(row: Range, places: int) -> str:
    words = {"point": row.point, "low": row.low, "high": row.high}
    return _("%(point)s (%(low)s to %(high)s)") % {k: figure(v, places) for k, v in words.items()}


def _draw_row(canvas, row: Range, y, across: Scale, left, is_wide, places) -> None:
    told = _told(row, places)
    middle = y + (15 if is_wide else 48)
    if is_wide:
        canvas.text(shortened(row.name, left - 10), 0, middle + 4.5)
        canvas.text(told, canvas.width - 1, middle + 4.5, "text", text_anchor="end")
    else:
        canvas.text(shortened(row.name, canvas.width), 0, y + 16)
        canvas.text(told, 0, y + 34, "soft")
    canvas.add("path", "whisker", d=_whisker(across(row.low), across(row.high), middle))
    canvas.add("circle", "point", title=f"{row.name}: {told}", cx=across(row.point), cy=middle, r=5)


def _whisker(low: float, high: float, y: float) -> str:
    return f"M{low:.1f} {y - 5:.1f}v10M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 5:.1f}v10"
