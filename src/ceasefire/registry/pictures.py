"""The map and the time strip of the shootings that a filter chose."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.kit import maps
from ceasefire.kit.charts import Chart, Step, time_strip
from ceasefire.registry import words
from ceasefire.registry.models import Incident
from ceasefire.registry.selectors.listing import MOST_POINTS

KINDS = (
    (Incident.Kind.FATAL, "diamond"),
    (Incident.Kind.INJURY, "circle"),
    (Incident.Kind.NO_INJURY, "cross"),
    (Incident.Kind.UNKNOWN, "square"),
)
# Longest period in days that is still shown by day, by week, by month; then by year.
BY_DAY, BY_WEEK, BY_MONTH = 62, 400, 366 * 6
MOST_TICKS = 9
# More marks than this are drawn together.
NAMED = 400
Address = Callable[[date, date], str]


def map_kinds() -> list[maps.Kind]:
    return [maps.Kind(key, str(key.label), mark) for key, mark in KINDS]


def map_points(rows: Iterable[Incident]) -> list[maps.Point]:
    return [map_point(row) for row in rows]


def map_point(row: Incident) -> maps.Point:
    name = f"{row}, {words.occurred_briefly(row)}"
    href = reverse("registry:shooting", args=[row.pk])
    return maps.Point(row.latitude, row.longitude, row.kind, name, href)


def _unnamed(row: Incident) -> maps.Point:
    return maps.Point(row.latitude, row.longitude, row.kind)


def draw_map(rows: list[Incident], outlines: list[tuple[str, dict]], count: int) -> Chart | None:
    """The shootings where they happened; None where neither a place nor a boundary is known."""
    # With so many, a mark has neither a name nor a link; writing them would cost half the page.
    points = map_points(rows) if len(rows) <= NAMED else [_unnamed(row) for row in rows]
    if not outlines and all(point.latitude is None for point in points):
        return None
    return maps.draw(
        boundaries=outlines,
        points=points,
        kinds=map_kinds(),
        title=_("Where the shootings happened"),
        sentence=_map_sentence(len(rows), count),
    )


def _map_sentence(shown: int, count: int) -> str:
    if count <= MOST_POINTS:
        return _("Each mark is one shooting.")
    told = {"shown": words.number(shown), "count": words.number(count)}
    return _("Each mark is one shooting: the latest %(shown)s of %(count)s.") % told


def stretch(
    days: list[tuple[date, int]], since: date | None, until: date | None
) -> tuple[date, date]:
    """The days that a strip covers: those asked for, within the calendar years that have any."""
    first, last = days[0][0], days[-1][0]
    since = max(since, date(first.year, 1, 1)) if since else first
    until = min(until, date(last.year, 12, 31)) if until else last
    return since, until


def draw_strip(
    days: list[tuple[date, int]], since: date, until: date, address: Address, undated: int
) -> Chart:
    """Shootings over time; each bar leads to its own days."""
    spans = _spans(since, until)
    counted = _binned(days, spans)
    every = max(1, -(-len(spans) // MOST_TICKS))
    steps = [
        Step(
            _name(first, last),
            counted[first],
            address(first, last),
            tick=_tick(n, every, first, last),
        )
        for n, (first, last) in enumerate(spans)
    ]
    return time_strip(
        steps,
        title=_("When the shootings happened"),
        sentence=_strip_sentence(since, until, undated),
        unit=_("Shootings"),
    )


def _spans(since: date, until: date) -> list[tuple[date, date]]:
    """First and last day of each bar, without a gap, from `since` to `until`."""
    after, first, found = _next_start(since, until), since, []
    while first <= until:
        following = after(first)
        found.append((first, min(following - timedelta(days=1), until)))
        first = following
    return found


def _next_start(since: date, until: date) -> Callable[[date], date]:
    length = (until - since).days + 1
    if length <= BY_DAY:
        return lambda day: day + timedelta(days=1)
    if length <= BY_WEEK:
        return lambda day: day + timedelta(days=7 - day.weekday())
    if length <= BY_MONTH:
        return lambda day: (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return lambda day: date(day.year + 1, 1, 1)


def _binned(days: list[tuple[date, int]], spans: list[tuple[date, date]]) -> Counter:
    """Shootings under the first day of the span that holds them; both lists are in order."""
    counted, places = Counter(), iter(spans)
    first, last = next(places, (None, None))
    for day, count in days:
        while day > last:
            first, last = next(places)
        counted[first] += count
    return counted


def _name(first: date, last: date) -> str:
    if first == last:
        return words.day(first)
    return _("%(first)s to %(last)s") % {"first": words.day(first), "last": words.day(last)}


def _tick(position: int, every: int, first: date, last: date) -> str:
    if position % every:
        return ""
    length = (last - first).days
    if length > 300:
        return str(last.year)
    return formats.date_format(last if length > 7 else first, "M Y" if length > 7 else "j M")


def _strip_sentence(since: date, until: date, undated: int) -> str:
    told = _("Shootings from %(first)s to %(last)s. Choose a bar to see only its days.") % {
        "first": words.day(since),
        "last": words.day(until),
    }
    if not undated:
        return told
    rest = ngettext(
        "%(n)s without a known date is not in it.",
        "%(n)s without a known date are not in it.",
        undated,
    )
    return f"{told} {rest % {'n': words.number(undated)}}"
