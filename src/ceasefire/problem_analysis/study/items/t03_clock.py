"""T3: the month, the weekday and the hour of shootings."""

import pandas as pd
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.items.level import named
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence
from ceasefire.statistics import levels

ABOUT = About(
    number="T3",
    chapter="incidents",
    title=_("Month, weekday and hour"),
    definition=_(
        "When the study's shootings occurred, by the city's own calendar and clock. A shooting of "
        "which only the day is known is in the months and weekdays and not in the hours."
    ),
    unit=_("shootings"),
    denominator=_(
        "of months: days of such a month in the study; of weekdays and hours: shootings whose "
        "weekday or hour is known"
    ),
    method=_(
        "Counts. Months are compared by shootings a day, since they differ in length and a study "
        "rarely holds each as often. Weekdays: G against equal chances."
    ),
)
LEAST_TIMED = 0.5


def build(material: Material) -> Found | Lacking:
    of = material.incidents
    if of.empty:
        return Lacking(Sentence(_("The register holds no shooting of these days.")))
    tables, figures = [_months(material), _weekdays(of)], [_monthly(), _weekday_bars()]
    timed = of[of["hour"] >= 0]
    notes = []
    if len(timed) >= LEAST_TIMED * len(of):
        tables.append(_hours(timed))
        figures.append(_hour_grid(timed))
    told = {"timed": len(timed), "all": len(of)}
    notes.append(Sentence(_NOTE if len(timed) else _NO_TIME, plain=told))
    series = _series(material)
    return Found(
        tables=[*tables, _even(tables[1]), series],
        figures=[_over_time(), *figures],
        notes=notes,
        sentences=[_busiest(tables[1])],
    )


_NOTE = _("%(timed)s of %(all)s shootings have a time of day.")
_NO_TIME = _("The hour is not shown: the city's files give the day of a shooting and no time.")


def _months(material: Material) -> Table:
    on = material.incidents["on"]
    days = pd.Series(pd.date_range(material.plan.start, material.plan.end)).dt.month.value_counts()
    counts = on.dt.month.value_counts()
    rows = [
        Row(f"{month:02d}", MONTHS[month], [
            int(counts.get(month, 0)), int(days.get(month, 0)),
            share(int(counts.get(month, 0)), int(days.get(month, 0))),
        ])
        for month in range(1, 13)
    ]  # fmt: skip
    columns = (
        Column("shootings", _("Shootings")), Column("days", _("Days")),
        Column("a_day", _("Shootings a day"), Unit.RATIO),
    )  # fmt: skip
    return Table("months", _("By month of the year"), _("Month"), Of.SHOOTINGS, columns, rows)


def _weekdays(of: pd.DataFrame) -> Table:
    counts = of["on"].dt.day_of_week.value_counts()
    rows = [
        Row(str(day), WEEKDAYS[day],
            [int(counts.get(day, 0)), share(int(counts.get(day, 0)), len(of))])
        for day in range(7)
    ]  # fmt: skip
    columns = (Column("shootings", _("Shootings")), Column("share", _("Share"), Unit.SHARE))
    return Table("weekdays", _("By weekday"), _("Weekday"), Of.SHOOTINGS, columns, rows)


def _hours(timed: pd.DataFrame) -> Table:
    counts = timed["hour"].value_counts()
    rows = [
        Row(f"{hour:02d}", f"{hour:02d}:00–{hour:02d}:59",
            [int(counts.get(hour, 0)), share(int(counts.get(hour, 0)), len(timed))])
        for hour in range(24)
    ]  # fmt: skip
    columns = (Column("shootings", _("Shootings")), Column("share", _("Share"), Unit.SHARE))
    return Table("hours", _("By hour"), _("Hour"), Of.SHOOTINGS, columns, rows)


def _series(material: Material) -> Table:
    """Every month of the study."""
    on = material.incidents["on"].dt.to_period("M").value_counts()
    rows = [
        Row(str(month), named(month), [int(on.get(month, 0))],
            note="" if _whole(month, material) else _("part of the month"))
        for month in _study_months(material)
    ]  # fmt: skip
    columns = (Column("shootings", _("Shootings")),)
    return Table("series", _("Every month of the study"), _("Month"), Of.SHOOTINGS, columns, rows)


def _study_months(material: Material) -> pd.PeriodIndex:
    return pd.period_range(material.plan.start, material.plan.end, freq="M")


def _whole(month: pd.Period, material: Material) -> bool:
    first, last = month.start_time.date(), month.end_time.date()
    return material.plan.start <= first and last <= material.plan.end


def _even(weekdays: Table) -> Table:
    """Whether the weekdays differ by more than chance."""
    found = levels.evenness([row.cells[0] for row in weekdays.rows])
    columns = (Column("g", "G", Unit.RATIO), Column("p", "p", Unit.P))
    rows = [Row("weekdays", _("Weekdays against equal chances"), [found.g, found.p_value])]
    return Table("even", _("Whether weekdays differ by more than chance"), _("Weekdays"),
                 Of.SHOOTINGS, columns, rows, adds_up=False)  # fmt: skip


def _over_time() -> Figure:
    return Figure("series", "bars", _("Shootings a month"),
                  Sentence(_("Each bar is a month of the study.")), table="series",
                  columns=["shootings"])  # fmt: skip


def _monthly() -> Figure:
    return Figure("months", "named", _("Shootings a day, by month"),
                  Sentence(_("Shootings for each day of such a month in the study.")),
                  table="months", columns=["a_day"])  # fmt: skip


def _weekday_bars() -> Figure:
    return Figure("weekdays", "named", _("Shootings by weekday"),
                  Sentence(_("All shootings of the study by the day of the week.")),
                  table="weekdays", columns=["shootings"])  # fmt: skip


def _hour_grid(timed: pd.DataFrame) -> Figure:
    counts = timed.groupby([timed["on"].dt.day_of_week, "hour"]).size()
    grid = [[int(counts.get((day, hour), 0)) for hour in range(24)] for day in range(7)]
    return Figure("hours", "hours", _("Shootings by weekday and hour"),
                  Sentence(_("Darker is more. Shootings with a known time of day.")),
                  data={"counts": grid})  # fmt: skip


def _busiest(weekdays: Table) -> Sentence:
    top = max(weekdays.rows, key=lambda row: row.cells[0])
    return Sentence(
        _("The busiest weekday had %(n)s shootings, %(share)s of all."),
        cells={
            "n": Cell("weekdays", top.key, "shootings"),
            "share": Cell("weekdays", top.key, "share"),
        },
    )
