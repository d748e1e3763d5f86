"""The one month in which the level of shootings changed most, a part of T1."""

import pandas as pd
from django.utils.dates import MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence, Words, told
from ceasefire.statistics import levels

# In months. With four years, a whole year stands on either side, so that no season is a change.
YEAR, LEAST_SIDE = 12, 3
PERMUTATIONS, SEED = 999, 0


def found(material: Material) -> tuple[Table, Sentence] | None:
    """The months before and since the greatest change; none where there are few whole months."""
    whole = _whole_months(material)
    on = material.trend["on"].dt.to_period("M").value_counts()
    counts = [int(on.get(month, 0)) for month in whole]
    if len(whole) < YEAR or not any(counts):
        return None
    least = YEAR if len(whole) >= 4 * YEAR else LEAST_SIDE
    change = levels.shift(
        counts, exposure=[month.days_in_month for month in whole], least=least,
        permutations=PERMUTATIONS, seed=SEED,
    )  # fmt: skip
    rows = [
        _level_row("before", counts[: change.start], whole[: change.start], (None, None)),
        _level_row(
            "since", counts[change.start :], whole[change.start :], (change.ratio, change.p_value)
        ),
    ]
    columns = (
        Column("shootings", _("Shootings")), Column("months", _("Months")),
        Column("a_month", _("Shootings a month"), Unit.MEAN),
        Column("ratio", _("Times as many a day"), Unit.RATIO), Column("p", "p", Unit.P),
    )  # fmt: skip
    table = Table("level", _("Where the monthly level changed most"), _("Months"), Of.SHOOTINGS,
                  columns, rows, adds_up=False)  # fmt: skip
    return table, _changed(*(whole[at] for at in (change.start, change.earliest, change.latest)))


def _level_row(key, counts, months, change) -> Row:
    label = told(_("%(first)s to %(last)s"), first=named(months[0]), last=named(months[-1]))
    return Row(key, label, [sum(counts), len(months), sum(counts) / len(months), *change])


def _changed(start: pd.Period, earliest: pd.Period, latest: pd.Period) -> Sentence:
    return Sentence(
        _("The monthly level changed most in %(start)s (at 95%%, between %(earliest)s and "
          "%(latest)s): %(before)s shootings a month before, %(since)s since; p = %(p)s."),
        cells={
            "before": Cell("level", "before", "a_month"),
            "since": Cell("level", "since", "a_month"),
            "p": Cell("level", "since", "p"),
        },
        plain={"start": named(start), "earliest": named(earliest), "latest": named(latest)},
    )  # fmt: skip


def _whole_months(material: Material) -> list[pd.Period]:
    """Months that the register and the study hold from their first day to their last."""
    if material.begins is None:
        return []
    begins, end = pd.Timestamp(material.begins), pd.Timestamp(material.plan.end)
    months = pd.period_range(begins, end, freq="M")
    return [one for one in months if begins <= one.start_time and one.end_time.normalize() <= end]


def named(month: pd.Period) -> Words:
    return told(_("%(month)s %(year)s"), month=capfirst(MONTHS_3[month.month]), year=month.year)
