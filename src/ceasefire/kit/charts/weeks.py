"""Bars over time beside what past years lead one to expect."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.axes import Plot, foot_labels, legend, triangle, upright
from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import every, figure, wide
from ceasefire.kit.tables import Link, Number


@dataclass(frozen=True)
class Bar:
    """One week (or month): its count and, where known, the range that was expected of it.

    label: under the bar; name: in full, for the table; value None: no data (a gap, not a zero).
    """

    label: str
    value: float | None
    low: float | None = None
    expected: float | None = None
    high: float | None = None
    name: str = ""
    href: str | None = None
    current: bool = False

    @property
    def in_full(self) -> str:
        return self.name or self.label

    @property
    def side(self) -> int:
        """1 above what was expected, -1 below, 0 inside or not known."""
        if self.value is None or self.low is None or self.high is None:
            return 0
        return (self.value > self.high) - (self.value < self.low)


def bars_with_band(
    bars: Sequence[Bar], *, title: str, sentence: str, unit: str, palette: Palette = "screen"
) -> Chart:
    """Bars with the expected range behind each; the current one is darker and says its figure.

    unit: what is counted ("incidents"), the heading of its column.
    """
    return Chart(
        draw=lambda width: _draw(bars, width, title, sentence, unit, palette),
        title=title,
        sentence=sentence,
        columns=[_("When"), Number(unit), Number(_("Expected")), _("Expected range")],
        rows=[_row(bar) for bar in bars],
    )


def _row(bar: Bar) -> list:
    name = Link(bar.in_full, bar.href) if bar.href else bar.in_full
    spread = "" if bar.low is None else _range(bar)
    return [name, _("no data") if bar.value is None else bar.value, bar.expected, spread]


def _range(bar: Bar) -> str:
    return _("%(low)s to %(high)s") % {"low": figure(bar.low), "high": figure(bar.high)}


def _draw(bars, width, title, sentence, unit, palette) -> SafeString:
    canvas = Canvas(width, 250 if width > 400 else 230, palette)
    under_legend = legend(canvas, _legend(bars, unit))
    highest = max((v for bar in bars for v in (bar.value, bar.high) if v is not None), default=1)
    plot = upright(canvas, highest, top=under_legend + _headroom(bars), foot=canvas.height - 26)
    slot = plot.room / max(len(bars), 1)
    for position, bar in enumerate(bars):
        _draw_bar(canvas, plot, bar, plot.left + position * slot, slot)
    foot_labels(canvas, _labelled(bars, plot, slot), plot)
    return canvas.svg(title, sentence, css="wide" if width > 400 else "narrow")


def _headroom(bars: Sequence[Bar]) -> float:
    """Room over the highest bar for its figure and, where one is outside its range, its mark."""
    return 34 if any(bar.side > 0 for bar in bars) else 18


def _legend(bars: Sequence[Bar], unit: str) -> list[tuple[str, str, str]]:
    entries = [("box", "bar", unit)]
    if any(bar.high is not None for bar in bars):
        entries.append(("box", "band", _("expected range")))
    if any(bar.expected is not None for bar in bars):
        entries.append(("line", "expected", _("expected")))
    if any(bar.side for bar in bars):
        entries.append(("up", "flag", _("outside the range")))
    return entries


def _labelled(bars, plot: Plot, slot: float):
    step = every(len(bars), plot.room, max((wide(bar.label) for bar in bars), default=0))
    last = len(bars) - 1
    chosen = [i for i in range(len(bars)) if (last - i) % step == 0]
    return [(plot.left + (i + 0.5) * slot, bars[i].label) for i in chosen]


def _draw_bar(canvas: Canvas, plot: Plot, bar: Bar, x: float, slot: float) -> None:
    says = _says(bar)
    canvas.open_link(bar.href, says)
    if bar.high is not None:
        top, foot = plot.up(bar.high), plot.up(bar.low or 0)
        canvas.add("rect", "band", x=x + 1, y=top, width=max(slot - 2, 1), height=foot - top)
    if bar.value is not None:
        _upright_bar(canvas, plot, bar, x, slot, says)
    if bar.expected is not None:
        y = plot.up(bar.expected)
        canvas.add("line", "expected", x1=x + 1, x2=x + slot - 1, y1=y, y2=y)
    if bar.href:
        canvas.add("rect", "hit", x=x, y=plot.top, width=slot, height=plot.foot - plot.top)
    canvas.close_link(bar.href)


def _upright_bar(canvas, plot: Plot, bar: Bar, x: float, slot: float, says: str) -> None:
    thick = min(max(slot * 0.56, 1.0), 34.0)
    top = plot.up(bar.value)
    role = "bar-now" if bar.current else "bar"
    left = x + (slot - thick) / 2
    height = max(plot.foot - top, 0)
    canvas.add("rect", role, title=says, x=left, y=top, width=thick, height=height)
    over = _off_the_line(top - 6, plot, bar)
    if bar.current or slot > 34:
        role = "strong over" if bar.current else "soft over"
        canvas.text(figure(bar.value), x + slot / 2, over, role, text_anchor="middle")
        over -= 14
    if bar.side:
        tip = triangle(x + slot / 2, over - 8, down=bar.side < 0)
        canvas.add("path", "flag", d=tip)


def _off_the_line(foot: float, plot: Plot, bar: Bar) -> float:
    """Where a figure stands whose foot was to be here: above the line of what was expected."""
    line = None if bar.expected is None else plot.up(bar.expected)
    crossed = line is not None and foot - 14 <= line <= foot + 4
    return line - 5 if crossed else foot


def _says(bar: Bar) -> str:
    if bar.value is None:
        return _("%(name)s: no data") % {"name": bar.in_full}
    words = {"name": bar.in_full, "value": figure(bar.value)}
    if bar.high is None:
        return _("%(name)s: %(value)s") % words
    words["range"] = _range(bar)
    return _("%(name)s: %(value)s, expected %(range)s") % words
