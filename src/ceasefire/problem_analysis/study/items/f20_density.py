"""F20: where shootings are densest, and how few places hold how many."""

import json

import numpy as np
import pandas as pd
import shapely
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence
from ceasefire.statistics import concentration, hot_spots

BANDWIDTH_M, CELL_M, MOST_ACROSS = 400.0, 100.0, 250
PLACE_M = 50.0
SQUARE_KM = 1_000_000
FEWEST = 20
AREAS_SHOWN = 15
# About 10 metres: less than the width of a line on a map of the city.
UNSEEN_DEGREES = 0.0001
ABOUT = About(
    number="F20",
    chapter="places",
    title=_("Where shootings are densest"),
    definition=_(
        "Density of the study's shootings with a known place, and how many places hold a quarter "
        "and half of them. A place is a square of 50 m, so that two house numbers of one corner "
        "are one place."
    ),
    unit=_("shootings a square kilometre; places"),
    denominator=_("shootings whose place is known; places with at least one of them"),
    method=_(
        "Gaussian kernel of 400 m on a grid of 100 m or coarser, computed exactly in the city's "
        "own metres. Of places that hold equally many, as few as are needed are counted."
    ),
)


def build(material: Material) -> Found | Lacking:
    of = material.placed
    if len(of) < FEWEST:
        why = _("Only %(placed)s of %(all)s shootings have a known place; %(least)s are wanted.")
        return Lacking(Sentence(why, plain={
            "placed": len(of), "all": len(material.incidents), "least": FEWEST}))  # fmt: skip
    xy = of[["x_m", "y_m"]].to_numpy(float)
    holding, missing = _holding(xy), _missing(material)
    return Found(
        sentences=[_half(holding)],
        tables=[holding, *_areas(material), missing],
        figures=[_map(xy, material)],
        notes=[_note()],
    )


def _holding(xy: np.ndarray) -> Table:
    _squares, counts = np.unique(np.floor(xy / PLACE_M), axis=0, return_counts=True)
    quarter, half = (concentration.places_holding(counts, part) for part in (0.25, 0.5))
    rows = [
        Row("places", _("Places with a shooting"), [len(counts), None]),
        Row("half", _("Places that hold half of the shootings"),
            [half.places, half.places / len(counts)]),
        Row("quarter", _("Places that hold a quarter of them"),
            [quarter.places, quarter.places / len(counts)]),
        Row("repeat", _("Places with more than one shooting"),
            [int((counts > 1).sum()), float((counts > 1).mean())]),
    ]  # fmt: skip
    columns = (Column("places", _("Places")), Column("share", _("Share of places"), Unit.SHARE))
    return Table("holding", _("How few places hold how many shootings"), _("Places"),
                 Of.SHOOTINGS, columns, rows, adds_up=False)  # fmt: skip


def _areas(material: Material) -> list[Table]:
    tables = []
    for key, caption, stub in (
        ("district", _("By district"), _("District")),
        ("neighbourhood", _("By neighbourhood"), _("Neighbourhood")),
    ):
        counts = _one_spelling(material.incidents[key]).value_counts()
        if len(counts) > 1:
            tables.append(_area(key, caption, stub, counts))
    return tables


def _one_spelling(names: pd.Series) -> pd.Series:
    """Files write one area in several ways: the commonest stands for all."""
    told = names[names != ""]
    commonest = told.groupby(told.str.casefold()).agg(lambda same: same.value_counts().index[0])
    return told.str.casefold().map(commonest)


def _area(key, caption, stub, counts) -> Table:
    shown = counts.sort_index().sort_values(ascending=False, kind="stable").head(AREAS_SHOWN)
    whole = int(counts.sum())
    rows = [Row(str(name), str(name), [int(n), n / whole]) for name, n in shown.items()]
    if len(counts) > len(shown):
        rest = whole - int(shown.sum())
        rows.append(Row("·rest", _("All others"), [rest, rest / whole]))
    columns = (Column("shootings", _("Shootings")), Column("share", _("Share"), Unit.SHARE))
    return Table(key, caption, stub, Of.SHOOTINGS, columns, rows)


def _missing(material: Material) -> Table:
    every, placed = len(material.incidents), len(material.placed)
    rows = [
        Row("placed", _("Place known"), [placed, placed / every]),
        Row("missing", _("Place not known"), [every - placed, (every - placed) / every]),
        Row("all", _("All shootings"), [every, None], total=True),
    ]
    columns = (Column("shootings", _("Shootings")), Column("share", _("Share"), Unit.SHARE))
    return Table("missing", _("Of how many the place is known"), _("Place"), Of.SHOOTINGS, columns,
                 rows)  # fmt: skip


def _half(holding: Table) -> Sentence:
    return Sentence(
        _("Half of the shootings with a known place lie at %(half)s of %(all)s places."),
        cells={
            "half": Cell("holding", "half", "places"), "all": Cell("holding", "places", "places"),
        },
    )  # fmt: skip


def _note() -> Sentence:
    return Sentence(
        _("%(missing)s shootings have no known place and are not on the map."),
        cells={"missing": Cell("missing", "missing", "shootings")},
    )


def _map(xy: np.ndarray, material: Material) -> Figure:
    low, high = xy.min(axis=0) - 3 * BANDWIDTH_M, xy.max(axis=0) + 3 * BANDWIDTH_M
    cell = CELL_M * max(1, int(np.ceil((high - low).max() / CELL_M / MOST_ACROSS)))
    x_grid, y_grid = (np.arange(a, b + cell, cell) for a, b in zip(low, high, strict=True))
    found = hot_spots.kde(*xy.T, bandwidth=BANDWIDTH_M, x_grid=x_grid, y_grid=y_grid)
    density = found * len(xy) * SQUARE_KM
    return Figure(
        "density", "density", _("Density of shootings"),
        Sentence(_("Shootings a square kilometre over the study's days; at the densest %(peak)s."),
                 plain={"peak": round(float(density.max()), 1)}),
        data={
            "x_m": float(x_grid[0] - cell / 2), "y_m": float(y_grid[0] - cell / 2),
            "cell_m": float(cell), "values": np.round(density, 2).tolist(),
            "projected_system": material.projected_system, "outlines": _outlines(material),
        },
    )  # fmt: skip


def _outlines(material: Material) -> list[dict]:
    """The city's areas, without corners that a map of all of it cannot show."""
    areas = shapely.make_valid(np.array([shape(one) for _name, one in material.outlines]))
    plain = shapely.simplify(areas, UNSEEN_DEGREES)
    return [
        {"name": name, "geometry": json.loads(shapely.to_geojson(area))}
        for (name, _one), area in zip(material.outlines, plain, strict=True)
    ]
