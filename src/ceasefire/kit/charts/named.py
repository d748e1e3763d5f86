"""Horizontal bars by name, this window over the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ceasefire.kit.charts.axes import legend
from ceasefire.kit.charts.canvas import Canvas, Palette
from ceasefire.kit.charts.chart import Chart
from ceasefire.kit.charts.scales import Scale, figure, shortened, wide
from ceasefire.kit.tables import Link, Number


@dataclass(frozen=True)
class Named:
    """A district or a neighbourhood with its count now and, where compared, before."""

    name: str
    now: float
    before: float | None = None
    href: str | None = None


def named_bars(
    rows: Sequence[Named],
    *,
    title: str,
    sentence: str,
    of: str,
    now: str,
    before: str = "",
    palette: Palette = "screen",
) -> Chart:
    """One bar (or a pair) a name, in the order given.

    of: what the names are ("District"); now, before: the words for the two windows.
    """
    paired = any(row.before is not None for row in rows)
    columns = [of, Number(now)] + ([Number(before)] if paired else [])
    return Chart(
        draw=lambda width: _draw(
            rows, width, title, sentence, now, before if paired else "", palette
        ),
        title=title,
        sentence=sentence,
        columns=columns,
        rows=[_cells(row, paired) for row in rows],
    )


def _cells(row: Named, paired: bool) -> list:
    name = Link(row.name, row.href) if row.href else row.name
    return [name, row.now] + ([row.before] if paired else [])


def _draw(rows, width, title, sentence, now, before, palette) -> SafeString:
    is_wide = width > 400
    pitch = (34 if before else 26) + (0 if is_wide else 18)
    canvas = Canvas(width, 40 + pitch * max(len(rows), 1), palette)
    entries = [("box", "bar", now)] + ([("box", "before", before)] if before else [])
    top = legend(canvas, entries) + 4 if before else 6
    canvas.height = top + pitch * max(len(rows), 1)
    left = _name_column(rows) if is_wide else 0.0
    highest = max((v for row in rows for v in (row.now, row.before or 0)), default=1) or 1
    across = Scale(0, highest, 0, canvas.width - left - _figure_room(rows))
    for position, row in enumerate(rows):
        _draw_row(canvas, row, left, top + position * pitch, across, is_wide)
    return canvas.svg(title, sentence, css="wide" if is_wide else "narrow")


def _name_column(rows: Sequence[Named]) -> float:
    return min(max((wide(row.name) for row in rows), default=0) + 14, 210)


def _figure_room(rows: Sequence[Named]) -> float:
    return max((wide(_figures(row)) for row in rows), default=0) + 12


def _figures(row: Named) -> str:
    if row.before is None:
        return figure(row.now)
    words = {"now": figure(row.now), "before": figure(row.before)}
    return _("%(now)s (was %(before)s)") % words


def _draw_row(canvas: Canvas, row: Named, left: float, y: float, across: Scale, is_wide: bool):
    canvas.open_link(row.href, f"{row.name}: {_figures(row)}")
    room = (left - 10) if is_wide else canvas.width
    label_y = y + (17 if is_wide and row.before is not None else 14)
    canvas.text(shortened(row.name, room), 0, label_y)
    if not is_wide:
        y += 18
    length = max(across(row.now), 1.0)
    thick = 14 if row.before is None else 13
    canvas.add("rect", "bar", x=left, y=y + 2, width=length, height=thick)
    canvas.text(_figures(row), left + across(max(row.now, row.before or 0)) + 9, y + 14)
    if row.before is not None:
        width = max(across(row.before), 0.5)
        canvas.add("rect", "before", x=left + 0.5, y=y + 16.5, width=width, height=7)
    canvas.close_link(row.href)
