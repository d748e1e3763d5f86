"""The time strip: how many by day, week or month, each bar a way into its days."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.axes import Plot, foot_labels, upright
from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import figure
from ceasefire.kit.tables import Link, Number


@dataclass(frozen=True)
class Step:
    """One day, week or month. name: in full; tick: words under it, for the few that carry one."""

    name: str
    value: float
    href: str | None = None
    tick: str = ""
    chosen: bool = False


def time_strip(
    steps: Sequence[Step], *, title: str, sentence: str, unit: str, palette: Palette = "screen"
) -> Chart:
    """A low histogram over time; a step that is chosen by the filter is darker and outlined."""
    return Chart(
        draw=lambda width: _draw(steps, width, title, sentence, palette),
        title=title,
        sentence=sentence,
        columns=[_("When"), Number(unit)],
        rows=[[Link(s.name, s.href) if s.href else s.name, s.value] for s in steps],
    )


def _draw(steps, width, title, sentence, palette) -> SafeString:
    canvas = Canvas(width, 132, palette)
    plot = upright(canvas, max((s.value for s in steps), default=1), top=10, foot=104)
    slot = plot.room / max(len(steps), 1)
    for position, step in enumerate(steps):
        _draw_step(canvas, plot, step, plot.left + position * slot, slot)
    places = [(plot.left + (i + 0.5) * slot, s.tick) for i, s in enumerate(steps) if s.tick]
    foot_labels(canvas, places, plot)
    return canvas.svg(title, sentence, css="wide" if width > 400 else "narrow")


def _draw_step(canvas: Canvas, plot: Plot, step: Step, x: float, slot: float) -> None:
    says = _("%(name)s: %(value)s") % {"name": step.name, "value": figure(step.value)}
    gap = 1.0 if slot > 4 else 0.0
    top = plot.up(step.value)
    canvas.open_link(step.href, says)
    if step.href:
        canvas.add("rect", "hit", title=says, x=x, y=plot.top, width=slot, height=plot.foot - 10)
    canvas.add(
        "rect",
        "bar-now" if step.chosen else "bar",
        title=says,
        x=x + gap / 2,
        y=top,
        width=max(slot - gap, 0.6),
        height=plot.foot - top,
    )
    canvas.close_link(step.href)
