"""The packet's charts; its maps are in `place_maps`."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ceasefire.kit.charts import Bar, Chart, Named, bars_with_band, hour_grid, named_bars
from ceasefire.kit.charts.canvas import Palette
from ceasefire.shooting_review.packet.model import Areas, Clock, Packet
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.weeks import Week

AREAS_DRAWN = 8


def weekly(packet: Packet, palette: Palette) -> Chart:
    """Every week of the last year, the present one with the range that was expected of it."""
    first = packet.week.shifted(1 - len(packet.weekly))
    counted = [(first.shifted(i), count) for i, count in enumerate(packet.weekly)]
    known = [(week, count) for week, count in counted if _has_history(packet, week)]
    return bars_with_band(
        [_bar(packet, week, count) for week, count in known],
        title=_("Incidents a week, %(n)d weeks to %(day)s")
        % {"n": len(known), "day": words.day(packet.week.end)},
        sentence=_last_bar(packet),
        unit=_("incidents"),
        palette=palette,
    )


def _last_bar(packet: Packet) -> str:
    if not packet.whole:
        return _("Each bar is one week; the last is this week, as far as the files cover it.")
    told = {"n": words.incidents(packet.count.incidents)}
    return _("Each bar is one week; the last is this week, %(n)s.") % told


def _has_history(packet: Packet, week: Week) -> bool:
    begins = packet.history_begins
    return week == packet.week or bool(begins and week.start >= begins)


def _bar(packet: Packet, week: Week, count: int) -> Bar:
    limits = next((c for c in packet.comparisons if c.window.name == "trailing_52_weeks"), None)
    if week != packet.week:
        return Bar(words.week_label(week), count, name=words.week_name(week))
    if not packet.whole:
        limits = None  # A range for seven days says nothing of fewer.
        count = None if packet.uncovered and not count else count
    low, expected, high = (limits.low, limits.expected, limits.high) if limits else (None,) * 3
    name = words.week_name(week)
    return Bar(words.week_label(week), count, low, expected, high, name=name, current=True)


def areas(moved: Areas, title: str, of: str, palette: Palette) -> Chart:
    rows = [row for row in moved.rows if row.now or row.expected >= 1][:AREAS_DRAWN]
    return named_bars(
        [Named(row.name, row.now, round(row.expected, 1)) for row in rows],
        title=title,
        sentence=_(
            "Incidents of the last 4 weeks beside 4 weeks at the pace of the 52 weeks "
            "before. The areas whose difference is least likely by chance stand first."
        ),
        of=of,
        now=_("the last 4 weeks"),
        before=_("4 weeks at the earlier pace"),
        palette=palette,
    )


def weekday_names() -> list[str]:
    return [str(WEEKDAYS[day]) for day in range(7)]


def weekdays(clock: Clock, palette: Palette) -> Chart:
    names = weekday_names()
    return named_bars(
        [Named(name, count) for name, count in zip(names, clock.weekdays, strict=True)],
        title=_("Incidents by weekday, last 52 weeks"),
        sentence=_("%(n)s of the last 52 weeks by the day of the week on which they occurred.")
        % {"n": words.incidents(clock.incidents)},
        of=_("Weekday"),
        now=_("incidents"),
        palette=palette,
    )


def hours(clock: Clock, palette: Palette) -> Chart:
    return hour_grid(
        clock.hours,
        weekdays=weekday_names(),
        title=_("Incidents by weekday and hour, last 52 weeks"),
        sentence=_("%(timed)s of %(n)s have a time of day. Darker is more.")
        % {"timed": words.number(clock.timed), "n": words.incidents(clock.incidents)},
        palette=palette,
    )
