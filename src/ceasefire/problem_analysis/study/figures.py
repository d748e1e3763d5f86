"""How each kind of figure is drawn from its table, or from the data that an edition keeps."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ceasefire.kit import maps
from ceasefire.kit.charts import (
    Bar,
    Chart,
    HeatRow,
    Named,
    Node,
    Tie,
    bars_with_band,
    heat_grid,
    hour_grid,
    named_bars,
    sociogram,
)
from ceasefire.kit.charts.canvas import Palette
from ceasefire.problem_analysis.study.results import Figure, Table, Unit
from ceasefire.registry.places import Gazetteer
from ceasefire.registry.words import number

BANDS = (0.2, 0.4, 0.6, 0.8)
SMALL_P = 0.05


@dataclass(frozen=True)
class Drawn:
    """A figure with all that it is drawn from; title and sentence in the reader's words."""

    figure: Figure
    table: Table | None
    title: str
    sentence: str
    words: Callable
    palette: Palette

    @property
    def said(self) -> dict:
        return {"title": self.title, "sentence": self.sentence, "palette": self.palette}

    def column(self, nth: int = 0):
        """(label, what is counted, [(row, value)])."""
        key = self.figure.columns[nth]
        at = next(i for i, one in enumerate(self.table.columns) if one.key == key)
        rows = [(row, row.cells[at]) for row in self.table.rows if not row.total]
        column = self.table.columns[at]
        if column.unit is not Unit.SHARE:
            return column, rows
        per_cent = [(row, None if value is None else round(100 * value, 1)) for row, value in rows]
        return replace(column, label=f"{self.words(column.label)} (%)"), per_cent


def _bars(drawn: Drawn) -> Chart:
    """Upright, in the order of time."""
    column, rows = drawn.column()
    bars = [
        Bar(drawn.words(row.label), value, name=_named(drawn, row), current=bool(row.note))
        for row, value in rows
    ]
    return bars_with_band(bars, unit=drawn.words(column.label), **drawn.said)


def _named(drawn: Drawn, row) -> str:
    label = drawn.words(row.label)
    return f"{label} ({drawn.words(row.note)})" if row.note else label


def _across(drawn: Drawn) -> Chart:
    """Across, by name; two columns stand in pairs."""
    column, rows = drawn.column()
    other = drawn.column(1) if len(drawn.figure.columns) > 1 else None
    shown = [
        Named(drawn.words(row.label), _short(value), _short(other[1][i][1]) if other else None)
        for i, (row, value) in enumerate(rows) if value is not None
    ]  # fmt: skip
    return named_bars(
        shown, of=drawn.words(drawn.table.stub), now=drawn.words(column.label),
        before=drawn.words(other[0].label) if other else "", **drawn.said,
    )  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _hours(drawn: Drawn) -> Chart:
    names = [str(WEEKDAYS[day]) for day in range(7)]
    return hour_grid(drawn.figure.data["counts"], weekdays=names, **drawn.said)


def _density(drawn: Drawn) -> Chart:
    data = drawn.figure.data
    values = np.array(data["values"])
    peak = float(values.max())
    bands = [(peak * part, _("from %(n)s a km²") % {"n": round(peak * part, 1)}) for part in BANDS]
    return maps.draw(
        boundaries=[(one["name"], one["geometry"]) for one in data["outlines"]], points=[],
        kinds=[], project=Gazetteer(data["projected_system"]).metres,
        density=maps.Density(data["x_m"], data["y_m"], data["cell_m"], values, bands),
        **drawn.said,
    )  # fmt: skip


def _ratios(drawn: Drawn) -> Chart:
    """Pairs of columns: a ratio, and its p, of which a star tells that it is small."""
    table, keys = drawn.table, [one.key for one in drawn.table.columns]
    at = [keys.index(key) for key in drawn.figure.columns]
    rows = [
        HeatRow(
            drawn.words(row.label),
            [_starred(row.cells[i], row.cells[i + 1]) for i in at],
            [None if row.cells[i] is None else max(row.cells[i] - 1, 0.0) for i in at],
        )
        for row in table.rows
    ]
    return heat_grid(
        rows, columns=[drawn.words(table.columns[i].label) for i in at],
        of=drawn.words(table.stub), **drawn.said,
    )  # fmt: skip


def _starred(ratio: float | None, p: float | None) -> str | None:
    if ratio is None:
        return None
    return f"{number(ratio, 2)}{'*' if p is not None and p < SMALL_P else ''}"


def _matrix(drawn: Drawn) -> Chart:
    """Counts between the same names as rows and columns; a column goes by its row's number."""
    data = drawn.figure.data
    rows = [
        HeatRow(f"{nth}. {drawn.words(label)}", [number(n) if n else None for n in counts],
                [float(n) or None for n in counts])
        for nth, (label, counts) in enumerate(zip(data["labels"], data["counts"], strict=True), 1)
    ]  # fmt: skip
    columns = [str(nth) for nth in range(1, len(rows) + 1)]
    return heat_grid(rows, columns=columns, of=drawn.words(data["of"]), **drawn.said)


def _sociogram(drawn: Drawn) -> Chart:
    data = drawn.figure.data
    kinds = {"rival": _("At odds"), "ally": _("Allied")}
    return sociogram(
        [Node(drawn.words(one["label"]), one["x"], one["y"], one["shootings"])
         for one in data["nodes"]],
        [Tie(one["one"], one["other"], "ally" if one["relation"] == "alliance" else "rival",
             one["shootings"]) for one in data["lines"]],
        kinds=kinds, of=_("Pair"), counted=_("Shootings"), **drawn.said,
    )  # fmt: skip


KINDS: dict[str, Callable[[Drawn], Chart]] = {
    "bars": _bars, "named": _across, "hours": _hours, "density": _density,
    "ratios": _ratios, "matrix": _matrix, "sociogram": _sociogram,
}  # fmt: skip
