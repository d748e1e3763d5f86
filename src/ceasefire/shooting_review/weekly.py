"""The list of a year's weeks, each with what its packet counts."""

from dataclasses import dataclass

from ceasefire.registry.shootings import counting
from ceasefire.registry.shootings.shooting import shootings
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Count
from ceasefire.shooting_review.weeks import Week, last_number


@dataclass(frozen=True)
class WeekRow:
    week: Week
    count: Count


def weeks_of(year: int) -> list[WeekRow]:
    """The weeks of an ISO year up to the last incident, latest first."""
    listed = [Week(year, number) for number in range(1, last_number(year) + 1)]
    year_window = Window("year", listed[0].start, listed[-1].end)
    rows = shootings(year_window.start, year_window.end)
    if not rows:
        return []
    last, rule_of, history = Week.of(rows[-1].occurred_on), counting.rules(), History(rows)
    return [
        WeekRow(week, _counted(history.within(week.window), rule_of(week.end)))
        for week in reversed(listed)
        if week <= last
    ]


def _counted(rows: History, rule: counting.Rule) -> Count:
    return History([row for row in rows.rows if rule.counts(row)]).count()
