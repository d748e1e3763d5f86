"""This week beside the same week of earlier years and beside the weeks just before."""

from datetime import date

from scipy.stats import binomtest

from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review import weeks
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Comparison, Missing, ToDate
from ceasefire.shooting_review.weeks import Week
from ceasefire.statistics import monitoring

LEVEL = 0.95
TRAILING = (8, 52)


def compare(
    history: History, week: Week, begins: date | None
) -> tuple[tuple[Comparison, ...], Comparison | None, tuple[Missing, ...]]:
    """A row for each window that the history covers wholly; the same weeks together; the rest."""
    same = weeks.same_weeks(week)
    windows = [*same, *(weeks.trailing(week, length) for length in TRAILING)]
    covered, missing = split(windows, begins)
    rows = [_compare(history, window) for window in covered]
    return tuple(rows), _together(history, [one for one in same if one in covered]), missing


def split(windows: list[Window], begins: date | None) -> tuple[list[Window], tuple[Missing, ...]]:
    covered = [window for window in windows if begins and window.start >= begins]
    return covered, tuple(Missing(window) for window in windows if window not in covered)


def _compare(history: History, window: Window) -> Comparison:
    return _against(window, _weekly_counts(history, window))


def _against(window: Window | None, counts: list[int]) -> Comparison:
    limits = monitoring.poisson_limits(counts, level=LEVEL)
    return Comparison(
        window,
        len(counts),
        sum(counts),
        limits.expected,
        limits.low,
        limits.high,
        limits.dispersion,
    )


def _weekly_counts(history: History, window: Window) -> list[int]:
    within = history.within(window)
    counts = [0] * (window.days // 7)
    for day in within.days:
        counts[(day - window.start).days // 7] += 1
    return counts


def _together(history: History, covered: list[Window]) -> Comparison | None:
    """The same week of all the earlier years that the history covers, as one baseline."""
    if len(covered) < 2:
        return None
    return _against(None, [len(history.within(window)) for window in covered])


def weekly(history: History, week: Week, length: int = 53) -> tuple[int, ...]:
    """Incidents of each of the last weeks, oldest first, this week last."""
    earlier = [week.shifted(back - length + 1) for back in range(length)]
    return tuple(len(history.within(one.window)) for one in earlier)


def to_date(
    history: History, week: Week, begins: date | None
) -> tuple[tuple[ToDate, ...], tuple[Missing, ...]]:
    """The year so far and as many days of each of the last three years."""
    present, *earlier = weeks.year_to_date(week)
    covered, missing = split(earlier, begins)
    now = history.within(present).count()
    rows = [ToDate(present, now, None, None)]
    for window in covered:
        count = history.within(window).count()
        change = now.incidents / count.incidents - 1 if count.incidents else None
        p_value = exact_p(now.incidents, count.incidents)
        rows.append(ToDate(window, count, change, p_value))
    return tuple(rows), missing


def exact_p(now: int, before: int, *, share: float = 0.5) -> float:
    """Two-sided p that two Poisson counts have one rate, given their sum (binomial, exact).

    `share`: the part of the whole time that `now` covers. The E-test is no use where that part
    is small: it calls 20 in 4 weeks after 1 in 52 weeks no surprise (p = 0.11).
    """
    return binomtest(now, now + before, share).pvalue if now + before else 1.0
