"""Dates, counts and names as a packet writes them, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.registry.shootings.windows import Window
from ceasefire.registry.words import plain
from ceasefire.shooting_review.weeks import Week
from ceasefire.statistics.bands import SAME_PLACE_M


def day(value: date) -> str:
    return formats.date_format(value, "D j M Y")


def moment(value: datetime, zone: str) -> str:
    return formats.date_format(value.astimezone(ZoneInfo(zone)), "D j M Y, H:i")


def span(window: Window) -> str:
    """First and last day; the year once where it is one."""
    same_year = window.start.year == window.end.year
    start = formats.date_format(window.start, "j M" if same_year else "j M Y")
    end = formats.date_format(window.end, "j M Y")
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def number(value: float, places: int = 0) -> str:
    """Rounded; Django alone would cut the decimals off."""
    rounded = round(float(value), places) + 0.0
    return formats.number_format(rounded, decimal_pos=places, force_grouping=True)


def share(part: int, whole: int) -> str:
    return f"{number(100 * part / whole)}%" if whole else "–"


def p_value(value: float) -> str:
    """Three places; below that only that it is smaller."""
    return f"< {number(0.001, 3)}" if value < 0.001 else number(value, 3)


def metres(value: float) -> str:
    return _("%(n)s m") % {"n": number(round(value))}


def known(value: int | None) -> str:
    return _("not known") if value is None else number(value)


def incidents(count: int) -> str:
    return ngettext("%(n)s incident", "%(n)s incidents", count) % {"n": number(count)}


def shootings(count: int) -> str:
    return ngettext("%(n)s shooting", "%(n)s shootings", count) % {"n": number(count)}


def days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": number(count)}


def listed(rows: list[Shooting] | tuple[Shooting, ...], most: int = 12) -> str:
    """The numbers of incidents, as many as a line bears."""
    names = ", ".join(str(row) for row in rows[:most])
    rest = len(rows) - most
    return names if rest <= 0 else _("%(names)s and %(n)d more") % {"names": names, "n": rest}


def place(row: Shooting) -> str:
    """Address, neighbourhood and district, as far as they are known."""
    parts = [part for part in (row.address, row.neighbourhood, row.district) if part]
    # The first spelling wins, so the list is read from its end.
    once = {plain(part): part for part in reversed(parts)}
    return ", ".join(reversed(once.values())) or _("no place")


def window_name(window: Window) -> str:
    kind, _under, last = window.name.rpartition("_")
    if kind == "same_week":
        return _("Same week of %(year)s") % {"year": last}
    names = {
        "week": _("This week"),
        "trailing_8_weeks": _("The 8 weeks before"),
        "trailing_52_weeks": _("The 52 weeks before"),
        "last_4_weeks": _("The last 4 weeks"),
        "last_52_weeks": _("The last 52 weeks"),
    }
    return names.get(window.name, last)


def week_label(week: Week) -> str:
    """Under a bar: the day on which the week begins."""
    return formats.date_format(week.start, "j M")


def week_name(week: Week) -> str:
    return _("Week %(week)s, from %(day)s") % {"week": str(week), "day": day(week.start)}


def ring(beyond_m: float, within_m: float) -> str:
    """A band of the near-repeat table, as people say it."""
    if within_m <= SAME_PLACE_M:
        return _("the same place")
    if beyond_m <= SAME_PLACE_M:
        return _("up to %(far)s m") % {"far": number(within_m)}
    return _("%(near)s to %(far)s m") % {"near": number(beyond_m), "far": number(within_m)}


def reach(beyond_m: float, within_m: float) -> str:
    """Where, inside a sentence: a ring around the place of a shooting."""
    if within_m <= SAME_PLACE_M:
        return _("at the same place")
    if beyond_m <= SAME_PLACE_M:
        return _("within %(far)s m") % {"far": number(within_m)}
    return _("at %(near)s to %(far)s m") % {"near": number(beyond_m), "far": number(within_m)}


def lag(first: float, after: float) -> str:
    """A band of whole days, both included."""
    return _("day %(first)d to %(last)d") % {"first": first, "last": after - 1}
