"""The week in one look: its counts, and what they stand beside."""

from collections import Counter
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.registry.models import Incident
from ceasefire.shooting_review.packet.model import Comparison, Count, Packet
from ceasefire.shooting_review.panels import pictures, words
from ceasefire.shooting_review.panels.parts import Headline, Panel, Table
from ceasefire.shooting_review.panels.place_maps import Atlas

# Variance over mean beyond which Poisson limits are plainly too narrow.
UNEVEN = 1.5


def headlines(packet: Packet) -> list[Headline]:
    count = packet.count
    if packet.uncovered and not count.incidents:
        note = _("no file covers this week yet")
        units = (_("incidents"), _("victims"), _("fatal victims"))
        return [Headline("–", unit, note) for unit in units]
    return [
        Headline(words.number(count.incidents), _("incidents"), _("verified, inside the city")),
        _people(count, count.victims, count.at_least, _("victims")),
        _people(count, count.killed, count.killed_at_least, _("fatal victims")),
    ]


def _people(count: Count, value: int | None, at_least: int, unit: str) -> Headline:
    if value is not None:
        return Headline(words.number(value), unit, "")
    if not at_least:
        return Headline("–", unit, _("not known from this file"))
    silent = words.incidents(count.silent)
    return Headline(
        _("at least %(n)s") % {"n": words.number(at_least)},
        unit,
        _("%(silent)s without a known number of victims") % {"silent": silent},
    )


def overview(packet: Packet, atlas: Atlas) -> Panel:
    week = atlas.week(packet)
    return Panel(
        key="overview",
        title=_("The week beside other weeks"),
        sentences=[*_verdicts(packet), *_since(packet), *_alerts(packet)],
        figures=[pictures.weekly(packet, atlas.palette), *([week] if week else [])],
        tables=[*([_table(packet)] if _compared(packet) else []), *_by_day(packet)],
        notes=[*_absent(packet), *_method(packet)] if packet.whole else [],
    )


def _compared(packet: Packet) -> bool:
    """A part of a week stands beside no whole one."""
    return packet.whole and bool(packet.comparisons)


def _verdicts(packet: Packet) -> list[str]:
    """One sentence on the widest baseline that there is."""
    if not packet.whole:
        return [_("The week is compared with other weeks once a file covers all of it.")]
    compared = {row.window.name: row for row in packet.comparisons}
    row = compared.get("trailing_52_weeks") or compared.get("trailing_8_weeks")
    if row is None:
        return [_("The register holds too little history to compare this week with.")]
    found = {
        "expected": words.number(row.expected, 1),
        "low": row.low,
        "high": row.high,
        "n": words.incidents(packet.count.incidents),
        "weeks": row.weeks,
    }
    sentences = {
        "above": _(
            "%(n)s: more than the %(weeks)s weeks before lead one to expect (%(expected)s "
            "a week, 95%% of weeks between %(low)s and %(high)s)."
        ),
        "below": _(
            "%(n)s: fewer than the %(weeks)s weeks before lead one to expect (%(expected)s "
            "a week, 95%% of weeks between %(low)s and %(high)s)."
        ),
        "within": _(
            "%(n)s: within what the %(weeks)s weeks before lead one to expect "
            "(%(expected)s a week, 95%% of weeks between %(low)s and %(high)s)."
        ),
    }
    return [sentences[_side(row, packet.count.incidents)] % found]


def _side(row: Comparison, incidents: int) -> str:
    if incidents > row.high:
        return "above"
    return "below" if incidents < row.low else "within"


def _since(packet: Packet) -> list[str]:
    if packet.since is None or not packet.since.incidents:
        return []
    told = {"n": words.shootings(packet.since.incidents), "day": words.day(packet.review_day)}
    return [
        _(
            "%(n)s more from the end of the week to the midnight before the review "
            "(%(day)s); they have cards and are in no count."
        )
        % told
    ]


def _alerts(packet: Packet) -> list[str]:
    if packet.uncovered:
        return []
    opened = {window.shooting.id for window in packet.windows}
    if not packet.bands.opens:
        return [_("No near-repeat window is open: see the near-repeat panel for the reason.")]
    return [
        _("%(n)s of this week opened a near-repeat window.") % {"n": words.shootings(len(opened))}
    ]


def _table(packet: Packet) -> Table:
    rows = [_row(row, packet) for row in packet.comparisons]
    if packet.together:
        rows.insert(packet.together.weeks, _row(packet.together, packet))
    return Table(
        _("This week, %(n)s, beside earlier weeks")
        % {"n": words.incidents(packet.count.incidents)},
        [
            _("Compared with"),
            _("Dates"),
            Number(_("Incidents")),
            Number(_("Expected this week")),
            Number(_("95% limits")),
            _("This week is"),
        ],
        rows,
    )


def _by_day(packet: Packet) -> list[Table]:
    """Incidents of the week by kind and day; none of a week that is still to come."""
    if packet.uncovered and not packet.cards:
        return []
    days = [packet.week.start + timedelta(days=step) for step in range(7)]
    found = Counter((c.shooting.kind, c.shooting.occurred_on) for c in packet.cards)
    kinds = [kind for kind in Incident.Kind if any(found[kind, day] for day in days)]
    rows = [[str(kind.label), *(found[kind, day] for day in days)] for kind in kinds]
    every = [sum(row[step + 1] for row in rows) for step in range(7)]
    heads = [Number(formats.date_format(day, "D j")) for day in days]
    told = [
        [name, *(words.number(count) for count in counts), words.number(sum(counts))]
        for name, *counts in [*rows, [_("All"), *every]]
    ]
    return [Table(_("This week's incidents by day"), [_("Kind"), *heads, Number(_("Total"))], told)]


def _row(row: Comparison, packet: Packet) -> list[str]:
    said = {"above": _("above"), "below": _("below"), "within": _("within")}
    together = _("Those %(n)s years together") % {"n": row.weeks}
    return [
        words.window_name(row.window) if row.window else together,
        words.span(row.window) if row.window else "",
        words.number(row.count),
        words.number(row.expected, 1),
        _("%(low)s to %(high)s") % {"low": row.low, "high": row.high},
        said[_side(row, packet.count.incidents)],
    ]


def _absent(packet: Packet) -> list[str]:
    if not packet.no_history:
        return []
    names = ", ".join(words.window_name(one.window) for one in packet.no_history)
    if packet.history_begins is None:
        return [_("Not shown: %(names)s. The register holds no shootings yet.") % {"names": names}]
    begins = words.day(packet.history_begins)
    return [
        _("Not shown: %(names)s. The register's history begins on %(day)s.")
        % {"names": names, "day": begins}
    ]


def _method(packet: Packet) -> list[str]:
    notes = [
        _(
            "Unit: incidents. Limits are exact 95% prediction limits for one week "
            "(conditional binomial): with a steady rate, the count of a new week lies "
            "within them in at least 95 of 100 weeks; the uncertainty of the baseline is "
            "inside them."
        ),
    ]
    uneven = [row for row in packet.comparisons if row.dispersion > UNEVEN]
    for row in uneven:
        told = {"name": words.window_name(row.window), "ratio": words.number(row.dispersion, 1)}
        notes.append(
            _(
                "%(name)s: the weeks varied %(ratio)s times as much as chance alone would make "
                "them, so the true limits are wider."
            )
            % told
        )
    return notes
