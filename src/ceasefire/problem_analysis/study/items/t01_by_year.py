"""T1: shootings, and people killed and hurt, in each year."""

from dataclasses import replace
from datetime import date

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import level
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence

ABOUT = About(
    number="T1",
    chapter="trends",
    title=_("Shootings by year"),
    definition=_(
        "Shootings that the definition counts, by the city's own calendar year. A fatal shooting "
        "killed at least one person; an injury shooting hurt somebody and killed nobody."
    ),
    unit=_("shootings; people killed and people hurt in columns of their own"),
    denominator=_("none; the change is of this year's shootings over the year before, less one"),
    method=_(
        "Counts. A year of which the register or the study holds only a part says so and has no "
        "change beside it. People are counted where every shooting of the year tells its victims. "
        "Change of level: the split of all whole months with the greatest Poisson likelihood "
        "ratio, a year or more on either side where there are four years; p is the share of 999 "
        "shuffles of the months (seed 0) whose own greatest is as great, never 0, so that it "
        "answers for the looking. When it came: months whose likelihood is close to the best "
        "(Siegmund 1988), at 95%. A slow rise is a change of level too; one of several is shown."
    ),
)
KINDS = ("fatal", "injury", "no_injury", "unknown")
_SILENT = _("The city's files do not say who died: fatal and injury shootings are not told apart.")
COLUMNS = (
    Column("shootings", _("Shootings")),
    Column("fatal", _("Fatal")),
    Column("injury", _("Injury")),
    Column("no_injury", _("No injury")),
    Column("unknown", _("Not known")),
    Column("killed", _("People killed")),
    Column("hurt", _("People hurt")),
    Column("change", _("Change"), Unit.SHARE),
)


def build(material: Material) -> Found | Lacking:
    if not material.years or material.incidents.empty:
        return Lacking(Sentence(_("The register holds no shooting of these days.")))
    trend, years = material.trend, material.years
    deaths = _tells_deaths(trend)
    rows = [_row(trend, year, material, deaths) for year in years]
    with_change = [_changed(row, rows[i - 1] if i else None) for i, row in enumerate(rows)]
    table = Table(
        "years", _("Shootings and people by year"), _("Year"), Of.SHOOTINGS, COLUMNS,
        with_change, whole="shootings",
    )  # fmt: skip
    change = level.found(material)
    return Found(
        sentences=[*_sentences(table), *([change[1]] if change else [])],
        tables=[table, *([change[0]] if change else [])],
        figures=[
            Figure("years", "bars", _("Shootings by year"),
                   Sentence(_("Each bar is a calendar year; a year of which only a part is held "
                              "says so.")),
                   table="years", columns=["shootings"]),
        ],
        notes=_notes(material),
    )  # fmt: skip


def _row(trend: pd.DataFrame, year: int, material: Material, deaths: bool) -> Row:
    of = trend[trend["on"].dt.year == year]
    kinds = of["kind"].value_counts()
    counts = [int(kinds.get(kind, 0)) if deaths or kind != "fatal" else None for kind in KINDS]
    told = bool(len(of)) and bool(of["victims"].notna().all() and of["killed"].notna().all())
    killed = of["killed"].sum() if told else None
    hurt = (of["victims"] - of["killed"]).sum() if told else None
    part = "" if _whole(year, material) else _("part of the year")
    return Row(str(year), str(year), [len(of), *counts, killed, hurt, None], note=part)


def _tells_deaths(trend: pd.DataFrame) -> bool:
    """Whether any file says of somebody hit that they died, or did not."""
    return bool(trend.loc[trend["kind"].isin(["fatal", "injury"]), "killed"].notna().any())


def _whole(year: int, material: Material) -> bool:
    begun = material.begins is not None and material.begins <= date(year, 1, 1)
    return begun and material.plan.end >= date(year, 12, 31)


def _changed(row: Row, before: Row | None) -> Row:
    if before is None or row.note or before.note or not before.cells[0]:
        return row
    return replace(row, cells=[*row.cells[:-1], row.cells[0] / before.cells[0] - 1])


def _sentences(table: Table) -> list[Sentence]:
    whole = [row for row in table.rows if not row.note]
    if len(whole) < 2:
        return []
    first, last = whole[0], whole[-1]
    return [
        Sentence(
            _("%(now)s shootings in %(last)s, %(then)s in %(first)s."),
            cells={
                "now": Cell("years", last.key, "shootings"),
                "then": Cell("years", first.key, "shootings"),
            },
            plain={"last": last.key, "first": first.key},
        )
    ]


def _notes(material: Material) -> list[Sentence]:
    notes = [] if _tells_deaths(material.trend) else [Sentence(_SILENT)]
    if material.without_day:
        notes.append(
            Sentence(
                _("%(n)s shootings of the register have no day and stand in no table."),
                plain={"n": material.without_day},
            )
        )
    return notes
