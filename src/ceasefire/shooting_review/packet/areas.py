"""Districts and neighbourhoods whose last four weeks differ from the 52 weeks before."""

from collections import Counter
from datetime import date, timedelta

from scipy.stats import false_discovery_control

from ceasefire.registry.shootings.windows import Window
from ceasefire.registry.words import plain
from ceasefire.shooting_review import weeks
from ceasefire.shooting_review.packet.comparison import exact_p
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Areas, Moved
from ceasefire.shooting_review.weeks import Week

NOW_WEEKS, BEFORE_WEEKS = 4, 52
SHARE = NOW_WEEKS / (NOW_WEEKS + BEFORE_WEEKS)
# Below five in both windows together no test can tell a change from chance.
SMALL = 5
ALPHA = 0.05


def areas_of(history: History, week: Week, begins: date | None) -> tuple[Areas, ...]:
    """Districts, then neighbourhoods; none where the 56 weeks are not all in the register."""
    now = weeks.latest(week, NOW_WEEKS)
    last = now.start - timedelta(days=1)
    before = Window("before", last - timedelta(weeks=BEFORE_WEEKS, days=-1), last)
    if begins is None or before.start < begins:
        return ()
    kinds = ("district", "neighbourhood")
    return tuple(_areas(history, kind, now, before) for kind in kinds)


def _areas(history: History, kind: str, now: Window, before: Window) -> Areas:
    present, earlier = (_named(history, kind, window) for window in (now, before))
    present, earlier = _in_one_spelling(present, earlier)
    unknown = present.pop("", 0), earlier.pop("", 0)
    names = sorted(present | earlier)
    p_values = [exact_p(present[name], earlier[name], share=SHARE) for name in names]
    sure = false_discovery_control(p_values) <= ALPHA if names else []
    rows = [
        _moved(name, present[name], earlier[name], p_value, bool(still))
        for name, p_value, still in zip(names, p_values, sure, strict=True)
    ]
    rows.sort(key=lambda row: (row.p_value, -abs(row.now - row.expected), row.name))
    return Areas(kind, now, before, tuple(rows), *unknown)


def _named(history: History, kind: str, window: Window) -> Counter:
    return Counter(getattr(row, kind) for row in history.within(window).rows)


def _in_one_spelling(*counts: Counter) -> list[Counter]:
    """A publisher's NORTHBANK and the boundary file's Northbank are one district."""
    spellings = sum(counts, Counter())
    chosen = {plain(name): name for name, _count in reversed(spellings.most_common())}
    return [_renamed(count, chosen) for count in counts]


def _renamed(counts: Counter, chosen: dict[str, str]) -> Counter:
    renamed = Counter()
    for name, count in counts.items():
        renamed[chosen[plain(name)]] += count
    return renamed


def _moved(name: str, now: int, before: int, p_value: float, sure: bool) -> Moved:
    expected = before * NOW_WEEKS / BEFORE_WEEKS
    return Moved(name, now, before, expected, p_value, now + before < SMALL, sure)
