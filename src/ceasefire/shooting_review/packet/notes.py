"""What is missing, what is still changing, and what was left out of the counts."""

from collections import defaultdict
from datetime import datetime

from ceasefire.registry.shootings import counting
from ceasefire.registry.shootings.counting import Rule
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.registry.words import plain
from ceasefire.shooting_review import weeks
from ceasefire.shooting_review.packet.clock import is_timed
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Gaps
from ceasefire.shooting_review.weeks import Week

YEAR_WEEKS = 52


def gaps(history: History, week: Week) -> tuple[Gaps, ...]:
    """This week and the 52 weeks that end with it."""
    return tuple(_gaps(history, one) for one in (week.window, weeks.latest(week, YEAR_WEEKS)))


def _gaps(history: History, window: Window) -> Gaps:
    rows = history.within(window).rows
    return Gaps(
        window=window,
        incidents=len(rows),
        without_place=sum(not row.placed for row in rows),
        without_time=sum(not is_timed(row) for row in rows),
        without_victims=sum(row.people_hit is None for row in rows),
    )


def left_out(rows: list[Shooting], rule: Rule) -> dict[str, tuple[Shooting, ...]]:
    """The incidents that were not counted, by the reason."""
    found = defaultdict(list)
    for row in rows:
        if reason := rule.left_out(row):
            found[reason].append(row)
    return {reason: tuple(found[reason]) for reason in counting.REASONS if reason in found}


def changed_since(
    rows: list[Shooting], week: Week, moment: datetime
) -> tuple[tuple[Shooting, ...], tuple[Shooting, ...]]:
    """Of shootings before this week: changed since a moment, and first known since then."""
    earlier = [row for row in rows if row.occurred_on < week.start and row.last_changed >= moment]
    late = tuple(row for row in earlier if row.first_known >= moment)
    return tuple(row for row in earlier if row.first_known < moment), late


def apart_first_loads(
    late: tuple[Shooting, ...], first_loads: dict[int, datetime]
) -> tuple[tuple[Shooting, ...], int]:
    """Late reports, and how many others are late only because their feed had just begun."""
    told = tuple(row for row in late if row.first_known != first_loads.get(row.feed_id))
    return told, len(late) - len(told)


def disagreeing(rows: list[Shooting]) -> tuple[Shooting, ...]:
    """Shootings whose stated district or neighbourhood is not the one that holds their place."""
    return tuple(
        row
        for row in rows
        if differ(row.district_stated, row.district_found)
        or differ(row.neighbourhood_stated, row.neighbourhood_found)
    )


def differ(stated: str, found: str) -> bool:
    """True for two names that are not one: case, spaces and points do not count."""
    return bool(stated and found) and plain(stated) != plain(found)
